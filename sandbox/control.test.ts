/** The sandbox from outside, over its sockets: the control API, the proxies, the pages and their bridge. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { durationMs } from './duration.ts';
import { demoProgram, type RunningSandbox, startSandbox } from './server.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: 'manual', empty: true });
});
afterAll(() => sandbox?.stop());
beforeEach(() => send('POST', '/control/reset'));

async function send<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${sandbox.host}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
const user = (role: string) => sandbox.jiraUsers.find(one => one.role === role)!.accountId;
const admin = (name: string, payload: unknown = {}, role = 'admin') =>
  send('POST', '/control/invoke', { module: 'admin', function: name, payload, accountId: user(role) });
/** A case that the example's item wants. */
async function newCase(): Promise<void> {
  const data = '/salesforce/services/data/v67.0/sobjects';
  const account = await send<{ id: string }>('POST', `${data}/Account`, { Name: 'Korvex', Type: 'Customer - Direct' });
  await send('POST', `${data}/Case`, { Subject: 'Old', Origin: 'Phone', AccountId: account.id });
}

interface Call {
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly why: string;
  readonly parts?: readonly unknown[];
}
const calls = () => send<readonly Call[]>('GET', '/control/calls');

describe('the sandbox', () => {
  it('serves three loopback addresses', async () => {
    const { host, jira, salesforce } = sandbox;
    expect(new Set([host, jira, salesforce].map(url => new URL(url).hostname))).toEqual(new Set(['127.0.0.1']));
    expect((await fetch(`${jira}/rest/api/3/myself`)).status).toBe(401);
    expect((await fetch(`${salesforce}/services/data`)).status).toBe(200);
  });

  it('leads from the address of an issue and of a record to the page that shows them', async () => {
    const { host, jira, salesforce } = sandbox;
    const leadsTo = async (url: string) => (await fetch(url, { redirect: 'manual' })).headers.get('location');
    expect(await leadsTo(`${jira}/browse/SUP-1`)).toBe(`${host}/#issue=SUP-1`);
    expect(await leadsTo(`${host}/browse/SUP-1`)).toBe('/#issue=SUP-1');
    expect(await leadsTo(`${salesforce}/500000000000001AAA`)).toBe(`${host}/#record=500000000000001AAA`);
    expect((await fetch(`${salesforce}/services/data`, { redirect: 'manual' })).status).toBe(200);
  });

  it('begins with the demo connection and, when empty, without a program', async () => {
    expect(await admin('connection.get')).toMatchObject({ ok: true, result: { connected: true } });
    expect(await send('GET', '/control/program')).toEqual({ files: {} });
  });

  it('gives each side its own address to an outside client', async () => {
    const { id, secret } = sandbox.salesforceClient;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const response = await fetch(`${sandbox.salesforce}/services/oauth2/token`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ instance_url: sandbox.salesforce });
  });
});

