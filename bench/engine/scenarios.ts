/**
 * The whole app in the sandbox's world, in-process and under a virtual clock, and what its ledger of calls says:
 *
 *   node bench/engine/scenarios.ts NAME       prints one line of JSON
 */
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inCollections } from '../clients.ts';
import { type LinkedWorld, linkedWorld, type SeenCall } from './linked-world.ts';

const minute = 60_000;

const item = (id: string, object: string, type: string, fields: string) => `item ${id} "${id}" {
  salesforce ${object}
  jira SUP / "${type}"
  sync custom
  create all
  fields { ${fields} }
}
`;
const cases = item('cases', 'Case', 'Incident', 'Subject -> summary');
/** Five objects, comments and files off. */
const five = [
  cases,
  item('accounts', 'Account', 'Task', 'Name -> summary'),
  item('contacts', 'Contact', 'Task', 'LastName -> summary'),
  item('leads', 'Lead', 'Task', 'LastName -> summary'),
  item('opportunities', 'Opportunity', 'Task', 'Name -> summary'),
].join('\n');

export interface Calls {
  /** HTTP calls; a composite is one. */
  readonly salesforce: number;
  /** Queries and further pages inside them. */
  readonly salesforceReads: number;
  readonly jiraReads: number;
  readonly jiraWrites: number;
  readonly storeReads: number;
}

const isJiraRead = ({ method, path }: SeenCall): boolean => method === 'GET' || /bulkfetch|\/search\//.test(path);

function callsOf({ calls, world }: LinkedWorld): Calls {
  const salesforce = calls.filter(({ system, path }) => system === 'salesforce' && !path.includes('/oauth2/'));
  const jira = calls.filter(({ system }) => system === 'jira');
  const isQuery = ({ method, path }: SeenCall) => method === 'GET' && path.includes('/query');
  return {
    salesforce: salesforce.length,
    salesforceReads: salesforce.reduce((sum, call) => sum + (isQuery(call) ? 1 : call.queries), 0),
    jiraReads: jira.filter(isJiraRead).length,
    jiraWrites: jira.filter(call => !isJiraRead(call)).length,
    storeReads: world.forge.ledger.calls().filter(({ system, path }) => system === 'kvs' && /get|query/.test(path))
      .length,
  };
}

async function nextCycle({ world }: LinkedWorld): Promise<void> {
  world.clock.advance(5 * minute);
  await world.cycle();
}

function forget({ world, calls }: LinkedWorld): void {
  world.forge.ledger.clear();
  calls.length = 0;
}

async function idle(links: number): Promise<Calls> {
  const linked = await linkedWorld({ program: five, pairs: 10, links });
  forget(linked);
  await nextCycle(linked);
  return callsOf(linked);
}

export interface Changed extends Calls {
  readonly changed: number;
  /** By the virtual clock, until the last write was answered. */
  readonly seconds: number;
  readonly cycles: number;
  readonly refusals: number;
  readonly points: number;
}

/** All records change; cycles come every five minutes, or at once when the one before took longer. */
async function changed(
  pairs: number,
  latency?: { readonly jira: number; readonly salesforce: number },
): Promise<Changed> {
  const linked = await linkedWorld({ program: cases, pairs, links: pairs + 1, ...(latency ? { latency } : {}) });
  const { world, salesforce, records } = linked;
  if (latency !== undefined) world.jira.setLimits({ burst: true });
  await inCollections(
    salesforce,
    'PATCH',
    records.map((Id, n) => ({ attributes: { type: 'Case' }, Id, Subject: `Changed ${n}` })),
  );
  world.clock.advance(5_000);
  forget(linked);
  const began = world.clock.now();
  const written = () => linked.calls.filter(({ method, status }) => method === 'PUT' && status < 300);
  let cycles = 0;
  while (written().length < pairs && cycles < 20) {
    world.clock.advance(Math.max(0, began + cycles * 5 * minute - world.clock.now()));
    cycles++;
    await world.cycle();
    await world.settle();
  }
  return {
    ...callsOf(linked),
    changed: pairs,
    seconds: (written().at(-1)!.at - began) / 1000,
    cycles,
    refusals: linked.calls.filter(({ status }) => status === 429).length,
    // One for each call, and one for each issue that a bulk read answers.
    points: linked.calls.filter(({ system }) => system === 'jira').length + pairs,
  };
}

/** In MB. */
export interface Memory {
  /** Resident, of a Node that has loaded the deployed functions. */
  readonly functions: number;
  /** What a cycle adds at its most, garbage that is not collected yet included. */
  readonly idle: number;
  readonly changed: number;
}

const functions = fileURLToPath(new URL('../../build/functions/index.js', import.meta.url));

/** What was freed stays resident for a while, so what a cycle adds is told by the heap and not by the process. */
async function memory(): Promise<Memory> {
  const loaded = `require(${JSON.stringify(functions)}); console.log(process.memoryUsage.rss())`;
  const resident = Number(execFileSync(process.execPath, ['-e', loaded], { encoding: 'utf8' }));
  const linked = await linkedWorld({ program: cases, pairs: 10_000, links: 100_000 });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const added = async (): Promise<number> => {
    collect();
    const before = held();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, held());
    }, 5);
    await nextCycle(linked);
    clearInterval(watch);
    return Math.max(most, held()) - before;
  };
  const idle = await added();
  const subjects = linked.records.map((Id, n) => ({ attributes: { type: 'Case' }, Id, Subject: `Changed ${n}` }));
  await inCollections(linked.salesforce, 'PATCH', subjects);
  const changed = await added();
  return { functions: resident / 1e6, idle: idle / 1e6, changed: changed / 1e6 };
}

export const scenarios: Readonly<Record<string, () => Promise<unknown>>> = {
  'idle 10': () => idle(10),
  'idle 100000': () => idle(100_000),
  memory,
  'changed, with latency': () => changed(10_000, { jira: 80, salesforce: 120 }),
};

const chosen = scenarios[process.argv[2] ?? ''];
if (process.argv[1] === import.meta.filename) {
  if (chosen === undefined) throw new Error(`no scenario ${process.argv[2]}`);
  console.log(JSON.stringify(await chosen()));
  process.exit();
}
