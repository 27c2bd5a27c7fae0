/**
 * The whole sandbox without a socket: a Jira, a Salesforce, and the Forge host between them, on one clock.
 * Scenarios and the simulation use it in-process; the server puts three sockets before it.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createConditions } from './conditions.ts';
import { openFolder } from './data-folder.ts';
import { manualClock, realClock } from './forge/clock.ts';
import { sourceHandlers } from './forge/handlers.ts';
import { createForgeHost, type ForgeHost } from './forge/host.ts';
import type { Ending } from './forge/invocation.ts';
import { readManifest } from './forge/manifest.ts';
import { salesforceUrl } from './forge/seam.ts';
import type { Contract } from './jira/contract.ts';
import { createJira, type JiraOptions, type JiraStandIn } from './jira/index.ts';
import { NotActivated } from './not-activated.ts';
import { createSalesforce } from './salesforce/index.ts';
import type {
  ProductEventPayload,
  ProgramFiles,
  ResolverAnswer,
  RunState,
  World,
  WorldOptions,
  WorldState,
} from './world-types.ts';

export { NotActivated } from './not-activated.ts';
export type * from './world-types.ts';

const defaultStart = Date.UTC(2026, 10, 23, 9);

export async function createWorld(options: WorldOptions): Promise<World> {
  const kept = options.data === undefined ? undefined : openFolder(options.data);
  const file = kept?.forge;
  const clock =
    options.clock === 'manual'
      ? manualClock(Math.max(options.start ?? defaultStart, file?.time ?? 0), undefined, time => {
          if (installed) file?.keepTime(time);
        })
      : realClock(file?.time, time => file?.keepTime(time));
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
  let id = file?.world ?? newId();
  let forge: ForgeHost | undefined;
  /** Why the last cycle that was fired did not run. */
  let skipped: string | undefined;
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
    onLog(line) {
      skipped = reasonOfSkipping(line) ?? skipped;
      options.onLog?.(line);
    },
  });
  forge = host;
  const { users } = jira;
  const admin = users.find(user => user.role === 'admin');
  if (!admin) throw new Error('the demo site has no admin');
  const { client } = salesforce;
  /** The newest run when the last cycle was over, where there was one; nothing else makes runs of a schedule's kind. */
  let newest: { readonly id: string | undefined } | undefined;

  const world: World = {
    clock,
    get id() {
      return id;
    },
    forge: host,
    jira,
    salesforce,
    users,
    client,
    conditions: createConditions({ jira, salesforce, forge: host, rates: clock.kind === 'real' }),

    async cycle() {
      await host.drain();
      const known = newest ?? { id: (await runs(1))[0]?.id };
      skipped = undefined;
      await host.fireSchedule();
      await host.drain();
      const ended = await runsAfter(known.id);
      newest = { id: ended[0]?.id ?? known.id };
      file?.keepTime(clock.now());
      const report = ended.find(run => run.cause === 'schedule');
      if (report !== undefined) return { ok: report.failure === undefined, ...report };
      return { ok: true, ...(skipped === undefined ? {} : { skipped }) };
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
      newest = undefined;
      jira.reset();
      salesforce.reset();
      if (connection?.connected) await world.connect();
      await install(false);
      host.ledger.clear();
      id = newId();
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

  /** Only runs, newest first: all that is remembered grows with the links. */
  const runs = async (limit: number) => (await look('runs.list', { limit })) as WorldState['runs'];
  /** Those that ended after it, as far as they are listed; mostly there are few. */
  async function runsAfter(id: string | undefined): Promise<readonly RunState[]> {
    const latest = await runs(20);
    const all = latest.length < 20 || latest.some(run => run.id === id) ? latest : await runs(200);
    const at = all.findIndex(run => run.id === id);
    return at < 0 ? all : all.slice(0, at);
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

  function newId(): string {
    const id = randomUUID();
    file?.keepWorld(id);
    return id;
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

/** By the app's log, which has one event a line. */
function reasonOfSkipping(line: string): string | undefined {
  if (!line.includes('"cycle skipped"')) return undefined;
  const { reason } = JSON.parse(line) as { readonly reason?: unknown };
  return typeof reason === 'string' ? reason : undefined;
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
