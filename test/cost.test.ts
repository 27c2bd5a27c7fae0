/** The compiler's reckoning of calls against the engine's own: what a change really costs is never more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeKind, costingOf, costOf, priceOf } from '../compiler/plan/cost.ts';
import type { ItemPlan } from '../compiler/plan/ir.ts';
import { mapping, notes, planOf, statusCases, subject, supportCases, target, workflow } from './kit/plan.ts';
import { createWorld, minute, type World } from './kit/ports.ts';
import { paragraphs } from './kit/scenario.ts';

/** Points of Jira by the port's calls: one, and one for each issue, two for each person that comes back. */
const points: Readonly<Record<string, number>> = {
  issues: 2,
  create: 1,
  update: 1,
  transitions: 1,
  transition: 1,
  changes: 1,
  self: 3,
  siteUrl: 1,
  comments: 1,
  addComment: 1,
  editComment: 1,
  userByEmail: 3,
};

/** What the bridge spent until it came to rest, without the query that every cycle asks anyway. */
async function spentOn(world: World, work: () => Promise<unknown>): Promise<{ calls: number; points: number }> {
  world.calls.length = 0;
  await work();
  let calls = 0;
  let spent = 0;
  for (const { system, name, cost } of world.calls) {
    if (system === 'salesforce') calls += cost;
    // Once an hour Jira is searched for lost events, whatever changed.
    if (system === 'jira' && name !== 'search') spent += points[name] ?? fail(name);
  }
  return { calls, points: spent };
}
const fail = (name: string): never => {
  throw new Error(`no points are known for ${name}`);
};

/** `cycles` that are due anyway cost one call each. */
async function settle(world: World, cycles: number): Promise<void> {
  for (let n = 0; n < cycles; n++) await world.cycle();
}

const on = { on: true, internal: false, published: false };
const one: readonly (readonly [string, ItemPlan])[] = [
  ['a rule', supportCases()],
  ['status sync', statusCases()],
  ['comments', supportCases({ comments: on })],
  ['a constant direction', plain('salesforce')],
  ['the other direction', plain('jira')],
  ['no fields', { ...supportCases({ mappings: [] }), create: { records: 'all' } }],
];
function plain(owner: 'salesforce' | 'jira'): ItemPlan {
  const { rules: _, ...rest } = supportCases();
  const field = owner === 'salesforce' ? subject : notes;
  const to = target('summary', 'text', { length: 255 });
  return { ...rest, mappings: [mapping(owner, field, to)] };
}

describe('the cost that the compiler names', () => {
  it.each(one)('covers what a new record, a changed one and a changed issue take: %s', async (_, plan) => {
    const costing = costingOf(plan);
    const world = await createWorld(planOf(plan), workflow);
    const expectWithin = (kind: ChangeKind, spent: { calls: number; points: number }, cycles: number) => {
      const price = priceOf(costing, kind);
      expect([kind, spent.calls - cycles <= price.calls, spent.points <= price.points, spent, price]).toEqual([
        kind,
        true,
        true,
        spent,
        price,
      ]);
    };
    const account = world.salesforce.create('Account', { Rating: 'Cold' });
    const record = world.salesforce.create('Case', {
      ...{ Subject: 'Printer', Description: 'Text', Priority: 'High', Origin: 'Phone', Status: 'New' },
      AccountId: account,
    });
    expectWithin('created', await spentOn(world, () => settle(world, 3)), 3);
    await settle(world, 3);
    const issue = [...world.jira.issuesNow.keys()][0]!;

    world.salesforce.edit(record, { Subject: 'New', Description: 'Other', Priority: 'Low', Status: 'Closed' });
    world.salesforce.edit(account, { Rating: 'Hot' });
    expectWithin('record', await spentOn(world, () => settle(world, 3)), 3);
    await settle(world, 3);

    world.jira.edit(issue, { summary: 'Mine', description: null, priority: { name: 'Medium' }, customfield_1: 'note' });
    world.jira.move(issue, 'To Do');
    world.advance(minute);
    const edited = async () => {
      await world.event(issue);
      await settle(world, 3);
    };
    expectWithin('issue', await spentOn(world, edited), 3);
    await settle(world, 3);

    if (!plan.comments.on) return;
    world.salesforce.create('CaseComment', { ParentId: record, CommentBody: 'From there', IsPublished: true });
    expectWithin('record', await spentOn(world, () => settle(world, 3)), 3);
    world.jira.comment(issue, { body: paragraphs('From here') });
    expectWithin('issue', await spentOn(world, edited), 3);
  });

  it('is the calls of an idle cycle, whatever the items share', async () => {
    const item = fc.record({
      object: fc.constantFrom('Case', 'Account', 'Contact', 'Lead', 'Task', 'Order'),
      comments: fc.boolean(),
      attachments: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 8 }), async some => {
        const items = some.map(
          ({ object, comments, attachments }, n): ItemPlan => ({
            ...supportCases({ attachments, comments: { ...on, on: comments } }),
            id: `item-${n}`,
            salesforce: { object, label: object, keyPrefix: null, reads: [subject] },
          }),
        );
        const world = await createWorld(planOf(...items), workflow);
        await settle(world, 3);
        const { calls, points: spent } = await spentOn(world, () => world.cycle());
        expect([calls, spent]).toEqual([costOf(items.map(costingOf)).callsPerCycle, 0]);
      }),
      { numRuns: 40 },
    );
  });
});
