/** The sandbox's command as a person or a program starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
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

  it('says which port is taken and what to do', async () => {
    const taken = createServer();
    await new Promise<void>(done => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const { ended, text } = start('--port', String(port));
    expect(await ended).toBe(2);
    expect(text.err).toMatch(new RegExp(`Port ${port} is taken.*npm start -- --port`));
    taken.close();
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
