/** What is remembered: values of the store, which says nothing of how they are kept. */
import type { Plan } from '../../compiler/plan/ir.ts';
import type { Instant } from './failure.ts';

/** A JSON value of a field as a side last gave or took it. */
export type FieldValue = unknown;

/** Per mapping, the last value that both sides agreed on, in the conversion table's normal form of each side. */
export interface FieldBase {
  readonly salesforce: FieldValue;
  readonly jira: FieldValue;
  /** Written ahead of calls whose answers never came; a value equal to one is ours, not a person's edit. */
  readonly sending?: readonly Sending[];
  /** What was written last to a side that answered with another form of it; not written again. */
  readonly written?: { readonly side: 'salesforce' | 'jira'; readonly value: FieldValue };
  /** A Salesforce value that is not agreed yet, and the earliest stamp at which a run saw it. */
  readonly seen?: { readonly value: FieldValue; readonly at: Instant };
  /** The issue's `updated` as it was when this value was written over the one before: a later edit went under by it. */
  readonly over?: Instant;
  /** Of a conflict that is held: whose value a person chose to keep. */
  readonly choice?: 'salesforce' | 'jira';
}

export interface Sending {
  readonly side: 'salesforce' | 'jira';
  readonly value: FieldValue;
  readonly at: Instant;
  /** Of a first sync: what it writes over, which was never agreed on. */
  readonly from?: FieldValue;
  /** Of a conflict: the value that gives way to this one, for whoever finds it written and not told. */
  readonly lost?: FieldValue;
  /** To Jira, of a field that both own: the issue's `updated` when this was decided. */
  readonly over?: Instant;
  /** It was agreed on before, and goes over an edit: finding it where it was tells nobody that it was written again. */
  readonly again?: true;
  /** When its link came to rest: whoever finds it there later has nothing to tell. */
  readonly told?: true;
}

export interface LinkStatus {
  readonly salesforce: string | null;
  readonly jira: string;
  /** A Salesforce status that Jira does not follow yet, and the earliest stamp at which a run saw it. */
  readonly seen?: { readonly value: string | null; readonly at: Instant };
  /** As of a field: when the issue was moved by the bridge. */
  readonly over?: Instant;
  /** The statuses are as said, but not agreed: Jira did not let the issue follow. */
  readonly owed?: true;
}

export type LinkState =
  | { readonly kind: 'active' }
  /** `reason` is a sentence for people. */
  | { readonly kind: 'paused'; readonly reason: string; readonly at: Instant };

export interface Link {
  readonly item: string;
  readonly object: string;
  /** 18 characters. */
  readonly record: string;
  /** The same as `issueId`, for a link of a display-only item: one of any number that the record has. */
  readonly issue?: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly managed: 'manual' | 'auto';
  readonly createdAt: Instant;
  readonly state: LinkState;
  /** By mapping id. */
  readonly bases: Readonly<Record<string, FieldBase>>;
  /** Status names on both sides as last agreed, and the rule's last asserted target. */
  readonly status?: LinkStatus;
  /** The status that a run was about to give a side: whoever finds it there tells, since that run did not come to it. */
  readonly moving?: StatusSent & {
    /** The other side's status then. */
    readonly beside?: string | null;
    readonly over?: Instant;
    /** What runs before that one were about to give, and did not come to tell either. */
    readonly earlier?: readonly StatusSent[];
  };
  /** The record's stamp as of the last completed reconcile. */
  readonly stamp: Instant;
  /** The note about this link in Salesforce: its id, or why there is none; with neither, asked for at that time. */
  readonly note?: { readonly at: Instant; readonly id?: string; readonly refused?: string };
  readonly lastOutcome?: {
    readonly at: Instant;
    readonly kind: 'ok' | 'blocked' | 'failed';
    readonly message?: string;
    /** Of a conflict that is held: a digest of both values. */
    readonly held?: string;
    /** A person has put it away: nobody is asked for attention to the same again. */
    readonly dismissed?: true;
  };
}

/** A status for a side. */
export interface StatusSent {
  readonly side: 'salesforce' | 'jira';
  readonly to: string;
}

export interface LinkKey {
  readonly item: string;
  readonly record: string;
  /** Of a display-only item, whose records may have any number of issues: the issue's id. */
  readonly issue?: string;
}
export const linkKey = ({ item, record, issue }: LinkKey): string =>
  issue === undefined ? `${item}:${record}` : `${item}:${record}:${issue}`;

