/** The store as the engine's shell asks for it. */
import type { Pairs } from '../conversation.ts';
import type { Instant } from './failure.ts';
import type {
  Activation,
  Attention,
  CatchUp,
  Claim,
  Connection,
  Hold,
  JournalEntry,
  Lease,
  Link,
  LinkKey,
  LinkPage,
  RunReport,
  SavedProgram,
  Sweep,
  Versioned,
  Watermark,
} from './memory.ts';

/** An access token between invocations. */
export interface KeptToken {
  readonly token: string;
  readonly instanceUrl: string;
  /** Of the org that gave it; older versions did not keep that. */
  readonly orgId?: string;
  /** When Salesforce gave it; older versions did not keep that. */
  readonly at?: Instant;
}

export interface Store {
  connection(): Promise<Connection | undefined>;
  saveConnection(connection: Connection, secret: string): Promise<void>;
  clearConnection(): Promise<void>;
  secret(): Promise<string | undefined>;
  token(): Promise<KeptToken | undefined>;
  saveToken(token: KeptToken | undefined): Promise<void>;

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
  /** The same of many; issues without links are absent. */
  linksOfIssues(issueIds: readonly string[]): Promise<ReadonlyMap<string, readonly Versioned<Link>[]>>;
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
  /** A person lets the item make an issue for the record again. */
  liftTombstone(key: LinkKey): Promise<void>;
  moveTombstone(key: LinkKey, to: LinkKey): Promise<void>;
  tombstones(): Promise<readonly LinkKey[]>;
  allLinks(): AsyncIterable<Link>;
  /** Some links after a cursor, in a steady order, and the cursor for those after them. */
  linksFrom(cursor: string | undefined, limit: number): Promise<LinkPage>;

  /** What links remember of comments and files; strictly consistent. */
  pairs(keys: readonly LinkKey[]): Promise<ReadonlyMap<string, Versioned<Pairs>>>;
  /** Compare-and-set as `putLink`; revision 0 means that there were none. */
  putPairs(key: LinkKey, pairs: Pairs, revision: number): Promise<boolean>;
  dropPairs(key: LinkKey): Promise<void>;
  /** The key of this site's markers, kept as a secret; made when it is first asked for. */
  markerKey(): Promise<string>;

  /** `false` when the claim exists. */
  claim(claim: Claim): Promise<boolean>;
  claimOf(key: string): Promise<Claim | undefined>;
  /** Made before that time and there still, oldest first, a hundred at most; eventually consistent. */
  claimsBefore(at: Instant): Promise<readonly Claim[]>;
  updateClaim(claim: Claim): Promise<void>;
  dropClaim(key: string): Promise<void>;

  watermark(object: string): Promise<Watermark | undefined>;
  saveWatermark(object: string, watermark: Watermark): Promise<void>;

  sweep(): Promise<Sweep | undefined>;
  saveSweep(sweep: Sweep): Promise<void>;

  catchUp(): Promise<CatchUp | undefined>;
  saveCatchUp(state: CatchUp): Promise<void>;

  hold(): Promise<Hold | undefined>;
  saveHold(hold: Hold | undefined): Promise<void>;

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
