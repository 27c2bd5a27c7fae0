/**
 * What the two resolvers take and answer, as `/control/invoke` and the pages see it. Types only: the
 * resolvers validate every payload themselves, since anyone who can load a page can call them.
 */

import type { JiraMetadata, ObjectMetadata } from '../../compiler/metadata/model.ts';
import type { JournalEntry, RunCounts, RunReport } from '../../runtime/ports/memory.ts';

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
  /** The links belong to another org, and rest until that one is back or somebody starts over. */
  readonly otherOrg?: true;
}

export type { RunCounts };

export type Mode = 'display-only' | 'one-way' | 'two-way' | 'custom';

/** One row of the items table (I-6). */
export interface ItemSummary {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  /** `support-cases.bridge:1` */
  readonly source: string;
  readonly projects: readonly string[];
  readonly issueType: string | null;
  readonly object: string;
  readonly objectLabel: string;
  /** `Service Cloud`, … or `Custom objects`. */
  readonly module: string;
  /** `Subject → Summary`, … as people read them. */
  readonly mappings: readonly {
    readonly from: string;
    readonly to: string;
    readonly owner: 'salesforce' | 'jira' | 'both';
  }[];
  /** Labels of what a display-only item shows. */
  readonly shows: readonly string[];
  readonly conditionalStatus: boolean;
  /** The Conditional Sync Rule, a sentence a branch: `Account.Rating is "Hot" → Done`. */
  readonly rules: readonly string[];
  readonly create: 'off' | 'matching' | 'all';
  readonly comments: boolean;
  readonly attachments: boolean;
  readonly status: boolean;
  readonly associations: boolean;
  readonly paused: boolean;
  /** Why, where the bridge itself paused it. */
  readonly pausedBecause: string | null;
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
  readonly savedAt?: Instant;
  /** An account id. */
  readonly savedBy?: string;
  readonly files: Files;
  readonly items: readonly ItemSummary[];
  /** Every item rests. */
  readonly allPaused: boolean;
  /** Why no item of these files is known or synced, as sentences: the program has to be saved again. */
  readonly unreadable?: string;
}

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** One saved version of the whole program. */
export interface VersionSummary {
  readonly version: number;
  readonly savedAt: Instant;
  readonly savedBy: string;
}

/** A finding as `bridge check --format json` tells it. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly path: string;
  readonly message: string;
}

/** Runs and what they wrote reach a page as they are remembered. */
export type RunSummary = RunReport;
export type JournalSummary = JournalEntry;

/** what an item would do, before it is active. */
export interface ItemPreview {
  readonly itemId: string;
  readonly name: string;
  /** The id that it has now, when it would get another one: its links go on with it. */
  readonly was?: string;
  /** It means the same as now: nothing would change. */
  readonly unchanged: boolean;
  readonly creates: number;
  readonly links: number;
  /** Links that were looked at; fewer than there are where they are very many. */
  readonly looked: number;
  readonly entries: readonly PreviewEntry[];
  /** What people call the records of the entries, by id. */
  readonly labels: Readonly<Record<string, string>>;
}
export type PreviewEntry = Omit<JournalSummary, 'id' | 'run' | 'at' | 'item' | 'lost' | 'kept'>;
export interface PreviewSummary {
  readonly ok: boolean;
  readonly diagnostics: readonly Finding[];
  readonly items: readonly ItemPreview[];
  readonly removed: readonly { readonly itemId: string; readonly links: number }[];
  /** C-8: permissions, objects and fields that it lacks. */
  readonly missing: readonly Missing[];
}
export interface Missing {
  readonly itemId: string;
  readonly cause: string;
  readonly remedy: string;
}

/** who did what. */
export interface AuditSummary {
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  readonly what: string;
  readonly about: Readonly<Record<string, string>>;
}

export interface AttentionSummary {
  readonly id: string;
  readonly item: string;
  readonly record?: string;
  readonly issueKey?: string;
  readonly since: Instant;
  readonly cause: string;
  readonly remedy: string;
  /** Fields whose conflicting values are kept until a person chooses a side. */
  readonly held?: readonly string[];
  readonly retry?: { readonly tries: number; readonly dueAt: Instant };
}

/** Whose data are taken away or erased: one of the two. */
export type Subject = { readonly issueKey: string } | { readonly accountId: string };

/** A record that lost its issue: the item makes no other one for it by itself. */
export interface LeftAlone {
  readonly itemId: string;
  readonly recordId: string;
}

export interface FoundRecord {
  readonly recordId: string;
  readonly label: string;
}

type Nothing = Record<string, never>;
type OneItem = { itemId: string };
type MaybeItem = { itemId?: string };

