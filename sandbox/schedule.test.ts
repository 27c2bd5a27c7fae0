/** A real clock that is put ahead does what time that passes by itself would have done. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoProgram, type RunningSandbox, startSandbox } from './server.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: 'real', empty: true });
});
afterAll(() => sandbox?.stop());

interface State {
  readonly now: number;
  readonly nextCycleAt: number;
  readonly runs: readonly { readonly cause: string }[];
  readonly journal: readonly { readonly at: number; readonly outcome: string }[];
}
const state = async () => (await (await fetch(`${sandbox.host}/control/state`)).json()) as State;
const advance = async (by: string) =>
  (await fetch(`${sandbox.host}/control/clock`, { method: 'POST', body: JSON.stringify({ advance: by }) })).json();

it('fires the cycle when its five minutes are over, with everything on the new time', async () => {
  const { world } = sandbox;
  expect((await world.saveProgram(demoProgram())).ok).toBe(true);
  const account = world.salesforce.hand.create('Account', { Name: 'Acme', Type: 'Customer - Direct' });
  world.salesforce.hand.create('Case', { Subject: 'Fire', Origin: 'Phone', AccountId: account });
  const before = await state();
  expect(before.nextCycleAt - before.now).toBeGreaterThan(4 * 60_000);

  await advance('1m');
  const early = await state();
  expect(early.now - before.now).toBeGreaterThanOrEqual(60_000);
  expect(early.runs.filter(({ cause }) => cause === 'schedule')).toEqual([]);

  await advance('1h');
  const later = await state();
  expect(later.runs.filter(({ cause }) => cause === 'schedule')).toHaveLength(1);
  expect(later.journal.some(({ outcome }) => outcome === 'created')).toBe(true);
  // The app itself sees that time: its journal is not an hour behind.
  expect(Math.min(...later.journal.map(({ at }) => at)) - before.now).toBeGreaterThanOrEqual(61 * 60_000);
  expect(later.nextCycleAt - later.now).toBeGreaterThan(4 * 60_000);
});
