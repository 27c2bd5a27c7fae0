import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContract } from '../../../sandbox/jira/contract.ts';
import { createJira } from '../../../sandbox/jira/index.ts';
import { createSalesforce } from '../../../sandbox/salesforce/index.ts';
import type { Snapshot } from '../../metadata/model.ts';
import { memoryHost } from '../kit/memory-host.ts';
import { run } from '../main.ts';
import { transitionsFrom } from './jira.ts';

const org = 'https://sandbox.my.salesforce.com';
const site = 'https://sandbox.atlassian.net';
const clock = { now: () => Date.UTC(2026, 0, 5) };
const salesforce = createSalesforce({ clock, baseUrl: org, empty: true });
const contract = createContract();
const jira = contract.watch(createJira({ clock, baseUrl: site, empty: true }));
afterAll(() => expect(contract.violations()).toEqual([]));
const user = (role: string) => jira.users.find(one => one.role === role)!;
const secrets = { BRIDGE_SALESFORCE_CLIENT_SECRET: salesforce.client.secret, BRIDGE_JIRA_TOKEN: user('admin').token };
const program = `item a "A" {
  salesforce case
  where Account.Owner.Email is not empty
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> summary }
}`;

interface Options {
  readonly env?: Record<string, string>;
  readonly email?: string;
  readonly clientId?: string;
  readonly files?: Record<string, string>;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly terminal?: boolean;
}
async function pull(more = '', options: Options = {}) {
  const asked: string[] = [];
  const host = memoryHost({
    files: { 'items/a.bridge': program, ...options.files },
    env: options.env ?? secrets,
    terminal: options.terminal ?? false,
    fetch:
      options.fetch ??
      (request => {
        asked.push(new URL(request.url).pathname);
        return request.url.startsWith(site) ? jira.fetch(request) : salesforce.fetch(request);
      }),
  });
  const from = `--salesforce ${org} --client-id ${options.clientId ?? salesforce.client.id} --jira ${site} --email ${options.email ?? user('admin').email}`;
  const status = await run(['pull', ...`${more} ${from}`.split(' ').filter(Boolean)], host);
  const written = (path = 'metadata.lock.json') => host.disk.get(`/desk/${path}`) as string | undefined;
  const text = written();
  return {
    status,
    ...host.output,
    text,
    written,
    asked,
    snapshot: text === undefined ? undefined : (JSON.parse(text) as Snapshot),
  };
}