export interface LinkPage {
  readonly links: readonly Link[];
  /** Absent after the last one. */
  readonly next?: string;
}

/**
 * Starts at 1 and is raised by one with each write; a put with an older one is refused, so that a late
 * holder of a lease cannot undo a newer.
 */
export interface Versioned<T> {
  readonly value: T;
  readonly revision: number;
}

/** Intent to make something that must exist once. Written before the call, kept until its outcome is stored. */
export interface Claim {
  readonly key: string;
  readonly at: Instant;
  readonly run: string;
  /** How many looks found nothing; the second one, ten minutes after the first, allows a new try. */
  readonly looks: number;
  readonly lastLookAt?: Instant;
  /** What the creating request says, so that an issue that is found later has a base: what differs was edited. */
  readonly bases?: Readonly<Record<string, FieldBase>>;
}

export interface Watermark {
  /** Everything stamped before this was handled or parked. */
  readonly until: Instant;
  /** `id@stamp` of rows at or after `until` minus the overlap that were handled already. */
  readonly handled: readonly string[];
  /** Of what is looked at now and then only: when it was. */
  readonly lookedAt?: Instant;
}

export interface Activation {
  readonly item: string;
  /** When `create` was first switched on for this id. */
  readonly createSince?: Instant;
  /** The program version with which its linked and its eligible records were last all looked at. */
  readonly caughtUp?: number;
  /** The program version of which a person said that it may change as much as it does. */
  readonly allowed?: number;
  /** Since when its records cannot be read; what changed since then is looked at once they can be. */
  readonly unread?: Instant;
}

/** How far the daily look at everything got: links after a cursor, or records of an item after an id. */
export interface Sweep {
  readonly startedAt: Instant;
  /** The item whose records are looked at for issues that were never made; without it, links. */
  readonly item?: string;
  readonly after?: string;
  readonly done?: true;
}

/** How far links and records were looked at again after a program changed. */
export interface CatchUp {
  readonly version: number;
  /** The items that it changed. */
  readonly items: readonly string[];
  /** Links after this cursor are still to come. */
  readonly after?: string;
  readonly linksDone?: true;
  /** By item: records after this id are still to come; `done` when none is. */
  readonly records: Readonly<Record<string, string>>;
}

/** No run begins before then. */
export interface Hold {
  readonly until: Instant;
  /** `asked`: by a system. `reserve`: what is left of a system's allowance is for others, and for people's own acts. */
  readonly kind: 'asked' | 'reserve';
  /** A sentence for people. */
  readonly reason: string;
}

export interface Lease {
  readonly holder: string;
  readonly epoch: number;
  readonly until: Instant;
}

export interface RunReport {
  readonly id: string;
  readonly cause: 'schedule' | 'event' | 'refresh' | 'retry';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly items: Readonly<Record<string, RunCounts>>;
  /** Set when the run could not do its work at all. */
  readonly failure?: string;
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

/** One write, or one thing that was deliberately not written, with its reason. */
export interface JournalEntry {
  readonly id: string;
  readonly run: string;
  readonly at: Instant;
  readonly item: string;
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: 'created' | 'written' | 'moved' | 'blocked' | 'skipped' | 'failed' | 'held';
  /** Field's or status' name as people know it. */
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  /** A plain sentence: why this was written, or why not. */
  readonly reason: string;
  /** `support-cases.bridge:11`. */
  readonly source: string;
  /** Of a conflict. */
  readonly lost?: FieldValue;
  readonly kept?: FieldValue;
}

export interface Attention {
  readonly id: string;
  readonly item: string;
  readonly record?: string;
  readonly issueKey?: string;
  readonly since: Instant;
  readonly cause: string;
  readonly remedy: string;
  /** Names of fields whose conflicts are held: a person chooses whose values are kept. */
  readonly held?: readonly string[];
  /** Tries so far and when the next one is due; absent when only a person can help. */
  readonly retry?: { readonly tries: number; readonly dueAt: Instant };
  /** Tries before it was left to a person. */
  readonly tries?: number;
}

export interface Connection {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly instanceUrl: string;
  readonly savedAt: Instant;
  /** The org that the links belong to, where it is another one: nothing runs then. */
  readonly linksOf?: string;
}

/** A saved program: the texts, and the plan that they compile to. */
export interface SavedProgram {
  readonly version: number;
  readonly savedAt: Instant;
  readonly savedBy: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plan: Plan;
}
