import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { PortError } from '../ports.ts';
import { runCycle } from './index.ts';

/** Cases that are linked, and have a new subject since. */
async function edited(count: number, pageSize: number): Promise<{ world: World; records: readonly string[] }> {
  const world = await createWorld(planOf(supportCases()), workflow);
  const account = world.salesforce.create('Account', { Name: 'Acme', Rating: 'Hot' });
  const records = Array.from({ length: count }, (_, n) =>
    world.salesforce.create('Case', { Subject: `Case ${n}`, Origin: 'Phone', Priority: 'High', AccountId: account }),
  );
  for (let cycles = 0; cycles < 4; cycles++) await world.cycle();
  for (const [n, record] of records.entries()) {
    await world.advance(minute / 10);
    world.salesforce.edit(record, { Subject: `Changed ${n}` });
  }
  world.salesforce.pageSize = pageSize;
  world.calls.length = 0;
  return { world, records };
}

const summaries = ({ jira }: World) => [...jira.issuesNow.values()].map(({ fields }) => fields.summary).sort();
const changed = (count: number) => Array.from({ length: count }, (_, n) => `Changed ${n}`);
const updatesIn = ({ calls }: World) =>
  calls.filter(({ system, name }) => system === 'jira' && name === 'update').length;

describe('records that come in pages', () => {
  it('S-1 are written page by page, before the next one is read, and each once', async () => {
    const { world } = await edited(7, 2);
    await world.cycle();
    expect(summaries(world)).toEqual(changed(7));
    expect(updatesIn(world)).toBe(7);
    const order = world.calls
      .filter(({ name }) => name === 'query' || name === 'update')
      .map(({ system, name }) => (name === 'query' ? 'read' : system === 'jira' ? 'write' : ''))
      .filter(Boolean);
    expect(order).toEqual([
      'read',
      'write',
      'write',
      'read',
      'write',
      'write',
      'read',
      'write',
      'write',
      'read',
      'write',
    ]);
  });

  it('I11 that Salesforce cannot give any more are read by the next cycle, from where this one stopped', async () => {
    const { world } = await edited(7, 2);
    let queries = 0;
    const away = () => {
      throw new PortError({ system: 'salesforce', kind: 'unavailable', code: 'AWAY', message: 'away', fields: [] });
    };
    const { salesforce } = world.deps;
    const failing = { ...salesforce, query: (asked: never) => (++queries === 3 ? away() : salesforce.query(asked)) };
    await runCycle({ ...world.deps, salesforce: failing as never });
    expect(updatesIn(world)).toBe(4);
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(summaries(world)).toEqual(changed(7));
    expect(updatesIn(world)).toBe(7);
  });

  it('I11 are not lost with a place that Salesforce forgot', async () => {
    const { world } = await edited(5, 2);
    const { salesforce } = world.deps;
    const gone = { system: 'salesforce', kind: 'refused', code: 'INVALID_QUERY_LOCATOR', message: '', fields: [] };
    const forgetting = {
      ...salesforce,
      query: async (asked: readonly object[]) =>
        asked.some(one => 'locator' in one)
          ? { answers: asked.map(() => ({ rows: [], failure: gone })), serverTime: world.now() }
          : salesforce.query(asked as never),
    };
    await runCycle({ ...world.deps, salesforce: forgetting as never });
    expect(updatesIn(world)).toBe(2);
    await world.cycle();
    expect(summaries(world)).toEqual(changed(5));
  });

  it('S-2 are worked off once when an event marked them too, although their page is older than what was written', async () => {
    const { world, records } = await edited(5, 2);
    const last = records.at(-1)!;
    const issue = [...world.store.state.links.values()].find(({ value }) => value.record === last)!.value.issueId;
    world.jira.edit(issue, { customfield_1: 'from Jira' });
    await world.store.addDirty([issue]);
    world.calls.length = 0;
    await world.cycle();
    expect(world.salesforce.read(last, 'Notes__c')).toBe('from Jira');
    expect(world.calls.filter(({ system, name }) => system === 'salesforce' && name === 'update')).toHaveLength(1);
    expect(summaries(world)).toEqual(changed(5));
    expect(updatesIn(world)).toBe(5);
  });
});