export type AdminContract = {
  'connection.get': { payload: Nothing; result: ConnectionSummary };
  'connection.save': {
    payload: { loginUrl: string; clientId: string; clientSecret: string };
    result: ConnectionSummary;
  };
  'connection.revoke': { payload: Nothing; result: unknown };
  /** Ends the links to another org than the connected one; again while there is more. */
  'connection.startOver': { payload: Nothing; result: { ended: number; more: boolean; goesOn?: true } };
  'items.list': { payload: Nothing; result: ItemsTable };
  'items.check': { payload: { files: Files }; result: { ok: boolean; diagnostics: readonly Finding[] } };
  'items.preview': { payload: { files: Files }; result: PreviewSummary };
  'items.try': {
    payload: { files: Files; itemId: string; recordId: string };
    result: { recordId: string; entries: readonly PreviewEntry[] };
  };
  'items.records': {
    payload: { files: Files; itemId: string; query: string };
    result: readonly FoundRecord[];
  };
  'items.save': {
    payload: { files: Files; baseVersion: number; confirm?: boolean };
    result: { version: number; diagnostics: readonly Finding[]; missing: readonly Missing[] };
  };
  'items.pause': { payload: MaybeItem; result: unknown };
  'items.resume': { payload: MaybeItem; result: unknown };
  'items.delete': { payload: OneItem & { baseVersion?: number }; result: unknown };
  'items.versions': { payload: OneItem; result: readonly VersionSummary[] };
  'items.restore': {
    payload: OneItem & { version: number; confirm?: boolean; baseVersion?: number };
    result: { version: number };
  };
  'program.versions': { payload: Nothing; result: readonly VersionSummary[] };
  'program.version': { payload: { version: number }; result: VersionSummary & { files: Files } };
  'metadata.salesforce': { payload: { object?: string }; result: readonly ObjectMetadata[] | ObjectMetadata };
  'metadata.jira': { payload: { project?: string }; result: JiraMetadata };
  /** At most as many as `limit`, of which the app has a bound of its own. */
  'runs.list': { payload: MaybeItem & { limit?: number }; result: readonly RunSummary[] };
  'journal.list': { payload: MaybeItem; result: readonly JournalSummary[] };
  'audit.list': { payload: Nothing; result: readonly AuditSummary[] };
  'data.export': { payload: Subject; result: Readonly<Record<string, readonly unknown[]>> };
  'data.erase': { payload: Subject; result: { links: number } };
  'tombstones.list': { payload: Nothing; result: readonly LeftAlone[] };
  'tombstones.lift': { payload: LeftAlone; result: unknown };
  'attention.list': { payload: Nothing; result: readonly AttentionSummary[] };
  'attention.retry': { payload: { id: string }; result: unknown };
  'attention.dismiss': { payload: { id: string }; result: unknown };
  'attention.resolve': { payload: { id: string; keep: 'salesforce' | 'jira' }; result: unknown };
};

/** A card of the issue panel (P-1). */
export interface Card {
  readonly itemId: string;
  readonly name: string;
  readonly mode: Mode;
  readonly object: string;
  /** `Service Cloud`, … */
  readonly module: string;
  readonly linked: boolean;
  readonly managed: 'manual' | 'auto' | null;
  readonly recordId: string | null;
  readonly recordUrl: string | null;
  readonly label: string | null;
  readonly preview: readonly PreviewRow[];
  readonly status: string | null;
  readonly statusSync: 'rule' | 'field' | null;
  /** Neither side is kept aligned: `attention` says why. */
  readonly resting: boolean;
  readonly canUnlink: boolean;
  readonly canEdit: boolean;
  readonly canLink: boolean;
  readonly paused: boolean;
  readonly associations: boolean;
  /** Labels of the fields in which words are looked for. */
  readonly searched: readonly string[];
  readonly attention: string | null;
  /** What can be done about it, and by whom. */
  readonly remedy: string | null;
}
export interface PreviewRow {
  readonly field: string;
  readonly label: string;
  readonly value: string;
  /** What Salesforce calls it where it stands, and the journal with it; an associated record has no journal. */
  readonly name?: string;
  /** Of the field in Salesforce: `boolean`, `currency`, … */
  readonly type?: string;
  /** Names of the Jira fields that it goes with. */
  readonly jiraFields?: readonly string[];
  /** The lines of the program that map it, `file:line`. */
  readonly lines?: readonly string[];
}

/** P-6: records around the linked one, by the object at the other end. */
export interface AssociatedGroup {
  /** Not looked at for lack of time; to be asked for by its object. */
  readonly leftOut?: true;
  /** There are more records than these. */
  readonly more?: true;
  readonly object: string;
  readonly label: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly label: string;
    readonly url: string;
    readonly preview: readonly PreviewRow[];
  }[];
}

/** P-4: files that the queue moves after a refresh. */
export interface FileProgress {
  readonly working: boolean;
  readonly left: readonly { readonly name: string; readonly bytes: number; readonly to: 'jira' | 'salesforce' }[];
}

export type PanelContract = {
  cards: { payload: Nothing; result: readonly Card[] };
  search: { payload: OneItem & { query: string }; result: readonly FoundRecord[] };
  /** `files`: the queue's job that looks at the files. */
  link: { payload: OneItem & { recordId: string }; result: { startedAt: Instant; files?: string; later?: true } };
  refresh: { payload: OneItem; result: RunSummary & { files?: string } };
  files: { payload: OneItem & { job: string }; result: FileProgress };
  unlink: { payload: OneItem; result: unknown };
  associations: { payload: OneItem & { objects?: readonly string[] }; result: readonly AssociatedGroup[] };
  explain: { payload: OneItem; result: readonly JournalSummary[] };
};
