/** Each fault as whoever puts it over the control API sees it: in the ledger, and in what comes of the work all the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProgram, type Outside, type OutsideCall, openOutside } from '../test/kit/outside.ts';
import { callEffects, eventEffects } from './forge/faults.ts';

let outside: Outside;
beforeAll(async () => {
  outside = await openOutside({ empty: true });
});
afterAll(() => outside?.stop());

/** One call of each system that making an issue takes. */
const struck = [
  { system: 'salesforce', match: { method: 'POST', path: '/services/data/' } },
  { system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' } },
  { system: 'kvs', match: { path: '/api/v1/transaction' } },
  { system: 'queue', match: { path: '/webhook/queue/publish' } },
] as const;

async function begin(): Promise<void> {
  await outside.control('POST', '/control/reset');
  await outside.control('PUT', '/control/program', { files: exampleProgram() });
  const create = async (object: string, fields: object) =>
    ((await outside.salesforce.sobject(object).create(fields as never)) as unknown as { id: string }).id;
  const AccountId = await create('Account', { Name: 'Korvex', Type: 'Customer - Direct' });
  await create('Case', { Subject: 'Printer on fire', Origin: 'Phone', AccountId });
  await outside.control('DELETE', '/control/calls');
}
async function cycles(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await outside.cycle();
    await outside.control('POST', '/control/clock', { advance: '5m' });
  }
}
const calls = () => outside.control<readonly (OutsideCall & { readonly why: string })[]>('GET', '/control/calls');

/** What the ledger says of the call: its own answer, or none that anybody saw. */
const entered: Partial<Record<(typeof callEffects)[number], readonly number[]>> = {
  '429': [429, 429, 429, 429],
  '503': [503, 503, 503, 503],
  '500': [500, 500, 500, 500],
  '401': [401, 401, 401, 401],
  slow: [200, 201, 204, 201],
  // Only what has parts is halved; of the others half the answer is lost.
  partial: [200, 201, 204, 201],
};

describe('S-3 the case becomes exactly one issue', () => {
  it.each(callEffects)('when %s strikes one call of every system', { timeout: 30_000 }, async effect => {
    await begin();
    expect(
      await outside.control(
        'PUT',
        '/control/faults',
        struck.map(fault => ({ ...fault, nth: 1, effect })),
      ),
    ).toEqual({ ok: true });
    await cycles(8);
    const all = await calls();
    const first = struck.map(({ system, match }) =>
      all.find(
        call =>
          call.system === system &&
          call.path.startsWith(match.path) &&
          (!('method' in match) || call.method === match.method),
      ),
    );
    expect(first.map(call => call?.status)).toEqual(entered[effect] ?? [0, 0, 0, 0]);
    expect((await outside.issues()).map(issue => issue.fields.summary)).toEqual(['Printer on fire']);
    expect((await outside.state()).links).toHaveLength(1);
  });

  it.each(eventEffects)('and an edit in Jira reaches it when %s strikes the event and a job', async effect => {
    await begin();
    await cycles(1);
    const [issue] = await outside.issues();
    await outside.control('DELETE', '/control/calls');
    const faults = ['avi:jira:updated:issue', 'sync'].map((path, at) => ({
      system: at === 0 ? 'jira' : 'queue',
      match: { path },
      nth: 1,
      effect,
    }));
    expect(await outside.control('PUT', '/control/faults', faults)).toEqual({ ok: true });
    await outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue!.key}`, {
      fields: { priority: { name: 'Low' } },
    });
    await outside.settle();
    const events = new Set(
      (await calls()).flatMap(call => (call.why.startsWith('event ') ? [`${call.why} ${call.system}`] : [])),
    );
    // A lost event is never heard of; the others are.
    expect(events.size > 0).toBe(effect !== 'lose-event');
    // What was lost is found by the hourly sweep.
    await cycles(14);
    const { records } = await outside.salesforce.query<{ Priority: string }>('SELECT Priority FROM Case');
    expect(records.map(record => record.Priority)).toEqual(['Low']);
  });
});

it('warns of a fault that can never strike', async () => {
  const fault = { system: 'kvs', nth: 1, effect: 'lose-event' };
  expect(await outside.control('PUT', '/control/faults', [fault])).toEqual({
    ok: true,
    warnings: ['Fault 1 never strikes: kvs sends no events, so lose-event is for jira and queue.'],
  });
});
