/** What a sandbox's world takes and does. */
import type { Conditions } from './conditions.ts';
import type { HostClock } from './forge/clock.ts';
import type { ForgeHost, Handlers } from './forge/host.ts';
import type { Ending } from './forge/invocation.ts';
import type { Latency } from './forge/seam.ts';
import type { JiraStandIn } from './jira/index.ts';
import type { Site } from './jira/model.ts';
import type { Catalogue } from './salesforce/catalogue/index.ts';
import type { SalesforceStandIn } from './salesforce/index.ts';

export interface JiraUser {
  readonly email: string;
  readonly token: string;
  readonly accountId: string;
  readonly role: string;
}

export type ProgramFiles = Readonly<Record<string, string>>;

export interface WorldOptions {
  readonly clock: 'real' | 'manual';
  /** Where a manual clock begins, in epoch milliseconds. */
  readonly start?: number;
  /** Metadata, projects and users, but no issues and records, and no active program. */
  readonly empty?: boolean;
  /** The program that is active at the start. */
  readonly files?: ProgramFiles;
  /** The program of a new world where none is given; one that resumes keeps its own. */
  readonly firstFiles?: ProgramFiles;
  /** A folder that keeps everything, and from which it resumes; without it, in memory. */
  readonly data?: string;
  readonly jiraUrl?: string;
  readonly salesforceUrl?: string;
  /** How long the systems take to answer the app. */
  readonly latency?: Latency;
  /** Stands between the app and both systems: sees each of the app's requests, and may act before and after it. */
  readonly between?: Between;
  /** Another org and site than the demo's; they begin without issues and records. */
  readonly catalogue?: Catalogue;
  readonly site?: Site;
  /** The sources' when not given. */
  readonly loadHandlers?: () => Promise<Handlers>;
  /** What a function threw or left behind. */
  readonly onTrouble?: (line: string) => void;
  /** The app's own log. */
  readonly onLog?: (line: string) => void;
}

export type Between = (
  system: 'jira' | 'salesforce',
  request: Request,
  send: (request: Request) => Promise<Response>,
) => Promise<Response>;

/** What a resolver answers, in the form of the control API. */
export type ResolverAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: Refusal };

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

export interface RunState {
  readonly id: string;
  readonly cause: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly failure?: string;
}

export interface WorldState {
  readonly now: number;
  readonly clock: 'real' | 'manual';
  readonly links: readonly unknown[];
  readonly runs: readonly RunState[];
  readonly journal: readonly unknown[];
  readonly attention: readonly unknown[];
}

export interface ProgramAnswer {
  readonly ok: boolean;
  readonly diagnostics: readonly unknown[];
  /** When it failed for another reason than the program's text. */
  readonly error?: Refusal;
}

export interface WorldCall {
  readonly module: 'admin' | 'panel';
  readonly function: string;
  readonly payload?: unknown;
  readonly accountId: string;
  readonly issueKey?: string;
  readonly unseen?: boolean;
  readonly anySize?: boolean;
}

/** As Forge hands it to an app. */
export type ProductEventPayload = { readonly eventType: string } & Readonly<Record<string, unknown>>;

export interface World {
  /** Another one after each reset, the same one when a kept world goes on: who looks at it can tell a new one. */
  readonly id: string;
  readonly clock: HostClock;
  readonly forge: ForgeHost;
  readonly jira: JiraStandIn;
  readonly salesforce: SalesforceStandIn;
  readonly users: readonly JiraUser[];
  readonly client: { readonly id: string; readonly secret: string };
  /** Circumstances that last until the next reset. */
  readonly conditions: Conditions;
  /** Delivers events and due jobs, fires the schedule once, drains; answers the run's report, or why none was made. */
  cycle(): Promise<Readonly<Record<string, unknown>>>;
  settle(): Promise<void>;
  invoke(call: WorldCall): Promise<ResolverAnswer>;
  /** As a page gets it, before anything is made of it. */
  invokeRaw(call: WorldCall): Promise<Ending>;
  /** The issue and project that a panel stands in, as Jira gives them to the page. */
  extensionOf(issueKey: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Each product event as it happens, before the app may hear of it; answers the way to stop listening. */
  onProductEvent(listener: (payload: ProductEventPayload) => void): () => void;
  connect(): Promise<ResolverAnswer>;
  program(): Promise<{ readonly files: ProgramFiles }>;
  saveProgram(files: ProgramFiles): Promise<ProgramAnswer>;
  state(): Promise<WorldState>;
  /** As after the start with the same options; the connection stays. */
  reset(): Promise<void>;
  /**
   * Where the environment names Atlassian's document of Jira's API (BRIDGE_REFERENCE), throws when a request or an
   * answer broke it: every test that runs a world is such a check.
   */
  stop(): Promise<void>;
}
