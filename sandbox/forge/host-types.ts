/** What the Forge host takes and does. */
import type { HostClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { HostFile } from './host-file.ts';
import type { Ending } from './invocation.ts';
import type { Kvs } from './kvs.ts';
import type { Ledger } from './ledger.ts';
import type { Manifest } from './manifest.ts';
import type { JiraSide, Latency, People, SalesforceSide } from './seam.ts';

/** A product event as Jira hands it over: forge.md's `eventType` and what belongs to it. */
export interface ProductEvent {
  readonly eventType: string;
  readonly selfGenerated?: boolean;
  /** The actor. */
  readonly atlassianId?: string;
  readonly [field: string]: unknown;
}

export type Handlers = Readonly<Record<string, unknown>>;

export interface ForgeHostOptions {
  readonly clock: HostClock;
  readonly jira: JiraSide;
  readonly jiraBaseUrl: string;
  readonly salesforce: SalesforceSide;
  /** The app's exports; called once, after the platform stands. */
  readonly loadHandlers: () => Promise<Handlers>;
  readonly manifest?: Manifest;
  readonly latency?: Latency;
  /** Keeps what is stored and what waits, and gives it back; in memory without it. */
  readonly file?: HostFile;
  /** What a function threw or left behind: one plain line. */
  readonly onTrouble?: (line: string) => void;
  /** The app's own log, a line at a time. */
  readonly onLog?: (line: string) => void;
}

export interface ResolverCall {
  readonly module: 'admin' | 'panel';
  readonly function: string;
  readonly payload: unknown;
  readonly accountId: string;
  /** What the page shows: the issue and project of a panel. */
  readonly extension?: Readonly<Record<string, unknown>>;
  /** A look of the sandbox's own, that neither the ledger nor a fault sees. */
  readonly unseen?: boolean;
  /** Not from a page, so that a page's limits on sizes do not hold. */
  readonly anySize?: boolean;
}

export interface ForgeHost {
  readonly manifest: Manifest;
  readonly kvs: Kvs;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly people: People;
  /** Hands a product event to the triggers that ask for it. */
  deliver(event: ProductEvent): void;
  /** Milliseconds by which product events are late; Forge promises three minutes at most. */
  setEventDelay(ms: number): void;
  /** Runs what is due now until nothing is. */
  drain(): Promise<void>;
  /** Runs the scheduled triggers once. */
  fireSchedule(): Promise<void>;
  /** Runs what comes due until nothing does within 60 s; a manual clock moves to each. */
  settle(): Promise<void>;
  invoke(call: ResolverCall): Promise<Ending>;
  /** Whether limits per second and per minute hold; from the start only under a real clock. */
  holdRates(on: boolean): void;
  /** Makes it a production installation with or without an active licence; `undefined`: development again. */
  setLicence(active: boolean | undefined): void;
  /** How many jobs and events may run at one time; what they do to each other is the same at each run. */
  setAtOnce(functions: number): void;
  /** When the next job or event is due. */
  nextAt(): number | undefined;
  /** Drops what waits and what is stored. */
  clear(): void;
  stop(): Promise<void>;
}
