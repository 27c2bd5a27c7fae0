/** A person acts exactly between two calls of a run: whichever they are, no edit is lost and the owner's value stands (F15, P2, P3, I7). */
import { describe, expect, it } from 'vitest';
import { normalJira } from '../../compiler/conversion/index.ts';
import { planOf, statusCases, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { runCycle, runIssue } from './index.ts';

const paragraph = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

async function linked(plan = supportCases()) {
  const world = await createWorld(planOf(plan), workflow);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  const record = world.salesforce.create('Case', {
    Subject: 'One',
    Description: 'Before',
    Origin: 'Phone',
    Priority: 'High',
    Status: 'New',
    AccountId: account,
  });
  for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
  const [issue] = [...world.jira.issuesNow.values()];
  return { world, record, issue: issue!.id };
}

/** What both sides have to do when the run begins. */
function prepare({ world, record, issue }: Awaited<ReturnType<typeof linked>>): void {
  world.salesforce.edit(record, { Subject: 'Two', Status: 'Working' });
  world.jira.edit(issue, { customfield_1: 'toner' });
}

interface Shot {
  readonly who: string;
  shoot(world: World, record: string, issue: string): void;
  /** What must be on both sides in the end, or kept as lost in the journal. */
  value: string;
  seen(world: World, record: string, issue: string): readonly unknown[];
}

const text = (world: World, issue: string, field: string) =>
  normalJira(field === 'description' ? 'rich-text' : 'text', world.jira.issuesNow.get(issue)?.fields[field] ?? null);
const shots: readonly Shot[] = [
  {
    who: 'a person in Salesforce edits what Salesforce owns',
    shoot: (world, record) => world.salesforce.edit(record, { Subject: 'Shot' }),
    value: 'Shot',
    seen: (world, record, issue) => [world.salesforce.read(record, 'Subject'), text(world, issue, 'summary')],
  },
  {
    who: 'a person in Jira edits what Jira owns',
    shoot: (world, _, issue) => world.jira.edit(issue, { customfield_1: 'Shot' }),
    value: 'Shot',
    seen: (world, record, issue) => [world.salesforce.read(record, 'Notes__c'), text(world, issue, 'customfield_1')],
  },
  {
    who: 'a person in Salesforce edits what both own',
    shoot: (world, record) => world.salesforce.edit(record, { Description: 'Shot' }),
    value: 'Shot',
    seen: (world, record, issue) => [
      world.salesforce.read(record, 'Description'),
      plain(text(world, issue, 'description')),
    ],
  },
  {
    who: 'a person in Jira edits what both own',
    shoot: (world, _, issue) => world.jira.edit(issue, { description: paragraph('Shot') }),
    value: 'Shot',
    seen: (world, record, issue) => [
      world.salesforce.read(record, 'Description'),
      plain(text(world, issue, 'description')),
    ],
  },
];
const plain = (value: unknown): string => JSON.stringify(value).match(/"text":"([^"]*)"/)?.[1] ?? String(value);

async function callsOf(plan = supportCases()): Promise<number> {
  const start = await linked(plan);
  prepare(start);
  start.world.advance(5 * minute);
  start.world.calls.length = 0;
  await runCycle(start.world.deps);
  return start.world.calls.length;
}

describe('between any two calls of a cycle', () => {
  it.each(shots)('P2 P3 $who: it is on both sides in the end', async ({ shoot, value, seen }) => {
    const count = await callsOf();
    expect(count).toBeGreaterThan(15);
    for (let at = 1; at <= count; at++) {
      const start = await linked();
      const { world, record, issue } = start;
      prepare(start);
      world.advance(5 * minute);
      await runCycle(
        world.faulty((_, nth) => {
          if (nth === at) shoot(world, record, issue);
          return undefined;
        }),
      );
      await world.event(issue);
      for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
      expect([at, ...seen(world, record, issue)]).toEqual([at, value, value]);
    }
  });

  it('P2 a person’s edit in Jira that our own write covers is not lost: it is on both sides, or the journal holds it', async () => {
    const count = await callsOf();
    for (let at = 1; at <= count; at++) {
      const start = await linked();
      const { world, record, issue } = start;
      prepare(start);
      world.salesforce.edit(record, { Description: 'From Salesforce' });
      world.advance(5 * minute);
      await runCycle(
        world.faulty((_, nth) => {
          if (nth === at) world.jira.edit(issue, { description: paragraph('Shot') });
          return undefined;
        }),
      );
      await world.event(issue);
      for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
      const inSalesforce = world.salesforce.read(record, 'Description');
      const inJira = plain(text(world, issue, 'description'));
      expect([at, inSalesforce]).toEqual([at, inJira]);
      const kept = world.store.state.journal.some(({ lost }) => JSON.stringify(lost ?? null).includes('Shot'));
      expect([at, inJira, kept || inJira === 'Shot']).toEqual([at, inJira, true]);
    }
  });

  it('P2 a person’s edit in Salesforce that our own write covers is not lost either', async () => {
    const inJira = ({ world, issue }: Awaited<ReturnType<typeof linked>>) =>
      world.jira.edit(issue, { description: paragraph('From Jira') });
    const first = await linked();
    inJira(first);
    first.world.calls.length = 0;
    await runIssue(first.world.deps, first.issue);
    const count = first.world.calls.length;
    expect(count).toBeGreaterThan(10);
    for (let at = 1; at <= count; at++) {
      const start = await linked();
      const { world, record, issue } = start;
      inJira(start);
      await world.advance(minute);
      await runIssue(
        world.faulty((_, nth) => {
          if (nth === at) world.salesforce.edit(record, { Description: 'Shot' });
          return undefined;
        }),
        issue,
      );
      for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
      const inSalesforce = world.salesforce.read(record, 'Description');
      expect([at, inSalesforce]).toEqual([at, plain(text(world, issue, 'description'))]);
      const kept = world.store.state.journal.some(({ lost }) => JSON.stringify(lost ?? null).includes('Shot'));
      expect([at, inSalesforce, kept || inSalesforce === 'Shot']).toEqual([at, inSalesforce, true]);
    }
  });

  it('P2 P3 the same for statuses of both sides: the later one stands', async () => {
    const count = await callsOf(statusCases());
    for (let at = 1; at <= count; at++) {
      const start = await linked(statusCases());
      const { world, record, issue } = start;
      prepare(start);
      world.advance(5 * minute);
      await runCycle(
        world.faulty((_, nth) => {
          if (nth === at) world.jira.move(issue, 'Done');
          return undefined;
        }),
      );
      await world.event(issue);
      for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
      const { name: status } = world.jira.issuesNow.get(issue)!.fields.status as { name: string };
      const pair = `${String(world.salesforce.read(record, 'Status'))} ${status}`;
      const kept = world.store.state.journal.some(({ lost }) => String(lost).includes('Done'));
      expect([at, pair]).toEqual([at, pair === 'Working In Progress' && kept ? pair : 'Closed Done']);
    }
  });
});
