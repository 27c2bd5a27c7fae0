/**
 * What is deployed, not its sources: the built functions run a cycle in the sandbox. `npm test` builds them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtHandlers } from '../sandbox/forge/handlers.ts';
import { demoProgram } from '../sandbox/server.ts';
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

it('C-3 their log holds neither the secret nor a token', () => {
  expect(log).not.toEqual([]);
  expect(log.join('\n')).not.toContain(world.client.secret);
  expect(log.join('\n')).not.toMatch(/00D[A-Za-z0-9]{9,15}!|Bearer /);
});
