/**
 * A world in which any number of records is linked already. One pair is linked by the app itself; all others are
 * copies of what the store then holds, since linking 100,000 pairs one by one would take longer than all that is measured.
 */
import type { Latency } from '../../sandbox/forge/seam.ts';
import { createWorld, type World, type WorldOptions } from '../../sandbox/world.ts';
import { inCollections, issuesInBulk, jiraClient, type Send, salesforceClient } from '../clients.ts';

export interface LinkedWorld {
  readonly world: World;
  readonly salesforce: Send;
  /** Records that are there with their issues, all in agreement. */
  readonly records: readonly string[];
  readonly links: number;
  /** Every call of the app to either system; emptied by whoever begins to count. */
  readonly calls: SeenCall[];
}

/** The ledger of the sandbox forgets the oldest calls when there are many thousands. */
export interface SeenCall {
  readonly system: 'jira' | 'salesforce';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly at: number;
  /** Inside a composite call. */
  readonly queries: number;
}

const queriesIn = (body: string): number => body.match(/"url":"[^"]*\/query/g)?.length ?? 0;

const minute = 60_000;

export async function linkedWorld(options: {
  readonly program: string;
  /** Pairs that are there on both sides. */
  readonly pairs: number;
  /** Links in all; those beyond the pairs are of records that nothing is heard of. */
  readonly links: number;
  readonly latency?: Latency;
  readonly loadHandlers?: WorldOptions['loadHandlers'];
}): Promise<LinkedWorld> {
  const { program, pairs, latency, loadHandlers } = options;
  const calls: SeenCall[] = [];
  let made: World | undefined;
  const world = await createWorld({
    clock: 'manual',
    empty: true,
    onTrouble: line => console.error(line),
    ...(latency ? { latency } : {}),
    ...(loadHandlers ? { loadHandlers } : {}),
    async between(system, request, send) {
      const { method, url } = request;
      const path = url.slice(new URL(url).origin.length);
      const body = method === 'POST' && path.includes('/composite') ? await request.clone().text() : '';
      const answer = await send(request);
      // Asked when the world itself looks at the app's runs, as an admin would; no cycle asks it.
      if (path.includes('/mypermissions')) return answer;
      calls.push({ system, method, path, status: answer.status, at: made?.clock.now() ?? 0, queries: queriesIn(body) });
      return answer;
    },
  });
  made = world;
  const jira = jiraClient(world.jira);
  const salesforce = await salesforceClient(world.salesforce);
  const numbers = Array.from({ length: pairs }, (_, n) => n);
  const caseOf = (n: number) => ({ attributes: { type: 'Case' }, Subject: `Case ${n}`, Origin: 'Phone' });
  const records = await inCollections(salesforce, 'POST', numbers.map(caseOf));
  const place = { project: { key: 'SUP' }, issuetype: { name: 'Incident' } };
  const issues = await issuesInBulk(
    jira,
    numbers.map(n => ({ fields: { ...place, summary: `Case ${n}` } })),
  );
  // What both sides said of it until now concerns nobody: the app comes later.
  world.forge.clear();
  world.clock.advance(120 * minute);
  await sure(world.connect());
  await sure(world.saveProgram({ 'bench.bridge': program }));

  const again = await salesforceClient(world.salesforce);
  const [record] = await inCollections(again, 'POST', [caseOf(pairs)]);
  world.clock.advance(minute);
  await world.cycle();
  await world.settle();
  const [link] = (await world.state()).links as readonly { issueId: string; issueKey: string }[];
  if (record === undefined || link === undefined) throw new Error('the first pair was not linked');
  const rows = world.forge.kvs.dump().filter(({ json, space }) => json.includes(record) && /link/.test(space));
  const pairOf = (n: number) => ({
    record: records[n] ?? `500X${String(n).padStart(11, '0')}AAA`,
    issue: issues[n] ?? { id: `9${n}`, key: `SUP-9${n}` },
  });
  const copies = Array.from({ length: options.links - 1 }, (_, n) => {
    const pair = pairOf(n);
    const copied = (text: string) =>
      text
        .replaceAll(record, pair.record)
        .replaceAll(link.issueKey, pair.issue.key)
        .replaceAll(link.issueId, pair.issue.id)
        .replaceAll(`"Case ${pairs}"`, `"Case ${n}"`);
    return rows.map(row => ({ ...row, key: copied(row.key), json: copied(row.json) }));
  });
  world.forge.kvs.load(copies.flat());
  // The watermark moves past what was just made.
  for (let round = 0; round < 3; round++) {
    world.clock.advance(6 * minute);
    await world.cycle();
    await world.settle();
  }
  return { world, salesforce: again, records, links: options.links, calls };
}

async function sure(work: Promise<{ readonly ok: boolean }>): Promise<void> {
  const answer = await work;
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}
