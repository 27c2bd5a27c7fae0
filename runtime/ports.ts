/**
 * What the engine's shell asks of the outside, as interfaces: two systems, a store, a queue, a clock, a
 * log. Adapters implement them over Forge's packages; tests and the simulation run the very same ones
 * against the stand-ins. Deciding code never sees these.
 */
import type { Plan } from '../compiler/plan/ir.ts';
import type {
  JiraComment,
  JiraFile,
  NewJiraComment,
  NewJiraFile,
  NewRecord,
  NewSalesforceFile,
  Pairs,
} from './conversation.ts';

/** Epoch milliseconds. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

/** One line a call; `details` never holds a secret, a token, a field's value or a person's data. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, string | number | boolean>>): void;
  warn(event: string, details?: Readonly<Record<string, string | number | boolean>>): void;
}

// ── failures ────────────────────────────────────────────────────────────────────────────────────

/**
 * Why a call failed, by what the caller may do about it:
 * `refused`: the system answered no; trying the same again is pointless until something changes.
 * `limited`: not applied; may be repeated after `retryAfterMs`.
 * `unavailable`: not applied (no connection, 503); may be repeated later.
 * `unknown`: sent, outcome unclear (time-out, 500, reset); look before doing it again.
 * `unauthorized`: credentials are refused, also after one renewal.
 * `forbidden`, `gone`: no permission; the thing is not there (any more).
 */
export type FailureKind = 'refused' | 'limited' | 'unavailable' | 'unknown' | 'unauthorized' | 'forbidden' | 'gone';

export interface Failure {
  readonly system: 'salesforce' | 'jira' | 'store' | 'queue';
  readonly kind: FailureKind;
  /** The system's own code or status, for people who search for it: `STRING_TOO_LONG`, `400`. */
  readonly code: string;
  /** One plain sentence; never a secret. */
  readonly message: string;
  /** API names or ids of the fields that the system complained about. */
  readonly fields: readonly string[];
  readonly retryAfterMs?: number;
}