describe('the control API', () => {
  it('replaces the program, and says what is wrong with one that does not compile', async () => {
    expect(await send('PUT', '/control/program', { files: demoProgram() })).toMatchObject({ ok: true });
    expect(await send('GET', '/control/program')).toEqual({ files: demoProgram() });
    const files = { 'broken.bridge': 'item broken "Broken" {\n  salesforce Casee\n  jira SUP / "Incident"\n}\n' };
    const answer = await send<{ ok: boolean; diagnostics: readonly { message: string }[] }>('PUT', '/control/program', {
      files,
    });
    expect(answer.ok).toBe(false);
    expect(answer.diagnostics.map(one => one.message).join()).toContain('Casee');
    expect(await send('GET', '/control/program')).toEqual({ files: demoProgram() });
  });

  it('tells one world from the next', async () => {
    const world = async () => (await send<{ world: string }>('GET', '/control/state')).world;
    const first = await world();
    await send('POST', '/control/cycle');
    expect(await world()).toBe(first);
    await send('POST', '/control/reset');
    expect(await world()).not.toBe(first);
  });

  it('runs one cycle and answers its report', async () => {
    await send('PUT', '/control/program', { files: demoProgram() });
    await newCase();
    const report = await send<{ items: Record<string, { created: number }> }>('POST', '/control/cycle');
    expect(report).toMatchObject({ ok: true, cause: 'schedule' });
    expect(Object.values(report.items).map(counts => counts.created)).toEqual([1]);
    const state = await send<{ links: readonly { issueKey: string }[]; runs: readonly unknown[] }>(
      'GET',
      '/control/state',
    );
    expect(state.links.map(link => link.issueKey)).toEqual(['SUP-1']);
  });

  it('says why a cycle did not run', async () => {
    expect(await send('POST', '/control/cycle')).toEqual({ ok: true, skipped: 'no program is active' });
    await send('PUT', '/control/program', { files: demoProgram() });
    const fault = { system: 'salesforce', match: { path: '/services/data' }, nth: 1, effect: '503' };
    await send(
      'PUT',
      '/control/faults',
      [1, 2, 3, 4].map(nth => ({ ...fault, nth })),
    );
    expect(await send('POST', '/control/cycle')).toMatchObject({ ok: false, cause: 'schedule' });
    const { skipped } = await send<{ skipped: string }>('POST', '/control/cycle');
    expect(skipped).toMatch(/^Salesforce: .*unavailable/);
  });

  it('keeps a ledger of what the app did and why, without the sandbox’s own looks', async () => {
    await send('PUT', '/control/program', { files: demoProgram() });
    await send('DELETE', '/control/calls');
    await send('GET', '/control/state');
    expect(await calls()).toEqual([]);
    await newCase();
    await send('POST', '/control/cycle');
    const made = (await calls()).filter(
      call => call.system === 'jira' && call.method === 'POST' && call.status === 201,
    );
    expect(made).toMatchObject([{ path: '/rest/api/3/issue', why: 'job cycle' }]);
    const queries = (await calls()).filter(call => call.path.endsWith('/composite'));
    expect(queries.length).toBeGreaterThan(0);
    for (const { parts } of queries)
      expect(parts).toEqual(expect.arrayContaining([expect.objectContaining({ status: 200 })]));
    expect(JSON.stringify(await calls())).not.toContain(sandbox.salesforceClient.secret);
  });

  it('moves a manual clock and nothing else', async () => {
    const before = (await send<{ now: number }>('GET', '/control/state')).now;
    expect(await send('POST', '/control/clock', { advance: '5m' })).toEqual({ ok: true, now: before + 300_000 });
    expect(await send('POST', '/control/clock', { advance: 'soon' })).toMatchObject({ ok: false });
    expect((await send<{ runs: readonly unknown[] }>('GET', '/control/state')).runs).toEqual([]);
  });

  it('replaces the program without running a cycle, and settles what an event asks for', async () => {
    await send('PUT', '/control/program', { files: demoProgram() });
    await newCase();
    expect(await send('GET', '/control/state')).toMatchObject({ runs: [], links: [] });
    await send('POST', '/control/cycle');
    const [link] = (await send<{ links: readonly { issueKey: string }[] }>('GET', '/control/state')).links;
    await send('PUT', `/jira/rest/api/3/issue/${link!.issueKey}`, { fields: { priority: { name: 'Low' } } });
    expect(await send('POST', '/control/settle')).toMatchObject({ ok: true });
    const soql = encodeURIComponent('SELECT Priority FROM Case');
    expect(await send('GET', `/salesforce/services/data/v67.0/query?q=${soql}`)).toMatchObject({
      records: [{ Priority: 'Low' }],
    });
  });

  it.each([
    ['90s', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['250ms', 250],
    [1500, 1500],
    ['-5m', undefined],
    ['', undefined],
  ])('reads the duration %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it('refuses a fault that it does not know and keeps the list as it was', async () => {
    const faults = [{ system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect: '503' }];
    expect(await send('PUT', '/control/faults', faults)).toEqual({ ok: true });
    expect(await send('PUT', '/control/faults', [{ ...faults[0], effect: 'flood' }])).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('duplicate-event') },
    });
    expect(await send('GET', '/control/faults')).toEqual(faults);
  });

  it('S-3 strikes with a fault once, and the case still becomes exactly one issue', async () => {
    await send('PUT', '/control/program', { files: demoProgram() });
    await newCase();
    const path = '/rest/api/3/issue';
    await send('PUT', '/control/faults', [
      { system: 'jira', match: { method: 'POST', path }, nth: 1, effect: 'timeout-after-apply' },
    ]);
    await send('DELETE', '/control/calls');
    await send('POST', '/control/cycle');
    expect((await calls()).filter(call => call.path === path).map(call => call.status)).toEqual([0]);
    for (let minute = 0; minute < 30; minute += 5) {
      await send('POST', '/control/clock', { advance: '5m' });
      await send('POST', '/control/cycle');
    }
    const { issues } = await send<{ issues: readonly { key: string }[] }>('POST', '/jira/rest/api/3/search/jql', {
      jql: 'project = SUP',
      fields: ['summary'],
    });
    expect(issues.map(issue => issue.key)).toEqual(['SUP-1']);
    expect((await send<{ links: readonly unknown[] }>('GET', '/control/state')).links).toHaveLength(1);
  });

  it('P-7 calls resolvers as the user who is named, with that user’s rights', async () => {
    expect(await admin('items.list', {}, 'agent')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    await send('PUT', '/control/program', { files: demoProgram() });
    await newCase();
    await send('POST', '/control/cycle');
    const cards = (role: string) =>
      send('POST', '/control/invoke', {
        module: 'panel',
        function: 'cards',
        payload: {},
        accountId: user(role),
        issueKey: 'SUP-1',
      });
    expect(await cards('agent')).toMatchObject({ ok: true, result: [{ linked: true, managed: 'auto' }] });
    expect(await cards('outsider')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it.each([
    ['an unknown module', { module: 'gadget', function: 'cards' }],
    ['no function', { module: 'admin' }],
    ['nobody', { module: 'admin', function: 'items.list', accountId: 'nobody' }],
    ['a panel without an issue', { module: 'panel', function: 'cards', accountId: 'agent' }],
    [
      'a panel of an issue that is not there',
      { module: 'panel', function: 'cards', accountId: 'agent', issueKey: 'SUP-999' },
    ],
  ])('answers %s with a sentence', async (_, call: Record<string, unknown>) => {
    const accountId = call.accountId === 'agent' ? user('agent') : call.accountId;
    expect(await send('POST', '/control/invoke', { ...call, accountId })).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^.{10,}\.$/) },
    });
  });

  it('C-3 never shows the secret, wherever one looks', async () => {
    await send('POST', '/control/connect');
    await admin('connection.save', {
      loginUrl: 'https://sandbox.my.salesforce.com',
      clientId: 'x',
      clientSecret: 'canary-secret',
    });
    const seen = await Promise.all([admin('connection.get'), send('GET', '/control/state'), calls()]);
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`canary-secret|${sandbox.salesforceClient.secret}`));
  });

  it('keeps users and tokens of outside clients through a reset', async () => {
    const { id, secret } = sandbox.salesforceClient;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const login = await fetch(`${sandbox.salesforce}/services/oauth2/token`, { method: 'POST', body });
    const { access_token } = (await login.json()) as { access_token: string };
    await send('POST', '/control/reset');
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await fetch(`${sandbox.salesforce}/services/data/v67.0/limits`, { headers })).status).toBe(200);
    const agent = sandbox.jiraUsers.find(one => one.role === 'agent')!;
    const basic = Buffer.from(`${agent.email}:${agent.token}`).toString('base64');
    const me = await fetch(`${sandbox.jira}/rest/api/3/myself`, { headers: { authorization: `Basic ${basic}` } });
    expect(await me.json()).toMatchObject({ accountId: agent.accountId });
  });

  it('goes back to the beginning and keeps the connection', async () => {
    await send('PUT', '/control/program', { files: demoProgram() });
    await newCase();
    await send('POST', '/control/cycle');
    await send('POST', '/control/reset');
    expect(await send('GET', '/control/state')).toMatchObject({ links: [], runs: [], journal: [], attention: [] });
    expect(await send('GET', '/control/program')).toEqual({ files: {} });
    expect(await calls()).toEqual([]);
    expect(await admin('connection.get')).toMatchObject({ result: { connected: true } });
    const { totalSize } = await send<{ totalSize: number }>(
      'GET',
      `/salesforce/services/data/v67.0/query?q=${encodeURIComponent('SELECT Id FROM Case')}`,
    );
    expect(totalSize).toBe(0);
  });
});

