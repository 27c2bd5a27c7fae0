/** The sandbox's command as a person or a program starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const command = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', chunk => {
    text.out += String(chunk);
  });
  child.stderr.on('data', chunk => {
    text.err += String(chunk);
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const line = async (): Promise<string> => {
    while (!text.out.includes('\n')) {
      if (child.exitCode !== null) throw new Error(text.err);
      await new Promise(done => setTimeout(done, 20));
    }
    return text.out;
  };
  return { child, text, ended, line };
}

/** A port with two free ones after it. */
async function freeRow(): Promise<number> {
  const listen = (port: number) =>
    new Promise<Server | undefined>(done => {
      const server = createServer();
      server.once('error', () => done(undefined));
      server.listen(port, '127.0.0.1', () => done(server));
    });
  for (;;) {
    const one = (await listen(0))!;
    const { port } = one.address() as { port: number };
    const row = [one, await listen(port + 1), await listen(port + 2)];
    for (const server of row) server?.close();
    if (row.every(server => server !== undefined)) return port;
  }
}

describe('the command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says in one line of JSON that it is ready, and stops cleanly on %s',
    async signal => {
      const { child, line, ended, text } = start('--port', '0', '--json', '--empty');
      const ready = JSON.parse(await line()) as Record<string, unknown> & {
        readonly jiraUsers: readonly { role: string }[];
      };
      expect(Object.keys(ready).sort()).toEqual([
        'host',
        'jira',
        'jiraUsers',
        'ready',
        'salesforce',
        'salesforceClient',
      ]);
      expect(ready.jiraUsers.map(one => one.role)).toEqual(
        expect.arrayContaining(['admin', 'agent', 'viewer', 'outsider']),
      );
      const state = (await (await fetch(`${String(ready.host)}/control/state`)).json()) as { clock: string };
      expect(state.clock).toBe('real');
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(text.err).toBe('');
    },
  );

  it('takes three ports in a row, and goes on from its folder with everything that was there', async () => {
    const data = mkdtempSync(join(tmpdir(), 'sandbox-command-'));
    const port = await freeRow();
    const flags = ['--port', String(port), '--data', data, '--clock', 'manual', '--json'];
    interface Ready {
      readonly host: string;
      readonly jira: string;
      readonly salesforce: string;
      readonly jiraUsers: readonly object[];
      readonly salesforceClient: object;
    }
    const open = async () => {
      const started = start(...flags);
      return { ...started, ready: JSON.parse(await started.line()) as Ready };
    };
    const close = async ({
      child,
      ended,
    }: {
      readonly child: ChildProcess;
      readonly ended: Promise<number | null>;
    }) => {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    };
    const ask = async <T>(method: string, url: string, body?: object): Promise<T> => {
      const headers = { 'content-type': 'application/json' };
      return (await (
        await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      ).json()) as T;
    };
    const first = await open();
    const { host, jira, salesforce, jiraUsers, salesforceClient } = first.ready;
    expect([host, jira, salesforce]).toEqual([0, 1, 2].map(more => `http://127.0.0.1:${port + more}`));
    expect(Object.keys(jiraUsers[0]!).sort()).toEqual(['accountId', 'email', 'role', 'token']);
    expect(Object.keys(salesforceClient).sort()).toEqual(['id', 'secret']);
    const objects = `${host}/salesforce/services/data/v67.0/sobjects`;
    const account = await ask<{ id: string }>('POST', `${objects}/Account`, {
      Name: 'Korvex',
      Type: 'Customer - Direct',
    });
    await ask('POST', `${objects}/Case`, { Subject: 'Kept', Origin: 'Phone', AccountId: account.id });
    await ask('POST', `${host}/control/cycle`);
    await ask('POST', `${host}/control/clock`, { advance: '1d' });
    const before = await ask<{ links: readonly unknown[]; now: number }>('GET', `${host}/control/state`);
    expect(before.links).toHaveLength(1);
    await close(first);
    const second = await open();
    expect(await ask('GET', `${second.ready.host}/control/state`)).toMatchObject({
      links: before.links,
      now: before.now,
    });
    await close(second);
    rmSync(data, { recursive: true });
  });

  it('says which port is taken and what to do', async () => {
    const taken = createServer();
    await new Promise<void>(done => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const { ended, text } = start('--port', String(port));
    expect(await ended).toBe(2);
    expect(text.err).toMatch(new RegExp(`Port ${port} is taken.*npm start -- --port`));
    taken.close();
  });

  it('explains itself when asked to', async () => {
    const { ended, text } = start('--help');
    expect(await ended).toBe(0);
    expect([text.out, text.err]).toEqual([expect.stringMatching(/^usage: sandbox .*--data DIR/), '']);
  });

  it('does not start with a program that has errors, and shows each with its place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-program-'));
    writeFileSync(
      join(folder, 'a.bridge'),
      'item a "A" {\n  salesforce Casee\n  jira SUP / "Incident"\n  sync one-way\n}\n',
    );
    const { ended, text } = start('--port', '0', folder);
    expect(await ended).toBe(2);
    expect(text.err).toContain('a.bridge:2:14  the org has no object `Casee`; did you mean `Case`?');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/dev/null', '/dev/null'],
    ['/dev/null/below', '/dev/null'],
    ['/proc/nothing', '/proc/nothing'],
  ])('says why %s cannot keep its data', async (data, culprit) => {
    const { ended, text } = start('--port', '0', '--data', data);
    expect(await ended).toBe(2);
    expect(text.err).toMatch(new RegExp(`${culprit} cannot be a folder of data: .*; give --data another`));
  });

  it.each([
    [['--port', 'many'], '--port takes 0 to 65533'],
    [['--clock', 'sundial'], '--clock takes real or manual'],
    [['--nonsense'], '--nonsense'],
    [['no-such-folder'], 'there is no `no-such-folder`'],
  ])('refuses %j with a sentence and the usage', async (args, sentence) => {
    const { ended, text } = start(...args);
    expect(await ended).toBe(2);
    expect(text.err).toContain(sentence);
    expect(text.err).toContain('usage:');
  });
});
