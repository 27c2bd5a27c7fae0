/**
 * The whole sandbox without a socket: a Jira, a Salesforce, and the Forge host between them, on one clock.
 * Scenarios and the simulation use it in-process; the server puts three sockets before it.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Conditions, createConditions } from './conditions.ts';
import { DataRefused } from './data-file.ts';
import { type HostClock, manualClock, realClock } from './forge/clock.ts';
import { sourceHandlers } from './forge/handlers.ts';
import { createForgeHost, type ForgeHost, type Handlers } from './forge/host.ts';
import { openHostFile } from './forge/host-file.ts';
import type { Ending } from './forge/invocation.ts';
import { readManifest } from './forge/manifest.ts';
import { type Latency, salesforceUrl } from './forge/seam.ts';
import type { Contract } from './jira/contract.ts';
import { createJira, type JiraOptions, type JiraStandIn } from './jira/index.ts';
import type { Site } from './jira/model.ts';
import type { Catalogue } from './salesforce/catalogue/index.ts';
import { createSalesforce } from './salesforce/index.ts';

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
  readonly clock: HostClock;
  readonly forge: ForgeHost;
  readonly jira: ReturnType<typeof createJira>;
  readonly salesforce: ReturnType<typeof createSalesforce>;
  readonly users: readonly JiraUser[];
  readonly client: { readonly id: string; readonly secret: string };
  /** Circumstances that last until the next reset. */
  readonly conditions: Conditions;
  /** Delivers events and due jobs, fires the schedule once, drains; answers the run's report. */
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

const mostShown = 20;

/** A program that a sandbox was to start with does not go with its org and site: its errors, a line each with its place. */
export class NotActivated extends Error {
  constructor({ diagnostics, error }: ProgramAnswer) {
    interface Finding {
      readonly severity: string;
      readonly message: string;
      readonly help?: string;
      readonly file: string;
      readonly range?: { readonly start: { readonly line: number; readonly column: number } };
    }
    const errors = (diagnostics as readonly Finding[]).filter(one => one.severity === 'error');
    const lines = errors.slice(0, mostShown).map(({ file, range, message, help }) => {
      const place = range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
      return `  ${place}  ${message}${help === undefined ? '' : `; ${help}`}`;
    });
    if (errors.length > mostShown) lines.push(`  and ${errors.length - mostShown} more`);
    const why = lines.length > 0 ? `\n${lines.join('\n')}\n` : ` ${error?.message ?? 'it was refused'}`;
    super(`the program could not be activated:${why}`);
    this.name = 'NotActivated';
  }
}

const defaultStart = Date.UTC(2026, 10, 23, 9);

