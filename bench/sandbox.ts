/**
 * The sandbox under load, in-process and under a virtual clock: how soon it stands, what a cycle costs with many links,
 * and what a look-up costs against the size of the table.
 *
 *   node bench/sandbox.ts [RECORDS] [CYCLES]      200000 and 1000 unless said
 */
import { createJira } from '../sandbox/jira/index.ts';
import { createSalesforce } from '../sandbox/salesforce/index.ts';
import { demoProgram } from '../sandbox/server.ts';
import { createWorld } from '../sandbox/world.ts';

const most = Number(process.argv[2] ?? 200_000);
const cycles = Number(process.argv[3] ?? 1000);
const LINKS = 1000;

type Send = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Signs in once; throws what is refused. */
async function salesforceClient(side: {
  fetch(request: Request): Promise<Response>;
  readonly client: { readonly id: string; readonly secret: string };
}): Promise<Send> {
  const form = { grant_type: 'client_credentials', client_id: side.client.id, client_secret: side.client.secret };
  const login = new Request('https://x/services/oauth2/token', { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = (await (await side.fetch(login)).json()) as { access_token: string };
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await side.fetch(new Request(`https://x/services/data/v67.0${path}`, init));
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as Record<string, unknown>;
  };
}

async function createCases(send: Send, from: number, to: number, AccountId: unknown): Promise<void> {
  for (let at = from; at < to; at += 200) {
    const records = Array.from({ length: Math.min(200, to - at) }, (_, place) => ({
      attributes: { type: 'Case' },
      Subject: `Case ${at + place}`,
      Origin: 'Phone',
      AccountId,
    }));
    await send('POST', '/composite/sobjects', { allOrNone: true, records });
  }
}

const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(2)} s`;

/** Median of seven, in milliseconds. */
async function median(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[3]!.toFixed(2);
}

async function measureCycles(): Promise<void> {
  let began = performance.now();
  const world = await createWorld({ clock: 'manual', files: demoProgram(), onTrouble: line => console.error(line) });
  console.log(`start, from the sources: ${seconds(began)}`);
  const send = await salesforceClient(world.salesforce);
  const { id } = await send('POST', '/sobjects/Account', { Name: 'Korvex', Type: 'Customer - Direct' });
  await createCases(send, 0, LINKS, id);
  began = performance.now();
  const linked = async () => (await world.state()).links.length;
  for (let round = 0; round < 100 && (await linked()) < LINKS; round++) {
    world.clock.advance(300_000);
    await world.cycle();
    await world.settle();
  }
  console.log(`${await linked()} issues made and linked: ${seconds(began)}`);
  began = performance.now();
  for (let round = 0; round < cycles; round++) {
    world.clock.advance(300_000);
    await world.cycle();
  }
  console.log(`${cycles} cycles without a change, ${LINKS} links: ${seconds(began)}`);
  // The first session is over by now.
  const again = await salesforceClient(world.salesforce);
  const { records } = (await again('GET', `/query?q=${encodeURIComponent('SELECT Id FROM Case LIMIT 5')}`)) as {
    records: readonly { readonly Id: string }[];
  };
  began = performance.now();
  const busy = Math.ceil(cycles / 10);
  for (let round = 0; round < busy; round++) {
    const change = records
      .slice(0, 5)
      .map(({ Id }) => ({ attributes: { type: 'Case' }, Id, Subject: `Round ${round}` }));
    await again('PATCH', '/composite/sobjects', { allOrNone: true, records: change });
    world.clock.advance(60_000);
    await world.cycle();
  }
  console.log(`${busy} cycles with five changed records each: ${seconds(began)}`);
  await world.stop();
}

async function measureSalesforce(): Promise<void> {
  let now = Date.UTC(2026, 10, 23);
  const org = createSalesforce({ clock: { now: () => now }, empty: true, maxCalls: 1e9 });
  const send = await salesforceClient(org);
  const { id } = await send('POST', '/sobjects/Account', { Name: 'Korvex' });
  const ask = (soql: string) => () => send('GET', `/query?q=${encodeURIComponent(soql)}`);
  let size = 0;
  for (const wanted of [1000, 10_000, 100_000, 200_000].filter(one => one <= most)) {
    const began = performance.now();
    while (size < wanted) {
      await createCases(send, size, size + 200, id);
      size += 200;
      now += 1000;
    }
    const filled = seconds(began);
    const { records } = await ask('SELECT Id, CaseNumber, SystemModstamp FROM Case ORDER BY Id DESC LIMIT 1')();
    const [last] = records as readonly { readonly Id: string; readonly CaseNumber: string }[];
    const since = new Date(now - 1000).toISOString().replace('.000', '');
    const rows = {
      'by id': ask(`SELECT Id, Subject, Account.Name FROM Case WHERE Id = '${last!.Id}'`),
      'by number': ask(`SELECT Id FROM Case WHERE CaseNumber = '${last!.CaseNumber}'`),
      'changed since': ask(`SELECT Id, Subject FROM Case WHERE SystemModstamp >= ${since} ORDER BY SystemModstamp, Id`),
      'first page': ask('SELECT Id, Subject FROM Case LIMIT 200'),
      'no index': ask("SELECT COUNT() FROM Case WHERE Subject LIKE '%99'"),
    };
    const costs = [];
    for (const [name, run] of Object.entries(rows)) costs.push(`${name} ${await median(run)} ms`);
    console.log(`Salesforce, ${size} cases (filled in ${filled}): ${costs.join(', ')}`);
  }
}

async function measureJira(): Promise<void> {
  let now = Date.UTC(2026, 10, 23);
  const declaredProperties = [{ key: 'link', path: 'record', type: 'string' }] as const;
  const jira = createJira({ clock: { now: () => now }, empty: true, declaredProperties });
  jira.setLimits({ hourlyPoints: Number.MAX_SAFE_INTEGER } as never);
  const { accountId } = jira.users.find(user => user.role === 'admin')!;
  const send: Send = async (method, path, body) => {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await jira.fetch(new Request(`https://x/rest/api/3${path}`, init), { kind: 'user', accountId });
    const answer: unknown = response.status === 201 && method === 'PUT' ? {} : await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as Record<string, unknown>;
  };
  const search = (jql: string) => () => send('POST', '/search/jql', { jql, fields: ['summary'] });
  const fields = { project: { key: 'SUP' }, issuetype: { name: 'Incident' } };
  let size = 0;
  for (const wanted of [1000, 10_000, 100_000, 200_000].filter(one => one <= most)) {
    const began = performance.now();
    while (size < wanted) {
      const issueUpdates = Array.from({ length: 50 }, (_, place) => ({
        fields: { ...fields, summary: `Issue ${size + place}` },
        properties: [{ key: 'link', value: { record: `r${size + place}` } }],
      }));
      await send('POST', '/issue/bulk', { issueUpdates });
      size += 50;
      now += 1000;
    }
    const filled = seconds(began);
    const at = size;
    const rows = {
      'by key': search(`key = SUP-${at}`),
      'by property': search(`issue.property[link].record = r${at - 1}`),
      'changed since': search('updated >= -1m ORDER BY updated ASC'),
      'first page': search('project = SUP ORDER BY created ASC'),
    };
    const costs = [];
    for (const [name, run] of Object.entries(rows)) costs.push(`${name} ${await median(run)} ms`);
    console.log(`Jira, ${size} issues (filled in ${filled}): ${costs.join(', ')}`);
  }
}

await measureCycles();
await measureSalesforce();
await measureJira();