describe('bridge pull', () => {
  let used: Awaited<ReturnType<typeof pull>>;
  beforeAll(async () => {
    used = await pull('items');
  });

  it('O-2 reads what the items use, parents on their paths included, and only names the rest', () => {
    expect(used).toMatchObject({
      status: 0,
      err: 'wrote metadata.lock.json: 3 objects of the org with their fields, 1 project of the site\n',
    });
    const described = used.snapshot!.salesforce.objects.filter(object => object.fields).map(object => object.name);
    expect(described).toEqual(['Account', 'Case', 'User']);
    expect(used.snapshot!.salesforce.objects.map(object => object.name)).toContain('Opportunity');
    expect(used.snapshot!.jira.projects.map(project => project.key)).toEqual(['SUP']);
  });

  it('O-3 knows which statuses the org treats as closed, and the edges of the workflow', () => {
    const status = used
      .snapshot!.salesforce.objects.find(object => object.name === 'Case')!
      .fields!.find(field => field.name === 'Status')!;
    expect(status.values!.filter(value => value.closed).map(value => value.value)).toEqual(['Closed']);
    const incident = used.snapshot!.jira.projects[0]!.issueTypes.find(type => type.name === 'Incident')!;
    const done = used.snapshot!.jira.statuses.find(one => one.name === 'Done')!.id;
    const inProgress = used.snapshot!.jira.statuses.find(one => one.name === 'In Progress')!.id;
    expect(incident.transitions!.filter(edge => edge.from?.includes(done)).map(edge => edge.to)).toEqual([inProgress]);
  });

  it('L-3 leaves the edges out for a user who may not see workflows', async () => {
    const agent = user('agent');
    const env = { ...secrets, BRIDGE_JIRA_TOKEN: agent.token };
    const { status, snapshot } = await pull('items', { email: agent.email, env });
    expect(status).toBe(0);
    expect(snapshot!.jira.projects[0]!.issueTypes.every(type => type.transitions === undefined)).toBe(true);
  });

  it('L-3 only reads: nothing but GET, the sign-in and the question for workflows', async () => {
    const writes: string[] = [];
    await pull('--all', {
      fetch: request => {
        const { pathname } = new URL(request.url);
        if (request.method !== 'GET') writes.push(pathname);
        return request.url.startsWith(site) ? jira.fetch(request) : salesforce.fetch(request);
      },
    });
    expect([...new Set(writes)].sort()).toEqual(['/rest/api/3/workflows', '/services/oauth2/token']);
  });

  it('O-2 writes it where check looks for it: what the program names, or the nearest there is', async () => {
    const named = await pull('items', { files: { 'items/bridge.config.yaml': 'metadata: ../org/prod.json\n' } });
    expect(named).toMatchObject({ status: 0, text: undefined, err: expect.stringContaining('wrote org/prod.json') });
    expect(named.written('org/prod.json')).toBe(used.text);
    const nearest = await pull('items', { files: { 'items/metadata.lock.json': '{}' } });
    expect(nearest).toMatchObject({ text: undefined, err: expect.stringContaining('wrote items/metadata.lock.json') });
    expect(nearest.written('items/metadata.lock.json')).toBe(used.text);
    const all = await pull('--all nowhere', { files: { 'nowhere/notes.txt': '' } });
    expect(all).toMatchObject({ status: 0, err: expect.stringContaining('wrote metadata.lock.json') });
  });

  it('O-2 writes none where the programs look for it in several places', async () => {
    const files = {
      'items/bridge.config.yaml': 'metadata: a.json\n',
      'others/bridge.config.yaml': 'metadata: b.json\n',
      'others/b.bridge': program.replace('item a', 'item b'),
    };
    expect(await pull('', { files })).toMatchObject({
      status: 2,
      err: expect.stringContaining('the programs under these paths have 2 snapshots: items/a.json, others/b.json.'),
    });
  });

  it('L-3 --check tells a fresh snapshot from a stale and a missing one, and writes nothing', async () => {
    const fresh = { 'metadata.lock.json': used.text! };
    expect(await pull('items --check', { files: fresh })).toMatchObject({
      status: 0,
      out: 'metadata.lock.json is up to date.\n',
    });
    const stale = { 'metadata.lock.json': '{}' };
    expect(await pull('items --check', { files: stale })).toMatchObject({ status: 1, text: '{}' });
    const missing = await pull('items --check');
    expect(missing).toMatchObject({
      status: 1,
      out: 'metadata.lock.json is missing: run bridge pull.\n',
      text: undefined,
    });
  });

  it('L-3 says what is stale', async () => {
    const old = JSON.parse(used.text!);
    const account = old.salesforce.objects.find((object: { name: string }) => object.name === 'Account');
    account.fields.pop();
    old.jira.projects[0].name = 'Old name';
    const { out } = await pull('items --check', { files: { 'metadata.lock.json': JSON.stringify(old) } });
    expect(out).toBe(
      'metadata.lock.json is stale, for the object Account and the project SUP are not what they were: run bridge pull.\n',
    );
  });

  it('L-3 tells what it is reading, on a terminal only, and clears it away', async () => {
    expect(used.err).not.toContain('reading');
    const { err, status } = await pull('items', { terminal: true });
    expect(status).toBe(0);
    expect(err).toContain('reading Salesforce: Account …');
    expect(err).toContain('reading Jira: SUP …');
    expect(err.split('\r\u001b[K').at(-1)).toMatch(/^wrote metadata\.lock\.json: .*\n$/);
  });

  it('L-3 tells what the items name and neither side shows', async () => {
    const files = { 'items/a.bridge': program.replace('SUP', 'NOPE').replace('salesforce case', 'salesforce Kase') };
    const { err, status } = await pull('items', { files });
    expect(status).toBe(0);
    expect(err).toContain('the org shows no object Kase to its Run As user\n');
    expect(err).toContain(`the site shows no project NOPE to ${user('admin').email}\n`);
  });

  it('L-3 two pulls of the same org and site are the same bytes', async () => {
    expect((await pull('items')).text).toBe(used.text);
  });
});

/** Both stand-ins, but for one kind of question. */
const refusing = (path: RegExp, status: number, body: unknown) => async (request: Request) => {
  if (path.test(new URL(request.url).pathname)) return Response.json(body, { status });
  return request.url.startsWith(site) ? jira.fetch(request) : salesforce.fetch(request);
};