export async function createWorld(options: WorldOptions): Promise<World> {
  const kept = options.data === undefined ? undefined : openFolder(options.data);
  const file = kept?.forge;
  const clock =
    options.clock === 'manual'
      ? manualClock(Math.max(options.start ?? defaultStart, file?.time ?? 0), undefined, time => {
          if (installed) file?.keepTime(time);
        })
      : realClock();
  if (file?.time !== undefined && file.time > clock.now()) {
    file.close();
    throw new DataRefused(
      `${options.data} was last used under a manual clock, at ${new Date(file.time).toISOString()}; start it with --clock manual.`,
    );
  }
  let installed = false;
  const manifest = readManifest();
  const jiraUrl = options.jiraUrl ?? 'https://sandbox.atlassian.net';
  const empty = options.empty ?? false;

  const salesforce = createSalesforce({
    clock,
    // What the demo has fits its own org and site only.
    empty: empty || options.catalogue !== undefined,
    baseUrl: options.salesforceUrl ?? salesforceUrl,
    ...(options.catalogue ? { catalogue: options.catalogue } : {}),
    ...(kept ? { dataFile: kept.salesforce } : {}),
  });
  let forge: ForgeHost | undefined;
  const listeners = new Set<(payload: ProductEventPayload) => void>();
  const contract = await contractAtHand();
  const jira = watched(contract, {
    clock,
    baseUrl: jiraUrl,
    empty: empty || options.site !== undefined,
    ...(options.site ? { site: options.site } : {}),
    ...(kept ? { dataFile: kept.jira } : {}),
    declaredProperties: (manifest.modules['jira:entityProperty'] ?? []).flatMap(({ propertyKey, values }) =>
      values.map(({ path, type }) => ({ key: propertyKey, path, type })),
    ),
    onEvent: event => {
      const payload = event.payload as ProductEventPayload;
      forge?.deliver(payload);
      for (const listener of listeners) listener(payload);
    },
  });
  const { between } = options;
  const host = await createForgeHost({
    clock,
    manifest,
    jira:
      between === undefined
        ? jira
        : { fetch: (request, principal) => between('jira', request, own => jira.fetch(own, principal)) },
    jiraBaseUrl: jiraUrl,
    salesforce:
      between === undefined ? salesforce : { fetch: request => between('salesforce', request, salesforce.fetch) },
    loadHandlers: options.loadHandlers ?? sourceHandlers,
    ...(options.latency ? { latency: options.latency } : {}),
    ...(file ? { file } : {}),
    ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
    ...(options.onLog ? { onLog: options.onLog } : {}),
  });
  forge = host;
  const { users } = jira;
  const admin = users.find(user => user.role === 'admin');
  if (!admin) throw new Error('the demo site has no admin');
  const { client } = salesforce;
  /** As the last cycle left them; nothing else makes runs of this kind. */
  let scheduled: ReadonlyMap<string, RunState> | undefined;

  const world: World = {
    clock,
    forge: host,
    jira,
    salesforce,
    users,
    client,
    conditions: createConditions({ jira, salesforce, forge: host, rates: clock.kind === 'real' }),

    async cycle() {
      await host.drain();
      const known = scheduled ?? (await scheduledRuns());
      await host.fireSchedule();
      await host.drain();
      scheduled = await scheduledRuns();
      const report = [...scheduled.values()].find(run => !known.has(run.id));
      return report === undefined ? { ok: true } : { ok: report.failure === undefined, ...report };
    },
    settle: () => host.settle(),

    async invoke(call) {
      if (call.module === 'panel' && call.issueKey === undefined)
        return refused('invalid', 'A panel needs an "issueKey".');
      if (call.issueKey !== undefined && !(await world.extensionOf(call.issueKey))) {
        return refused('not-found', `There is no issue ${call.issueKey}.`);
      }
      return answerOf(await world.invokeRaw(call));
    },
    async invokeRaw({ issueKey, payload = {}, ...call }) {
      const extension = issueKey === undefined ? undefined : await world.extensionOf(issueKey);
      return host.invoke({ ...call, payload, extension: extension ?? {} });
    },
    async extensionOf(key) {
      const request = new Request(`${jiraUrl}/rest/api/3/issue/${encodeURIComponent(key)}?fields=issuetype,project`);
      const response = await jira.fetch(request, { kind: 'app' });
      if (!response.ok) return undefined;
      const { id, fields } = (await response.json()) as {
        id: string;
        fields: {
          issuetype: { id: string; name: string };
          project: { id: string; key: string; projectTypeKey: string };
        };
      };
      return {
        issue: { id, key, type: fields.issuetype.name, typeId: fields.issuetype.id },
        project: { id: fields.project.id, key: fields.project.key, type: fields.project.projectTypeKey },
        isNewToIssue: false,
      };
    },
    onProductEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    connect: () =>
      world.invoke({
        module: 'admin',
        function: 'connection.save',
        payload: { loginUrl: salesforceUrl, clientId: client.id, clientSecret: client.secret },
        accountId: admin.accountId,
      }),

    async program() {
      const { files } = (await look('items.list')) as { readonly files: ProgramFiles };
      return { files };
    },
    async saveProgram(files) {
      const { version } = (await look('items.list')) as { readonly version: number };
      const answer = await world.invoke({
        module: 'admin',
        function: 'items.save',
        payload: { files, baseVersion: version, confirm: true },
        accountId: admin.accountId,
        anySize: true,
      });
      if (!answer.ok) {
        const { diagnostics = [] } = answer.error;
        return { ok: false, diagnostics: diagnostics as readonly unknown[], error: answer.error };
      }
      const { diagnostics = [] } = (answer.result ?? {}) as { readonly diagnostics?: readonly unknown[] };
      return { ok: true, diagnostics };
    },
    async state() {
      // The admin resolver's `state` and `items.list` (with `version` and `files`) are what the sandbox reads.
      const remembered = (await look('state')) as Omit<WorldState, 'now' | 'clock'>;
      return { now: clock.now(), clock: clock.kind, ...remembered };
    },

    async reset() {
      world.conditions.put({});
      const connection = (await look('connection.get')) as { connected?: boolean } | undefined;
      host.clear();
      scheduled = undefined;
      jira.reset();
      salesforce.reset();
      if (connection?.connected) await world.connect();
      await install(false);
      host.ledger.clear();
    },
    async stop() {
      await host.stop();
      file?.keepTime(clock.now());
      for (const side of [jira, salesforce, file]) side?.close();
      const broken = contract?.violations() ?? [];
      if (broken.length > 0) throw new Error(`Atlassian's document of Jira does not allow:\n${broken.join('\n')}`);
    },
  };

  /** A read of our own, as the admin, that leaves no trace in the ledger. */
  async function look(name: string, payload: unknown = {}): Promise<unknown> {
    const answer = await world.invoke({
      module: 'admin',
      function: name,
      payload,
      accountId: admin!.accountId,
      unseen: true,
    });
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer.result;
  }

  /** Only the runs, newest first: all that is remembered grows with the links. */
  async function scheduledRuns(): Promise<ReadonlyMap<string, RunState>> {
    const runs = (await look('runs.list')) as WorldState['runs'];
    return new Map(runs.filter(run => run.cause === 'schedule').map(run => [run.id, run]));
  }

  async function install(connect: boolean): Promise<void> {
    if (connect) {
      const answer = await world.connect();
      if (!answer.ok) throw new Error(`the demo connection was refused: ${answer.error.message}`);
    }
    const files = options.files ?? options.firstFiles;
    if (empty || files === undefined) return;
    await activate(files);
  }

  async function activate(files: ProgramFiles): Promise<void> {
    const answer = await world.saveProgram(files);
    if (!answer.ok) throw new NotActivated(answer);
  }

  try {
    if (file === undefined || file.fresh) await install(true);
    else if (options.files !== undefined && !isDeepStrictEqual((await world.program()).files, options.files))
      await activate(options.files);
  } catch (error) {
    await host.stop();
    for (const side of [jira, salesforce, file]) side?.close();
    throw error;
  }
  installed = true;
  file?.keepTime(clock.now());
  host.ledger.clear();
  return world;
}

