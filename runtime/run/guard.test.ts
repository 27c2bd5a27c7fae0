/** A changed program that would go too far rests until a person has said that it is meant. */
import { describe, expect, it } from 'vitest';
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { field, is, planOf, rating, statuses, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';

const movingAll: Partial<ItemPlan> = {
  rules: {
    branches: [],
    otherwise: { moveTo: statuses.Done, origin: { file: 'support-cases.bridge', line: 31, column: 3 } },
  },
};

async function withLinks(count: number, description: string | null = 'Text'): Promise<World> {
  const world = await createWorld(planOf(supportCases()), workflow);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (let index = 0; index < count; index++) {
    world.salesforce.create('Case', {
      Subject: `Case ${index}`,
      Description: description,
      Origin: 'Phone',
      Priority: 'High',
      AccountId: account,
    });
  }
  await world.cycle();
  expect(world.store.state.links.size).toBe(count);
  return world;
}

const movedTo = (world: World, status: string) =>
  [...world.jira.issuesNow.values()].filter(({ fields }) => (fields.status as { name: string }).name === status).length;
const guarding = (world: World) => world.store.state.attention.get('support-cases#guard');
const emptied = field('SuppliedName');

describe('the first run after a program change', () => {
  it('rests an item whose every issue would be moved, names the clause, and writes nothing', async () => {
    const world = await withLinks(60);
    await world.program(planOf(supportCases(movingAll)));
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(0);
    expect(guarding(world)).toMatchObject({
      cause: expect.stringMatching(/would move or blank 60 of 60 links, most of them by support-cases\.bridge:31/),
      remedy: expect.stringContaining('Resume'),
    });
    expect([...world.store.state.paused.keys()]).toEqual(['support-cases']);
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(0);
  });

  it('rests an item that would empty a field on most issues', async () => {
    const world = await withLinks(60);
    const plan = supportCases();
    const mappings = plan.mappings.map(mapping =>
      mapping.id === 'description'
        ? { ...mapping, owner: 'salesforce' as const, source: { kind: 'field' as const, field: emptied } }
        : mapping,
    );
    const { reads } = plan.salesforce;
    await world.program(planOf({ ...plan, mappings, salesforce: { ...plan.salesforce, reads: [...reads, emptied] } }));
    await world.cycle();
    expect(guarding(world)?.cause).toContain('support-cases.bridge:10');
    expect([...world.jira.issuesNow.values()].every(({ fields }) => fields.description !== null)).toBe(true);
  });

  it.each([
    ['fifty links, all of them', 50, 50],
    ['a hundred and ten links, half of them', 110, 110],
  ])('goes on with %s only as far as both bounds allow', async (_, count, expected) => {
    const world = await withLinks(count);
    await world.program(planOf(supportCases(movingAll)));
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(count > 50 ? 0 : expected);
  });

  it('goes on where under a third of the links is concerned', async () => {
    const world = await withLinks(180);
    const hot = world.salesforce.create('Account', { Rating: 'Warm' });
    for (const { value } of [...world.store.state.links.values()].slice(0, 53))
      world.salesforce.edit(value.record, { AccountId: hot });
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    const plan = supportCases();
    const [branch] = plan.rules!.branches;
    const warm = { ...branch!, when: is(rating, 'Warm') };
    await world.program(planOf({ ...plan, rules: { ...plan.rules!, branches: [branch!, warm] } }));
    await world.cycle();
    expect(guarding(world)).toBeUndefined();
    expect(movedTo(world, 'Done')).toBe(53);
  });

  it('goes on with what a person resumed, and asks again for the next version', async () => {
    const world = await withLinks(60);
    await world.program(planOf(supportCases(movingAll)));
    await world.cycle();
    world.store.state.paused.clear();
    await world.store.saveActivation({ ...(await world.store.activation('support-cases'))!, allowed: 2 });
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(60);
    await world.program(planOf(supportCases()));
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(60);
    expect(guarding(world)).toBeDefined();
  });

  it('also looks at an item that got another id along with another meaning', async () => {
    const world = await withLinks(60);
    await world.program(planOf(supportCases({ ...movingAll, id: 'renamed', was: 'support-cases' })));
    await world.cycle();
    expect(movedTo(world, 'Done')).toBe(0);
    expect([...world.store.state.paused.keys()]).toEqual(['renamed']);
  });

  it.each<[string, (plan: ItemPlan) => Partial<ItemPlan>]>([
    ['places in the text', ({ origin }) => ({ origin: { ...origin, line: 99 } })],
    ['the order of mappings', ({ mappings }) => ({ mappings: mappings.toReversed() })],
    ['what the item was called before', () => ({ was: 'older-cases' })],
  ])('does not look at all where only %s changed', async (_, change) => {
    const world = await withLinks(60);
    world.advance(60 * minute);
    for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
    const plan = supportCases();
    await world.program(planOf({ ...plan, ...change(plan) }));
    world.calls.length = 0;
    await world.cycle();
    expect(world.calls.filter(({ system }) => system === 'jira')).toEqual([]);
  });
});
