/** What is left of a system's allowance is left to others, and who asks to wait is waited for (D12, I20, P7). */
import { describe, expect, it } from 'vitest';
import { field, mapping, planOf, supportCases, target, workflow } from '../../test/kit/plan.ts';
import { type Call, createWorld, minute, type World } from '../../test/kit/ports.ts';
import { type Failure, PortError } from '../ports.ts';
import { refreshLink, runCycle } from './index.ts';

async function withCases(count: number, limits = {}): Promise<World> {
  const world = await createWorld(planOf(supportCases()), workflow, limits);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (let index = 0; index < count; index++) newCase(world, account);
  return world;
}
const newCase = (world: World, account: string) =>
  world.salesforce.create('Case', { Subject: 'Printer', Origin: 'Phone', Priority: 'High', AccountId: account });
const linkOf = (world: World) => [...world.store.state.links.values()][0]!.value;
const outward = (calls: readonly Call[]) => calls.filter(({ system }) => system === 'jira' || system === 'salesforce');

describe('the reserve of the org’s daily calls', () => {
  it('D12 ends a run at its checkpoint, keeps the next ones from beginning, and lets all go on afterwards', async () => {
    const world = await withCases(5);
    world.salesforce.allowance = { left: 1_400, of: 15_000 };
    world.advance(5 * minute);
    const report = await runCycle(world.deps);
    expect(report?.failure).toContain('left to its other integrations');
    expect(world.jira.issuesNow.size).toBe(0);

    world.calls.length = 0;
    for (let cycles = 0; cycles < 5; cycles++) await world.cycle();
    expect(outward(world.calls)).toEqual([]);

    world.salesforce.allowance = { left: 15_000, of: 15_000 };
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(world.jira.issuesNow.size).toBe(5);
  });

  it('leaves what an event told to a later cycle, and nothing is lost of it', async () => {
    const world = await withCases(1);
    await world.cycle();
    world.salesforce.allowance = { left: 100, of: 15_000 };
    await world.cycle();
    world.jira.edit(linkOf(world).issueId, { customfield_1: 'toner' });
    await world.event(linkOf(world).issueId);
    expect(world.salesforce.read(linkOf(world).record, 'Notes__c')).toBeNull();
    world.salesforce.allowance = { left: 14_000, of: 15_000 };
    for (let cycles = 0; cycles < 7; cycles++) await world.cycle();
    expect(world.salesforce.read(linkOf(world).record, 'Notes__c')).toBe('toner');
  });

  it('is there for people: a refresh goes on within it', async () => {
    const world = await withCases(1);
    await world.cycle();
    world.salesforce.allowance = { left: 100, of: 15_000 };
    await world.cycle();
    world.salesforce.edit(linkOf(world).record, { Subject: 'Now' });
    expect(await refreshLink(world.deps, 'support-cases', linkOf(world).issueId)).toMatchObject({ ok: true });
    expect([...world.jira.issuesNow.values()][0]?.fields.summary).toBe('Now');
  });

  it('ends a run in the midst of its work once Jira’s points of the hour are nearly used', async () => {
    const world = await withCases(30, { page: 10, lanes: 1 });
    world.jira.allowance = { left: 60_000, of: 65_000 };
    world.advance(5 * minute);
    let made = 0;
    const report = await runCycle(
      world.faulty(({ name }) => {
        if (name === 'create' && ++made === 12)
          world.jira.allowance = { left: 3_000, of: 65_000, resetsInMs: 7 * minute };
        return undefined;
      }),
    );
    expect(report?.failure).toContain('points of the hour');
    expect(world.jira.issuesNow.size).toBe(12);
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(12);
    world.jira.allowance = { left: 65_000, of: 65_000 };
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(world.jira.issuesNow.size).toBe(30);
  });
});