describe('the pages', () => {
  const bridge = (path: string, body: unknown) => send('POST', `/bridge/${path}`, body);

  it('serve the bridge’s client and theme as files, since the policy lets no inline script run', async () => {
    expect(await (await fetch(`${sandbox.host}/bridge/client.js`)).text()).toContain('callBridge');
    expect(await (await fetch(`${sandbox.host}/bridge/theme.css`)).text()).toContain('--ds-text');
  });

  it('reach the real resolvers as the user who looks at them', async () => {
    expect(await bridge('invoke', { module: 'admin', functionKey: 'connection.get' })).toMatchObject({
      value: { ok: true, result: { connected: true } },
    });
    expect(await bridge('invoke', { module: 'admin', user: 'agent', functionKey: 'connection.get' })).toMatchObject({
      value: { ok: false, error: { code: 'forbidden' } },
    });
    expect(await bridge('invoke', { module: 'admin', user: 'stranger', functionKey: 'connection.get' })).toMatchObject({
      error: expect.stringContaining('stranger'),
    });
  });

  it('learn where they stand and read Jira as that user', async () => {
    const { key } = await send<{ key: string }>('POST', '/jira/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'Here' },
    });
    expect(await bridge('context', { module: 'panel', issue: key })).toMatchObject({
      accountId: user('agent'),
      extension: { type: 'jira:issuePanel', issue: { key, type: 'Incident' }, project: { key: 'SUP' } },
    });
    const read = (role: string) =>
      bridge('product', { module: 'panel', user: role, restPath: `/rest/api/3/issue/${key}`, fetchRequestInit: {} });
    expect(JSON.parse((await read('viewer')).body as string)).toMatchObject({ key });
    expect(await read('outsider')).toMatchObject({ status: 404 });
  });
});
