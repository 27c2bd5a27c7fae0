/**
 * The whole app in the sandbox's world, in-process and under a virtual clock, and what its ledger of calls says:
 *
 *   node bench/engine/scenarios.ts NAME       prints one line of JSON
 */
import process from 'node:process';
import { inCollections } from '../clients.ts';
import { type LinkedWorld, linkedWorld, type SeenCall } from './linked-world.ts';
import { functionsInOwnProcess } from './own-process.ts';

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

/** In MB: the most that was resident in a process of the functions alone, which ran one such cycle. */
export interface Memory {
  readonly idle: number;
  readonly changed: number;
}

async function memory(): Promise<Memory> {
  const own = await functionsInOwnProcess();
  const { loadHandlers } = own;
  const linked = await linkedWorld({ program: cases, pairs: 10_000, links: 100_000, loadHandlers });
  const mostInCycle = async () => {
    await own.begin();
    await nextCycle(linked);
    return (await own.mostResident()) / 1e6;
  };
  const idle = await mostInCycle();
  const subjects = linked.records.map((Id, n) => ({ attributes: { type: 'Case' }, Id, Subject: `Changed ${n}` }));
  await inCollections(linked.salesforce, 'PATCH', subjects);
  forget(linked);
  const changed = await mostInCycle();
  own.stop();
  const written = linked.calls.filter(({ method, status }) => method === 'PUT' && status < 300).length;
  if (written < subjects.length) throw new Error(`only ${written} issues were written`);
  return { idle, changed };
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
