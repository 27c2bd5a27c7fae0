/** Work for later: jobs, and the queue that they wait in. */

/** Every body carries its version, since an older event can reach newer code. */
export type Job =
  | { readonly v: 1; readonly kind: 'cycle'; readonly run: string }
  | { readonly v: 1; readonly kind: 'issue'; readonly issueId: string; readonly cause: 'event' | 'mark' }
  /** The app's own creation, told by Jira; or an issue that is gone. */
  | { readonly v: 1; readonly kind: 'created'; readonly issueId: string; readonly issueKey: string }
  | { readonly v: 1; readonly kind: 'deleted'; readonly issueId: string }
  /** Files of an issue's links, either way. */
  | { readonly v: 1; readonly kind: 'files'; readonly issueId: string }
  | {
      readonly v: 1;
      readonly kind: 'record';
      readonly item: string;
      readonly record: string;
      readonly cause: 'retry' | 'look';
    };

export interface Waiting {
  readonly job: Job;
  readonly delayMs?: number;
  readonly lane?: string;
}

export interface Queue {
  /** `delayMs` up to 15 minutes; `lane` runs one job at a time per name. */
  push(jobs: readonly Waiting[]): Promise<void>;
}
