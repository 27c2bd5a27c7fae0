/**
 * The sandbox under load, in-process and under a virtual clock: what cycles cost with a thousand links, and what a
 * look-up costs against the size of the table.
 *
 *   node bench/sandbox.ts cycles | salesforce | jira [RECORDS]      prints one line of JSON; 200000 unless said
 */
import process from 'node:process';
import { createJira } from '../sandbox/jira/index.ts';
import { createSalesforce } from '../sandbox/salesforce/index.ts';
import { demoProgram } from '../sandbox/server.ts';
import { createWorld } from '../sandbox/world.ts';
import { inCollections, issuesInBulk, jiraClient, salesforceClient } from './clients.ts';

const LINKS = 1000;
const sizes = [1000, 10_000, 100_000, 200_000];

interface Spent {
  /** Of the clock on the wall. */
  readonly seconds: number;
  /** Of the process, all threads, in user mode. */
  readonly cpu: number;
}
export interface Cycles {
  readonly linking: Spent;
  /** A thousand, without a change. */
  readonly idle: Spent;
  /** A hundred, with five changed records each. */
  readonly busy: Spent;
}
/** Milliseconds by what is asked for, medians of seven; and how many records were there. */
export interface LookUps {
  readonly size: number;
  readonly filled: number;
  readonly ms: Readonly<Record<string, number>>;
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  return { seconds: (performance.now() - began) / 1000, cpu: process.cpuUsage(before).user / 1e6 };
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[3]!;
}

async function lookUps(queries: Readonly<Record<string, () => Promise<unknown>>>): Promise<LookUps['ms']> {
  const found: Record<string, number> = {};
  for (const [name, ask] of Object.entries(queries)) found[name] = await median(ask);
  return found;
}

async function cycles(): Promise<Cycles> {
  const world = await createWorld({ clock: 'manual', files: demoProgram(), onTrouble: line => console.error(line) });
  const send = await salesforceClient(world.salesforce);
  const { id: AccountId } = await send('POST', '/sobjects/Account', { Name: 'Korvex', Type: 'Customer - Direct' });
  const caseOf = (_: unknown, n: number) => ({
    attributes: { type: 'Case' },
    Subject: `Case ${n}`,
    Origin: 'Phone',
    AccountId,
  });
  const ids = await inCollections(send, 'POST', Array.from({ length: LINKS }, caseOf));
  const linked = async () => (await world.state()).links.length;
  const rounds = async (count: number, minutes: number, before?: (round: number) => Promise<unknown>) => {
    for (let round = 0; round < count; round++) {
      await before?.(round);
      world.clock.advance(minutes * 60_000);
      await world.cycle();
    }
  };
  const linking = await spent(async () => {
    for (let round = 0; round < 100 && (await linked()) < LINKS; round++) {
      await rounds(1, 5);
      await world.settle();
    }
  });
  if ((await linked()) < LINKS) throw new Error('not all were linked');
  const idle = await spent(() => rounds(1000, 5));
  // The first session is over by now.
  const again = await salesforceClient(world.salesforce);
  const busy = await spent(() =>
    rounds(100, 1, round => {
      const change = ids.slice(0, 5).map(Id => ({ attributes: { type: 'Case' }, Id, Subject: `Round ${round}` }));
      return inCollections(again, 'PATCH', change);
    }),
  );
  return { linking, idle, busy };
}

async function salesforce(most: number): Promise<readonly LookUps[]> {
  let now = Date.UTC(2026, 10, 23);
  const org = createSalesforce({ clock: { now: () => now }, empty: true, maxCalls: 1e9 });
  const send = await salesforceClient(org);
  const { id: AccountId } = await send('POST', '/sobjects/Account', { Name: 'Korvex' });
  const ask = (soql: string) => () => send('GET', `/query?q=${encodeURIComponent(soql)}`);
  const all: LookUps[] = [];
  let size = 0;
  for (const wanted of sizes.filter(one => one <= most)) {
    const { seconds: filled } = await spent(async () => {
      while (size < wanted) {
        const some = Array.from({ length: 200 }, (_, place) => ({
          attributes: { type: 'Case' },
          Subject: `Case ${size + place}`,
          Origin: 'Phone',
          AccountId,
        }));
        await inCollections(send, 'POST', some);
        size += 200;
        now += 1000;
      }
    });
    const { records } = await ask('SELECT Id, CaseNumber, SystemModstamp FROM Case ORDER BY Id DESC LIMIT 1')();
    const [last] = records as readonly { readonly Id: string; readonly CaseNumber: string }[];
    const since = new Date(now - 1000).toISOString().replace('.000', '');
    const ms = await lookUps({
      'by id': ask(`SELECT Id, Subject, Account.Name FROM Case WHERE Id = '${last!.Id}'`),
      'by number': ask(`SELECT Id FROM Case WHERE CaseNumber = '${last!.CaseNumber}'`),
      'changed since': ask(`SELECT Id, Subject FROM Case WHERE SystemModstamp >= ${since} ORDER BY SystemModstamp, Id`),
      'first page': ask('SELECT Id, Subject FROM Case LIMIT 200'),
      'no index': ask("SELECT COUNT() FROM Case WHERE Subject LIKE '%99'"),
    });
    all.push({ size, filled, ms });
  }
  return all;
}

async function jira(most: number): Promise<readonly LookUps[]> {
  let now = Date.UTC(2026, 10, 23);
  const declaredProperties = [{ key: 'link', path: 'record', type: 'string' }] as const;
  const site = createJira({ clock: { now: () => now }, empty: true, declaredProperties });
  site.setLimits({ hourlyPoints: Number.MAX_SAFE_INTEGER });
  const send = jiraClient(site);
  const search = (jql: string) => () => send('POST', '/search/jql', { jql, fields: ['summary'] });
  const fields = { project: { key: 'SUP' }, issuetype: { name: 'Incident' } };
  const all: LookUps[] = [];
  let size = 0;
  for (const wanted of sizes.filter(one => one <= most)) {
    const { seconds: filled } = await spent(async () => {
      while (size < wanted) {
        const some = Array.from({ length: 50 }, (_, place) => ({
          fields: { ...fields, summary: `Issue ${size + place}` },
          properties: [{ key: 'link', value: { record: `r${size + place}` } }],
        }));
        await issuesInBulk(send, some);
        size += 50;
        now += 1000;
      }
    });
    const ms = await lookUps({
      'by key': search(`key = SUP-${size}`),
      'by property': search(`issue.property[link].record = r${size - 1}`),
      'changed since': search('updated >= -1m ORDER BY updated ASC'),
      'first page': search('project = SUP ORDER BY created ASC'),
    });
    all.push({ size, filled, ms });
  }
  return all;
}

const figures: Readonly<Record<string, (most: number) => Promise<unknown>>> = { cycles, salesforce, jira };
const [what = '', most = '200000'] = process.argv.slice(2);
if (figures[what] === undefined) throw new Error(`no figures of ${what}`);
console.log(JSON.stringify(await figures[what](Number(most))));
process.exit();
