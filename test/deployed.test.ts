/**
 * What is deployed, not its sources: the built functions run a cycle in the sandbox. `npm test` builds them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtHandlers } from '../sandbox/forge/handlers.ts';
import { demoProgram, startSandbox } from '../sandbox/server.ts';
import { createWorld, type World } from '../sandbox/world.ts';

let world: World;
const trouble: string[] = [];
const log: string[] = [];
beforeAll(async () => {
  const loadHandlers = builtHandlers();
  if (!loadHandlers) throw new Error('run `npm run build` first');
  world = await createWorld({
    clock: 'manual',
    files: demoProgram(),
    loadHandlers,
    onTrouble: line => trouble.push(line),
    onLog: line => log.push(line),
  });
});
afterAll(() => world?.stop());

it('the deployed functions compile the example, run cycles and come to rest', async () => {
  expect(await world.cycle()).toMatchObject({ ok: true, cause: 'schedule' });
  await world.settle();
  world.clock.advance(300_000);
  await world.cycle();
  world.forge.ledger.clear();
  world.clock.advance(300_000);
  expect(await world.cycle()).toMatchObject({ ok: true });
  const systems = world.forge.ledger.calls().filter(call => call.system === 'jira');
  expect(systems).toEqual([]);
  expect(trouble).toEqual([]);
});

it('C-3 I21 their log holds neither the secret nor a token', () => {
  expect(log).not.toEqual([]);
  expect(log.join('\n')).not.toContain(world.client.secret);
  expect(log.join('\n')).not.toMatch(/00D[A-Za-z0-9]{9,15}!|Bearer /);
});

it.each(['admin', 'panel'])(
  'the built page `%s` is served under Forge’s policy, with the bridge before its own scripts',
  async name => {
    const sandbox = await startSandbox({ port: 0, clock: 'manual', empty: true });
    try {
      const response = await fetch(`${sandbox.host}/app/${name}/`);
      const policy = response.headers.get('content-security-policy') ?? '';
      const scripts = policy.split('; ').find(directive => directive.startsWith('script-src'));
      expect(scripts).toContain("'self'");
      expect(scripts).not.toMatch(/unsafe-|blob:|data:/);
      const html = await response.text();
      expect([...html.matchAll(/<script[^>]*src="([^"]*)"/g)].map(([, src]) => src)[0]).toBe('/bridge/client.js');
      expect(html).not.toMatch(/<script(?![^>]*src=)/);
      // Forge serves a page from a folder of its own choosing.
      const own = [...html.matchAll(/(?:src|href)="([^"]*)"/g)]
        .map(([, src]) => src!)
        .filter(src => !src.startsWith('/bridge/'));
      expect(own.filter(src => !src.startsWith('./'))).toEqual([]);
      for (const src of own) expect((await fetch(new URL(src, response.url))).status, src).toBe(200);
    } finally {
      await sandbox.stop();
    }
  },
);