async function contractAtHand(): Promise<Contract | undefined> {
  if (process.env.BRIDGE_REFERENCE === undefined) return undefined;
  return (await import('./jira/contract.ts')).createContract();
}

function watched(contract: Contract | undefined, options: JiraOptions): JiraStandIn {
  const jira = createJira(options);
  return contract?.watch(jira) ?? jira;
}

/** Step by step, since Node's own recursion never ends where a file system refuses to make any. */
function makeFolder(folder: string): void {
  try {
    if (existsSync(folder)) {
      if (!statSync(folder).isDirectory()) throw new Error('it is a file');
      return;
    }
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error instanceof DataRefused) throw error;
    throw new DataRefused(`${folder} cannot be a folder of data: ${(error as Error).message}; give --data another.`);
  }
}

/** Only its owner may look into it: a client's secret is stored there as Forge stores it. */
function openFolder(folder: string) {
  makeFolder(resolve(folder));
  return {
    forge: openHostFile(join(folder, 'forge.sqlite')),
    jira: join(folder, 'jira.sqlite'),
    salesforce: join(folder, 'salesforce.sqlite'),
  };
}

const refused = (code: string, message: string): ResolverAnswer => ({ ok: false, error: { code, message } });

/** A resolver answers with an envelope of its own, since Forge carries no error code to a page. */
function answerOf(ending: Ending): ResolverAnswer {
  if (ending.kind === 'killed') return refused('timeout', `The function was stopped: ${ending.reason}.`);
  if (ending.kind === 'threw') {
    const { code, message } = ending.error as { code?: unknown; message?: unknown };
    return refused(typeof code === 'string' ? code : 'internal', String(message ?? ending.error));
  }
  const { value } = ending;
  if (typeof value === 'object' && value !== null && 'ok' in value && ('result' in value || 'error' in value)) {
    return value as ResolverAnswer;
  }
  return { ok: true, result: value };
}