describe('a pull that cannot be', () => {
  const offline = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }));
  it.each<[string, Options, RegExp]>([
    [
      'wrong secret',
      { env: { ...secrets, BRIDGE_SALESFORCE_CLIENT_SECRET: 'sEcReT-1' } },
      /^bridge: Salesforce refused the sign-in: .*invalid client credentials/,
    ],
    ['wrong client id', { clientId: 'nobody' }, /^bridge: Salesforce refused the sign-in: .*client identifier invalid/],
    [
      'wrong Jira token',
      { env: { ...secrets, BRIDGE_JIRA_TOKEN: 'sEcReT-2' } },
      /^bridge: Jira refused the sign-in: Jira answered 401: [^.\n]*\.\n/,
    ],
    ['missing secret', { env: {} }, /^bridge: the environment variable BRIDGE_SALESFORCE_CLIENT_SECRET is not set\./],
    [
      'missing network',
      { fetch: offline },
      /^bridge: Salesforce at https:\/\/sandbox\.my\.salesforce\.com did not answer: getaddrinfo ENOTFOUND\./,
    ],
    [
      'describe that is refused',
      {
        fetch: refusing(/\/describe$/, 403, [
          { errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' },
        ]),
      },
      /^bridge: Salesforce answered 403: insufficient access rights \(asked for \/services\/data\/v67\.0\/sobjects\/Case\/describe\)\.\nThe Run As user needs the permission API Enabled/,
    ],
    [
      'list of objects that is refused',
      { fetch: refusing(/\/sobjects$/, 403, [{ message: 'API is not enabled for this Organization' }]) },
      /^bridge: Salesforce answered 403: API is not enabled .*\nThe Run As user needs the permission API Enabled/,
    ],
    [
      'create screen that is refused',
      { fetch: refusing(/\/createmeta\//, 403, { errorMessages: ['You cannot create issues here.'] }) },
      /^bridge: Jira answered 403: You cannot create issues here \(asked for \/issue\/createmeta\/SUP\/issuetypes\/.*\nThe user needs the permissions Browse Projects and Create Issues/,
    ],
    [
      'site that is busy',
      { fetch: refusing(/\/project\/search$/, 429, {}) },
      /^bridge: Jira answered 429: no reason was given .*\nTry again in a few minutes\.\n$/,
    ],
    [
      'refused connection',
      {
        fetch: () =>
          Promise.reject(
            new TypeError('fetch failed', { cause: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }) }),
          ),
      },
      /did not answer: ECONNREFUSED\.\nCheck the address and the network\.\n$/,
    ],
    [
      'silent host',
      { fetch: () => Promise.reject(new DOMException('The operation was aborted', 'TimeoutError')) },
      /did not answer: nothing came within 60 seconds\./,
    ],
    [
      'page instead of an API',
      { fetch: async () => new Response('<html>') },
      /^bridge: Salesforce at \S+ answered something that is not JSON\./,
    ],
    [
      'instance elsewhere',
      { fetch: async () => Response.json({ access_token: 'x', instance_url: 'http://evil.example' }) },
      /^bridge: the org says that its address is http:\/\/evil\.example, which is no host of Salesforce\./,
    ],
  ])(
    'P8 says why for a %s, with status 2, without a secret or a stack, and leaves no file',
    async (_, options, said) => {
      const { status, out, err, text } = await pull('items', options);
      expect({ status, out, text }).toEqual({ status: 2, out: '', text: undefined });
      expect(err).toMatch(said);
      expect(err).not.toMatch(/sEcReT|^\s+at /m);
      expect(err).not.toContain(salesforce.client.secret);
    },
  );
});

it.each([
  ['http://example.com', /^bridge: --salesforce cannot be http:\/\/example\.com\.\nOnly https is accepted\./],
  ['https://example.com', /is not a Salesforce login host/],
])('C-1 sends no secret to %s', async (url, said) => {
  const host = memoryHost({ env: secrets, fetch: () => Promise.reject(new Error('it was asked')) });
  const rest = ['--client-id', 'x', '--jira', site, '--email', 'a@b.c'];
  expect(await run(['pull', '--all', '--salesforce', url, ...rest], host)).toBe(2);
  expect(host.output.err).toMatch(said);
});

describe('the edges of a workflow', () => {
  it('come from directed and global transitions, by status id', () => {
    const answer = {
      statuses: [
        { id: '1', statusReference: 'a' },
        { id: '2', statusReference: 'b' },
      ],
      workflows: [
        {
          transitions: [
            { id: '10', name: 'Create', type: 'INITIAL', toStatusReference: 'a', links: [] },
            { id: '11', name: 'Go', type: 'DIRECTED', toStatusReference: 'b', links: [{ fromStatusReference: 'a' }] },
            { id: '12', name: 'Anywhere', type: 'GLOBAL', toStatusReference: 'a' },
            { id: '13', name: 'Lost', type: 'DIRECTED', toStatusReference: 'nowhere' },
          ],
        },
      ],
    };
    expect(transitionsFrom(answer)).toEqual([
      { id: '10', name: 'Create', to: '1', initial: true },
      { id: '11', name: 'Go', from: ['1'], to: '2', initial: false },
      { id: '12', name: 'Anywhere', to: '1', initial: false },
    ]);
    expect(transitionsFrom({ workflows: [] })).toBeUndefined();
  });
});