/** What every port throws; nothing else is expected of them. */
export class PortError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.system} ${failure.kind}: ${failure.code} ${failure.message}`);
    this.name = 'PortError';
    this.failure = failure;
  }
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

// ── Salesforce ──────────────────────────────────────────────────────────────────────────────────

/** A record as REST gives it: nested objects for parents, `null` for empty, 18-character ids. */
export interface SalesforceRecord {
  readonly id: string;
  readonly object: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** `SystemModstamp`; whole seconds. */
  readonly stamp: Instant;
  readonly createdAt: Instant;
  readonly deleted: boolean;
  /** The winner, when this record lost a merge. */
  readonly mergedInto?: string;
}

export interface QueryRequest {
  readonly soql: string;
  /** Deleted and merged rows too (`queryAll`). */
  readonly all?: boolean;
  /** A refusal is this query's own answer instead of the end of all. */
  readonly optional?: boolean;
}

export interface QueryAnswer {
  /** In the order of the query. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Of an optional query. */
  readonly failure?: Failure;
}

export interface SalesforcePort {
  /** Up to five queries travel in one composite call; further pages are followed. The server's time is that of the first answer. */
  query(
    requests: readonly QueryRequest[],
  ): Promise<{ readonly answers: readonly QueryAnswer[]; readonly serverTime: Instant }>;
  /** One entry a record, in collections of up to 200; answers stand in the order of the changes. */
  update(changes: readonly SalesforceChange[]): Promise<readonly Outcome<void>[]>;
  /** As `update`; answers the new ids. */
  insert(records: readonly NewRecord[]): Promise<readonly Outcome<string>[]>;
  /** A file that hangs on the record, in one insert; answers the id of its ContentVersion. */
  createFile(file: NewSalesforceFile): Promise<string>;
  /** Of one ContentVersion. */
  fileBytes(version: string): Promise<Uint8Array>;
  describe(object: string): Promise<unknown>;
  describeGlobal(): Promise<unknown>;
  organization(): Promise<{ readonly id: string; readonly name: string }>;
  /** The instance's base URL, for links that people open. */
  instanceUrl(): Promise<string>;
}

export interface SalesforceChange {
  readonly object: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

// ── Jira ────────────────────────────────────────────────────────────────────────────────────────

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  /** As REST gives them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly updated: Instant;
}

export interface JiraTransition {
  readonly id: string;
  readonly name: string;
  readonly to: { readonly id: string; readonly name: string };
  /** Ids of screen fields without which Jira refuses the move. */
  readonly requiredFields: readonly string[];
}

/** One change of one field, oldest first; `from` and `to` are ids or raw values, the strings what people see. */
export interface JiraFieldChange {
  readonly at: Instant;
  readonly author: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly fromString: string | null;
  readonly toString: string | null;
}

/** The marker that travels in the request that creates an issue: ids only, since who sees the issue can read it. */
export interface IssueMarker {
  readonly v: 1;
  readonly org: string;
  readonly object: string;
  readonly record: string;
  readonly item: string;
  /** The claim's key; a marker counts only if it matches the claim. */
  readonly claim: string;
}

export interface NewIssue {
  readonly projectId: string;
  readonly issueTypeId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly marker: IssueMarker;
}

export interface JiraPort {
  /** Bulk fetch, 100 a call, consistent; issues that are gone or hidden are absent from the answer. */
  issues(idsOrKeys: readonly string[], fields: readonly string[]): Promise<readonly JiraIssue[]>;
  create(issue: NewIssue): Promise<{ readonly id: string; readonly key: string }>;
  /** One PUT; `null` clears. */
  update(issueId: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  transitions(issueId: string): Promise<readonly JiraTransition[]>;
  transition(issueId: string, transitionId: string): Promise<void>;
  changes(
    issueIds: readonly string[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<string, readonly JiraFieldChange[]>>;
  /** Issues whose marker names this claim; eventually consistent, so an empty answer proves nothing. */
  findByMarker(
    claim: string,
  ): Promise<readonly { readonly id: string; readonly key: string; readonly marker: IssueMarker }[]>;
  marker(issueId: string): Promise<IssueMarker | undefined>;
  search(jql: string, fields: readonly string[]): Promise<readonly JiraIssue[]>;
  /** The account with this e-mail address that can be assigned in the project, if its profile shows it. */
  userByEmail(email: string, projectKey: string): Promise<string | undefined>;
  /** The app's own account. */
  self(): Promise<string>;
  /** The site's address as people know it, without a slash at the end. */
  siteUrl(): Promise<string>;
  /** All that the app may see, oldest first, read from the database. */
  comments(issueId: string): Promise<readonly JiraComment[]>;
  /** Answers the comment as Jira keeps it. */
  addComment(issueId: string, comment: NewJiraComment): Promise<JiraComment>;
  /** Without a visibility and a marker both stay as they are. */
  editComment(
    issueId: string,
    id: string,
    comment: Pick<NewJiraComment, 'body'> & Partial<NewJiraComment>,
  ): Promise<JiraComment>;
  files(issueId: string): Promise<readonly JiraFile[]>;
  attach(issueId: string, file: NewJiraFile): Promise<string>;
  attachmentBytes(id: string): Promise<Uint8Array>;
  /** Raw reads for the metadata that the compiler needs; the answers are Jira's own. */
  metadata(): Promise<JiraMetadataAnswers>;
}

/** Jira's own answers, as `compiler/metadata` turns them into its model. */
export interface JiraMetadataAnswers {
  readonly projects: readonly unknown[];
  /** `GET /issue/createmeta/{project}/issuetypes/{type}` by project key and issue type id. */
  readonly createFields: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
  /** `GET /project/{key}/statuses` by project key. */
  readonly projectStatuses: Readonly<Record<string, readonly unknown[]>>;
  /** `GET /field`. */
  readonly fields: readonly unknown[];
}

// ── the store ───────────────────────────────────────────────────────────────────────────────────

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
  /** Of a conflict that is held: whose value a person chose to keep. */
  readonly choice?: 'salesforce' | 'jira';
}

export interface Sending {
  readonly side: 'salesforce' | 'jira';
  readonly value: FieldValue;
  readonly at: Instant;
}

export interface LinkStatus {
  readonly salesforce: string | null;
  readonly jira: string;
  /** A Salesforce status that Jira does not follow yet, and the earliest stamp at which a run saw it. */
  readonly seen?: { readonly value: string | null; readonly at: Instant };
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
  /** The record's stamp as of the last completed reconcile. */
  readonly stamp: Instant;
  /** The note about this link in Salesforce: its id, or why there is none; with neither, asked for at that time. */
  readonly note?: { readonly at: Instant; readonly id?: string; readonly refused?: string };
  readonly lastOutcome?: {
    readonly at: Instant;
    readonly kind: 'ok' | 'blocked' | 'failed';
    readonly message?: string;
  };
}

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
  /** How often a look found nothing; the second one, ten minutes after the first, allows a new try. */
  readonly looks: number;
  readonly lastLookAt?: Instant;
}

export interface Watermark {
  /** Everything stamped before this was handled or parked. */
  readonly until: Instant;
  /** `id@stamp` of rows at or after `until` minus the overlap that were handled already. */
  readonly handled: readonly string[];
}

export interface Activation {
  readonly item: string;
  /** When `create` was first switched on for this id. */
  readonly createSince?: Instant;
  /** The program version with which its linked and its eligible records were last all looked at. */
  readonly caughtUp?: number;
  /** The program version of which a person said that it may change as much as it does. */
  readonly allowed?: number;
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
}

export interface Connection {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly instanceUrl: string;
  readonly savedAt: Instant;
}

/** A saved program: the texts, and the plan that they compile to. */
export interface SavedProgram {
  readonly version: number;
  readonly savedAt: Instant;
  readonly savedBy: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plan: Plan;
}

export interface Store {
  connection(): Promise<Connection | undefined>;
  saveConnection(connection: Connection, secret: string): Promise<void>;
  clearConnection(): Promise<void>;
  secret(): Promise<string | undefined>;
  token(): Promise<{ readonly token: string; readonly instanceUrl: string } | undefined>;
  saveToken(token: { readonly token: string; readonly instanceUrl: string } | undefined): Promise<void>;

  /** The active one. */
  program(): Promise<SavedProgram | undefined>;
  /** Fails (`false`) when another version was saved since `base`. */
  saveProgram(program: SavedProgram, base: number): Promise<boolean>;
  programVersions(): Promise<
    readonly { readonly version: number; readonly savedAt: Instant; readonly savedBy: string }[]
  >;
  programVersion(version: number): Promise<SavedProgram | undefined>;
  activation(item: string): Promise<Activation | undefined>;
  saveActivation(activation: Activation): Promise<void>;
  /** Until a person resumes it; `reason` is a sentence, `version` the program's that is held back. */
  pauseItem(item: string, reason: string, version: number): Promise<void>;

  /** By item and record; strictly consistent. */
  links(keys: readonly LinkKey[]): Promise<ReadonlyMap<string, Versioned<Link>>>;
  linksOfIssue(issueId: string): Promise<readonly Versioned<Link>[]>;
  /**
   * Makes link and reverse index in one transaction; refused (`false`) when either side is linked by the item
   * already. The record of a link with an `issue` may have others.
   */
  addLink(link: Link): Promise<boolean>;
  /** Compare-and-set on the revision; `false` when somebody else wrote it since. */
  putLink(link: Link, revision: number): Promise<boolean>;
  removeLink(link: Link): Promise<void>;
  /** The same link of the same issue under another key; `false` when it was written since, or that key is taken. */
  moveLink(link: Link, revision: number, to: LinkKey): Promise<boolean>;
  /** Never linked again by itself once removed. */
  tombstone(key: LinkKey): Promise<boolean>;
  allLinks(): AsyncIterable<Link>;
  /** Some links after a cursor, in a steady order, and the cursor for those after them. */
  linksFrom(cursor: string | undefined, limit: number): Promise<LinkPage>;

  /** What links remember of comments and files; strictly consistent. */
  pairs(keys: readonly LinkKey[]): Promise<ReadonlyMap<string, Versioned<Pairs>>>;
  /** Compare-and-set as `putLink`; revision 0 means that there were none. */
  putPairs(key: LinkKey, pairs: Pairs, revision: number): Promise<boolean>;
  /** The key of this installation's markers, kept as a secret; made when it is first asked for. */
  markerKey(): Promise<string>;

  /** `false` when the claim exists. */
  claim(claim: Claim): Promise<boolean>;
  claimOf(key: string): Promise<Claim | undefined>;
  updateClaim(claim: Claim): Promise<void>;
  dropClaim(key: string): Promise<void>;

  watermark(object: string): Promise<Watermark | undefined>;
  saveWatermark(object: string, watermark: Watermark): Promise<void>;

  /** The lease with its fencing epoch, or nothing when somebody else holds it. */
  acquire(name: string, holder: string, forMs: number): Promise<Lease | undefined>;
  release(name: string, lease: Lease): Promise<void>;
  /** "Look again": set by an event that could not take the lease, read by the holder before it lets go. */
  mark(name: string): Promise<void>;
  takeMark(name: string): Promise<boolean>;
  /** Issues that the next cycle looks at although their record did not change; a set, added to without a race. */
  addDirty(issueIds: readonly string[]): Promise<void>;
  dirty(limit: number): Promise<readonly string[]>;
  dropDirty(issueIds: readonly string[]): Promise<void>;

  saveRun(run: RunReport): Promise<void>;
  runs(limit: number): Promise<readonly RunReport[]>;
  addJournal(entries: readonly JournalEntry[]): Promise<void>;
  journal(limit: number): Promise<readonly JournalEntry[]>;
  attention(): Promise<readonly Attention[]>;
  saveAttention(attention: Attention): Promise<void>;
  dropAttention(id: string): Promise<void>;
}

export interface LinkKey {
  readonly item: string;
  readonly record: string;
  /** Of a display-only item, whose records may have any number of issues: the issue's id. */
  readonly issue?: string;
}
export const linkKey = ({ item, record, issue }: LinkKey): string =>
  issue === undefined ? `${item}:${record}` : `${item}:${record}:${issue}`;

// ── the queue ───────────────────────────────────────────────────────────────────────────────────

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

export interface Queue {
  /** At most 50 at once; `delayMs` up to 15 minutes; `lane` runs one job at a time per name. */
  push(jobs: readonly { readonly job: Job; readonly delayMs?: number; readonly lane?: string }[]): Promise<void>;
}
