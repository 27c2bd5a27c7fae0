/** A linked case of which both sides can be edited, and what a test of lost answers and late holders asks of it. */
import { expect } from 'vitest';
import { planOf, statusCases, workflow } from './plan.ts';
import { type Call, createWorld, type World } from './ports.ts';

export const richText = (words: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});

export interface Linked {
  readonly world: World;
  readonly record: string;
  readonly issue: string;
}

/** Every kind of field, and the status, says `Before` or the first that there is. */
export async function linkedCase(): Promise<Linked> {
  const world = await createWorld(planOf(statusCases()), workflow);
  const record = world.salesforce.create('Case', {
    Subject: 'Before',
    Description: 'Before',
    Priority: 'High',
    Status: 'New',
    Origin: 'Phone',
  });
  for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
  return { world, record, issue: [...world.jira.issuesNow.keys()][0]! };
}

/** P4: nothing waits, and one more cycle writes nothing. */
export async function expectQuiet({ store, calls, cycle }: World, about: unknown): Promise<void> {
  expect([about, store.state.attention.size, store.state.dirty.size]).toEqual([about, 0, 0]);
  calls.length = 0;
  await cycle();
  const wrote = ({ system, name }: Call) => system !== 'store' && /^(create|update|transition)$/.test(name);
  expect([about, calls.filter(wrote)]).toEqual([about, []]);
}
