import { describe, expect, it } from 'vitest';
import type { GuardPlan } from '../../compiler/plan/ir.ts';
import { planOf, statuses, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, type World } from '../../test/kit/ports.ts';

/** Four linked issues, and then a program that would move each of them. */
async function changed(guard?: GuardPlan): Promise<World> {
  const world = await createWorld(planOf(supportCases()), workflow);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (const Subject of ['a', 'b', 'c', 'd']) world.salesforce.create('Case', { Subject, AccountId: account });
  for (let settle = 0; settle < 3; settle++) await world.cycle();
  const { rules } = supportCases();
  const moving = supportCases({ rules: { ...rules!, otherwise: { ...rules!.otherwise, moveTo: statuses['To Do'] } } });
  await world.program(guard === undefined ? planOf(moving) : { ...planOf(moving), guard });
  await world.cycle();
  return world;
}
const statusesOf = (world: World) =>
  [...new Set([...world.jira.issuesNow.values()].map(({ fields }) => (fields.status as { name: string }).name))].sort();

describe('the guard before the first work of a changed program', () => {
  it('lets a small change through', async () => {
    expect(statusesOf(await changed())).toEqual(['To Do']);
    expect(statusesOf(await changed({ links: 4, share: 0 }))).toEqual(['To Do']);
    expect(statusesOf(await changed({ links: 3, share: 100 }))).toEqual(['To Do']);
  });
  it('goes by the limits that the configuration sets', async () => {
    const world = await changed({ links: 3, share: 99 });
    expect(statusesOf(world)).toEqual(['In Progress']);
    const causes = [...world.store.state.attention.values()].map(entry => JSON.stringify(entry));
    expect(causes.join()).toMatch(/would move or blank 4 of 4 links/);
  });
});
