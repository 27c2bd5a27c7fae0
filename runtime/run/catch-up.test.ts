/** After a program changed everything that it relates is looked at again, in slices that follow each other (I25, I19, P6). */
import { describe, expect, it } from 'vitest';
import { mapping, origin, planOf, subject, supportCases, target, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { catchUpSize } from './catch-up.ts';
import { runCycle } from './index.ts';

const first = supportCases({ mappings: [mapping('salesforce', subject, target('summary'))] });
const second = supportCases({
  mappings: [mapping('salesforce', subject, target('summary')), mapping('salesforce', origin, target('customfield_9'))],
});

async function withLinks(count: number): Promise<World> {
  const world = await createWorld(planOf(first), workflow);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (let index = 0; index < count; index++)
    world.salesforce.create('Case', { Subject: `Case ${index}`, Origin: 'Phone', AccountId: account });
  for (let cycles = 0; cycles < 4; cycles++) await world.cycle();
  expect(world.store.state.links.size).toBe(count);
  world.advance(60 * minute);
  return world;
}
const followed = (world: World) =>
  [...world.jira.issuesNow.values()].filter(({ fields }) => fields.customfield_9 === 'Phone').length;

describe('a changed program', () => {
  it('I25 goes through all links, a slice a cycle, one right after the other, and looks at each once', async () => {
    const count = catchUpSize + 300;
    const world = await withLinks(count);
    await world.program(planOf(second));
    world.calls.length = 0;
    world.advance(5 * minute);
    await runCycle(world.deps);
    expect(followed(world)).toBe(catchUpSize);
    // Not five minutes later: by a job of its own.
    await world.jobs();
    expect(followed(world)).toBe(count);
    const reads = world.calls.filter(({ system, name }) => system === 'jira' && name === 'issues');
    // The guard looked at a sample of two thousand before.
    expect(reads).toHaveLength(20 + Math.ceil(count / 100));
    expect((await world.store.activation('support-cases'))?.caughtUp).toBe(2);
    world.calls.length = 0;
    await world.cycle();
    expect(world.calls.filter(({ system }) => system === 'jira')).toEqual([]);
  }, 60_000);

  it('I9 goes on from where a run died or was stopped', async () => {
    const world = await withLinks(260);
    await world.program(planOf(second));
    world.advance(5 * minute);
    let updates = 0;
    await runCycle(
      world.faulty(({ name, system }) =>
        system === 'jira' && name === 'update' && ++updates === 120 ? 'kill-before' : undefined,
      ),
    ).catch(() => {});
    world.advance(6 * minute);
    await runCycle(
      world.faulty(({ name, system }) => (system === 'jira' && name === 'update' ? 'unavailable' : undefined)),
    );
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(followed(world)).toBe(260);
    expect((await world.store.activation('support-cases'))?.caughtUp).toBe(2);
  });

  it('P6 makes issues for older records that the wider item covers, however many there are', async () => {
    const world = await createWorld(
      planOf(supportCases({ ...first, where: { kind: 'is-empty', field: origin, negated: false } })),
      workflow,
    );
    const account = world.salesforce.create('Account', { Rating: 'Cold' });
    for (let index = 0; index < catchUpSize + 50; index++)
      world.salesforce.create('Case', { Subject: `Case ${index}`, Origin: 'Phone', AccountId: account });
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(world.jira.issuesNow.size).toBe(0);
    world.advance(60 * minute);
    await world.program(planOf(first));
    await world.cycle();
    await world.jobs();
    expect(world.jira.issuesNow.size).toBe(catchUpSize + 50);
  }, 60_000);
});
