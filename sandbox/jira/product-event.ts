/** What an app is told about a change of an issue, before the host decides when and how often. */
export interface ProductEvent {
  /** `avi:jira:updated:issue`. */
  readonly eventType: string;
  readonly at: number;
  readonly actor: string;
  readonly selfGenerated: boolean;
  /** What the trigger function gets as its event. */
  readonly payload: Readonly<Record<string, unknown>>;
}
