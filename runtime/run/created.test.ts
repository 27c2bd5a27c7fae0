/** Records that are older than the item is here may have issues of another time (I1, I25): found by markers, and not one by one. */
import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { PortError } from '../ports.ts';
import { runCycle } from './index.ts';

const since = { records: 'all', since: '2026-01-01' } as const;

/** Cases from an hour before the program. */
async function withOldCases(count: number): Promise<World> {
  const world = await createWorld(planOf(supportCases({ create: since })), workflow);
  world.advance(-60 * minute);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (let index = 0; index < count; index++)
    world.salesforce.create('Case', { Subject: `Case ${index}`, Origin: 'Phone', AccountId: account });
  world.advance(60 * minute);
  world.calls.length = 0;
  return world;
}
const lookUps = (world: World) =>
  world.calls.filter(({ system, name }) => system === 'jira' && name === 'findByMarkers').length;

describe('issues for old records', () => {
  it('I20 are looked for a page at a time before any is made', async () => {
    const world = await withOldCases(130);
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(130);
    expect(lookUps(world)).toBe(2);
  });

  it('I1 I25 that are there are linked again, each to its own, and the others are made', async () => {
    const world = await withOldCases(6);
    await world.cycle();
    const before = new Map([...world.store.state.links.values()].map(({ value }) => [value.record, value.issueKey]));
    expect(before.size).toBe(6);
    const again = await createWorld(planOf(supportCases({ create: since })), workflow);
    const { store } = again.deps;
    const [, second] = before.keys();
    const ofSecond = [...world.jira.issuesNow.values()].find(({ key }) => key === before.get(second!))!;
    world.jira.remove(ofSecond.id);
    const deps = { ...world.deps, store };
    for (let cycles = 0; cycles < 3; cycles++) {
      again.advance(5 * minute);
      world.advance(5 * minute);
      await runCycle(deps);
    }
    const after = new Map([...again.store.state.links.values()].map(({ value }) => [value.record, value.issueKey]));
    expect(world.jira.issuesNow.size).toBe(6);
    before.delete(second!);
    expect(after.size).toBe(6);
    expect([...after].filter(([record, key]) => before.get(record) === key)).toHaveLength(5);
  });

  it('P7 are looked for one by one where Jira refuses to look for them together', async () => {
    const world = await withOldCases(3);
    const find = world.jira.findByMarkers.bind(world.jira);
    const refused = { system: 'jira', kind: 'refused', code: '400', message: 'too long', fields: [] } as const;
    world.jira.findByMarkers = async claims => {
      if (claims.length > 1) throw new PortError(refused);
      return find(claims);
    };
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(3);
    expect(world.store.state.attention.size).toBe(0);
  });
});
