/**
 * What the two resolvers take and answer, as `/control/invoke` and the pages see it. Types only: the
 * resolvers validate every payload themselves, since anyone who can load a page can call them.
 */

/** Epoch milliseconds. */
type Instant = number;

export interface ConnectionSummary {
  readonly connected: boolean;
  readonly loginUrl: string | null;
  readonly clientId: string | null;
  readonly orgName: string | null;
  readonly orgId: string | null;
  readonly instanceUrl: string | null;
  /** What an admin should know although it works. */
  readonly warning?: string;
}

export interface RunCounts {
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly moved: number;
  readonly pushed: number;
  readonly skipped: number;
  readonly blocked: number;
  readonly failed: number;
}

/** One row of the items table (I-6). */
export interface ItemSummary {
  readonly id: string;
  readonly name: string;
  readonly mode: 'display-only' | 'one-way' | 'two-way' | 'custom';
  readonly projects: readonly string[];
  readonly issueType: string | null;
  readonly object: string;
  readonly objectLabel: string;
  /** `Subject → Summary`, … as people read them. */
  readonly mappings: readonly {
    readonly from: string;
    readonly to: string;
    readonly owner: 'salesforce' | 'jira' | 'both';
  }[];
  readonly conditionalStatus: boolean;
  readonly create: 'off' | 'matching' | 'all';
  readonly comments: boolean;
  readonly attachments: boolean;
  readonly status: boolean;
  readonly associations: boolean;
  readonly paused: boolean;
  /** Absent before the first run. */
  readonly latest: { readonly at: Instant; readonly counts: RunCounts } | null;
  /** How many things wait for a person, and the first one's cause. */
  readonly attention: number;
  readonly attentionReason: string | null;
}

/** The active program: the base for the next save, its texts, and its items. */
export interface ItemsTable {
  /** 0 before the first save. */
  readonly version: number;
  readonly files: Readonly<Record<string, string>>;
  readonly items: readonly ItemSummary[];
}

export interface AttentionSummary {
  readonly id: string;
  readonly item: string;
  readonly record?: string;
  readonly issueKey?: string;
  readonly since: Instant;
  readonly cause: string;
  readonly remedy: string;
}

export type AdminContract = {
  'connection.get': { payload: Record<string, never>; result: ConnectionSummary };
  'connection.save': {
    payload: { loginUrl: string; clientId: string; clientSecret: string };
    result: ConnectionSummary;
  };
  'connection.revoke': { payload: Record<string, never>; result: unknown };
  'items.list': { payload: Record<string, never>; result: ItemsTable };
  'items.pause': { payload: { itemId?: string }; result: unknown };
  'items.resume': { payload: { itemId?: string }; result: unknown };
  'attention.list': { payload: Record<string, never>; result: readonly AttentionSummary[] };
  'attention.retry': { payload: { id: string }; result: unknown };
  'attention.dismiss': { payload: { id: string }; result: unknown };
};

/** A card of the issue panel (P-1). */
export interface Card {
  readonly itemId: string;
  readonly name: string;
  readonly mode: 'display-only' | 'one-way' | 'two-way' | 'custom';
  readonly object: string;
  readonly linked: boolean;
  readonly managed: 'manual' | 'auto' | null;
  readonly recordId: string | null;
  readonly recordUrl: string | null;
  readonly label: string | null;
  readonly preview: readonly { readonly field: string; readonly label: string; readonly value: string }[];
  readonly status: string | null;
  readonly canUnlink: boolean;
  readonly attention: string | null;
}

export type PanelContract = {
  cards: { payload: Record<string, never>; result: readonly Card[] };
  search: { payload: { itemId: string; query: string }; result: readonly { recordId: string; label: string }[] };
  link: { payload: { itemId: string; recordId: string }; result: unknown };
  refresh: { payload: { itemId: string }; result: unknown };
  unlink: { payload: { itemId: string }; result: unknown };
};
