/** `--data DIR`: what a sandbox was, it is again after a stop, and after a death. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { demoProgram } from './server.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const data = (name: string): string => join(folder, name);
const started: ChildProcess[] = [];
const worlds: World[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const world of worlds.splice(0)) await world.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function open(name: string, options: Partial<WorldOptions> = {}): Promise<World> {
  const world = await createWorld({ clock: 'manual', firstFiles: demoProgram(), data: data(name), ...options });
  worlds.push(world);
  return world;
}

/** All that people and the app could see, whoever asks. */
async function everything(world: World): Promise<unknown> {
  const jira = async (path: string) =>
    (await world.jira.fetch(new Request(`https://x/rest/api/3${path}`), { kind: 'app' })).json();
  const { issues } = (await jira('/search/jql?jql=project%20in%20(SUP,OPS)&maxResults=500')) as {
    issues: { id: string }[];
  };
  const { now: _, ...state } = await world.state();
  return {
    state,
    program: await world.program(),
    kept: world.forge.kvs
      .dump()
      .filter(row => row.space !== 'secret')
      .map(row => [`${row.space} ${row.key}`, row])
      .sort(),
    issues: await Promise.all(issues.map(({ id }) => jira(`/issue/${id}?expand=changelog&properties=*all`))),
    cases: await soql(world, 'SELECT FIELDS(ALL), (SELECT Id, CommentBody FROM CaseComments) FROM Case LIMIT 200'),
    files: await soql(world, 'SELECT Id, Title, ContentSize, Checksum FROM ContentVersion ORDER BY Id'),
  };
}

async function salesforce(world: World, method: string, path: string, body?: unknown): Promise<unknown> {
  const { id, secret } = world.client;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const login = new Request('https://x/services/oauth2/token', { method: 'POST', body: form });
  const { access_token } = (await (await world.salesforce.fetch(login)).json()) as { access_token: string };
  const request = new Request(`https://x/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await world.salesforce.fetch(request)).json();
}

async function soql(world: World, query: string): Promise<unknown> {
  const { records } = (await salesforce(world, 'GET', `/query?q=${encodeURIComponent(query)}`)) as { records: unknown };
  expect(records).toEqual(expect.anything());
  return records;
}

/** Cases that the demo's item wants, and their issues. */
async function linked(world: World): Promise<readonly { readonly issueKey: string }[]> {
  const account = await salesforce(world, 'POST', '/sobjects/Account', { Name: 'Korvex', Type: 'Customer - Direct' });
  const { id: AccountId } = account as { id: string };
  for (const Subject of ['Printer', 'Scanner', 'Router'])
    await salesforce(world, 'POST', '/sobjects/Case', { Subject, Origin: 'Phone', AccountId });
  world.clock.advance(60_000);
  await world.cycle();
  await world.settle();
  const { links } = await world.state();
  expect(links.length).toBeGreaterThan(2);
  return links as readonly { readonly issueKey: string }[];
}

async function edit(world: World, key: string, summary: string): Promise<number> {
  const agent = world.users.find(user => user.role === 'agent')!;
  const request = new Request(`https://x/rest/api/3/issue/${key}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fields: { summary } }),
  });
  return (await world.jira.fetch(request, { kind: 'user', accountId: agent.accountId })).status;
}

describe('a folder that keeps everything', () => {
  it('makes the next start go on: both sides, links, program, connection and time', async () => {
    const first = await open('whole');
    await linked(first);
    first.clock.advance(3_600_000);
    const before = await everything(first);
    const time = first.clock.now();
    await first.stop();

    const second = await open('whole');
    expect(second.clock.now()).toBe(time);
    expect(await everything(second)).toEqual(before);
    expect(await second.cycle()).toMatchObject({ ok: true });
    await second.settle();
    const { links } = await second.state();
    expect(links).toEqual((before as { state: { links: unknown[] } }).state.links);
    await second.reset();
    await second.stop();

    const third = await open('whole');
    expect((await third.state()).links).toEqual([]);
    expect(statSync(data('whole')).mode & 0o077).toBe(0);
  });

  it('makes work that waited at the end run at the next start', async () => {
    const first = await open('waiting');
    const [link] = await linked(first);
    expect(await edit(first, link!.issueKey, 'Changed at the last moment')).toBe(204);
    expect(first.forge.nextAt()).toBeDefined();
    await first.stop();

    const second = await open('waiting');
    expect(second.forge.nextAt()).toBeDefined();
    second.forge.ledger.clear();
    await second.forge.drain();
    expect(second.forge.ledger.calls().map(call => call.why)).toContain('event avi:jira:updated:issue');
    await second.stop();
    expect((await open('waiting')).forge.nextAt()).toBeUndefined();
  });

  it('takes a program that is given over the one that it has', async () => {
    await (await open('program')).stop();
    const given = await open('program', { files: {} });
    expect(await given.program()).toEqual({ files: {} });
    await given.stop();
    expect(await (await open('program')).program()).toEqual({ files: {} });
  });

  it('is of one sandbox at a time, and of a time that does not go back', async () => {
    const first = await open('one');
    await expect(open('one')).rejects.toThrow(/in use by another sandbox/);
    first.clock.advance(400 * 86_400_000);
    await first.stop();
    // A real clock goes on from there, ahead of the machine's.
    const next = await open('one', { clock: 'real' });
    expect(next.clock.now()).toBeGreaterThanOrEqual(first.clock.now());
    next.clock.advance(3_600_000);
    const last = next.clock.now();
    await next.stop();
    const again = await open('one', { clock: 'real' });
    expect(again.clock.now()).toBeGreaterThanOrEqual(last);
    await again.stop();
  });

  it('survives the death of the process', async () => {
    const run = async () => {
      const args = ['--port', '0', '--json', '--clock', 'manual', '--data', data('killed')];
      const command = fileURLToPath(new URL('./main.ts', import.meta.url));
      const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
      started.push(child);
      const line = await new Promise<string>(resolve => child.stdout.once('data', chunk => resolve(String(chunk))));
      const ready = JSON.parse(line) as { host: string; jira: string; jiraUsers: { email: string; token: string }[] };
      const [user] = ready.jiraUsers;
      const authorization = `Basic ${Buffer.from(`${user!.email}:${user!.token}`).toString('base64')}`;
      return { child, ready, authorization };
    };
    const first = await run();
    const created = await fetch(`${first.ready.jira}/rest/api/3/issue`, {
      method: 'POST',
      headers: { authorization: first.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'Still here' },
      }),
    });
    const { key } = (await created.json()) as { key: string };
    await fetch(`${first.ready.host}/control/cycle`, { method: 'POST' });
    const links = await (await fetch(`${first.ready.host}/control/state`)).json();
    const gone = new Promise(resolve => first.child.once('exit', resolve));
    first.child.kill('SIGKILL');
    await gone;

    const second = await run();
    const found = await fetch(`${second.ready.jira}/rest/api/3/issue/${key}?fields=summary`, {
      headers: { authorization: second.authorization },
    });
    expect(await found.json()).toMatchObject({ fields: { summary: 'Still here' } });
    expect(await (await fetch(`${second.ready.host}/control/state`)).json()).toEqual(links);
  });
});