const refusing = (world: World, failure: Partial<Failure>, when: (call: Call) => boolean) => {
  const error = new PortError({
    system: 'jira',
    kind: 'limited',
    code: '429',
    message: 'wait',
    fields: [],
    ...failure,
  });
  return world.faulty(call => {
    if (when(call)) throw error;
    return undefined;
  });
};

describe('a system that asks to wait', () => {
  it('is not asked again before its time, and then the run goes on without waiting for the next cycle', async () => {
    const world = await withCases(3);
    world.advance(5 * minute);
    await runCycle(refusing(world, { retryAfterMs: 40_000 }, ({ name }) => name === 'create'));
    world.calls.length = 0;
    world.advance(20_000);
    await world.jobs();
    await runCycle(world.deps);
    expect(outward(world.calls)).toEqual([]);
    world.advance(21_000);
    await world.jobs();
    expect(world.jira.issuesNow.size).toBe(3);
  });

  it('P7 delays nothing else when it is one issue that takes no more writes, or one record that is locked', async () => {
    const world = await withCases(3, { lanes: 1 });
    await world.cycle();
    const [first, ...others] = [...world.store.state.links.values()].map(({ value }) => value);
    for (const { value } of world.store.state.links.values()) {
      world.salesforce.edit(value.record, { Subject: 'Changed' });
      world.jira.edit(value.issueId, { customfield_1: 'toner' });
      await world.store.addDirty([value.issueId]);
    }
    const locked = {
      system: 'salesforce',
      kind: 'busy',
      code: 'UNABLE_TO_LOCK_ROW',
      message: 'locked',
      fields: [],
    } as const;
    world.salesforce.refusing.set(first!.record, locked);
    world.advance(5 * minute);
    let updates = 0;
    await runCycle(
      refusing(
        world,
        { kind: 'busy' },
        ({ name, system }) => system === 'jira' && name === 'update' && ++updates === 1,
      ),
    );
    const shown = (links: readonly (typeof first)[]) =>
      links.map(link => [
        world.jira.issuesNow.get(link!.issueId)?.fields.summary,
        world.salesforce.read(link!.record, 'Notes__c'),
      ]);
    expect(shown(others)).toEqual([
      ['Changed', 'toner'],
      ['Changed', 'toner'],
    ]);
    world.salesforce.refusing.clear();
    for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
    expect(shown([first])).toEqual([['Changed', 'toner']]);
    expect(world.store.state.attention.size).toBe(0);
  });
});

describe('an item whose fields cannot be read any more', () => {
  const secret = field('Secret__c');
  const broken = supportCases({
    id: 'broken',
    where: undefined as never,
    create: { records: 'all', origin: { file: 'b.bridge', line: 1, column: 1 } },
    mappings: [mapping('salesforce', secret, target('summary'))],
    salesforce: { object: 'Case', label: 'Case', keyPrefix: '500', reads: [secret] },
  });

  it('P7 rests alone and says why, and begins where it stopped once they can be read', async () => {
    const { where: _, ...item } = broken;
    const world = await createWorld(planOf(supportCases(), item), workflow);
    const account = world.salesforce.create('Account', { Rating: 'Cold' });
    world.salesforce.unreadable.add('Secret__c');
    const record = newCase(world, account);
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect([...world.store.state.links.values()].map(({ value }) => value.item)).toEqual(['support-cases']);
    expect([...world.store.state.attention.values()]).toMatchObject([
      { item: 'broken', cause: expect.stringContaining('Secret__c'), remedy: expect.stringContaining('access') },
    ]);
    world.calls.length = 0;
    await world.cycle();
    expect(outward(world.calls).map(({ name }) => name)).toEqual(['query']);

    world.advance(24 * 60 * minute);
    await world.cycle();
    world.salesforce.unreadable.clear();
    world.salesforce.edit(record, { Secret__c: 'Open' });
    for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
    expect([...world.store.state.links.values()].map(({ value }) => value.item)).toEqual(['support-cases', 'broken']);
    expect(world.store.state.attention.size).toBe(0);
  });
});
