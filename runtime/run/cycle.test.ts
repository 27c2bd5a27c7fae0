import { describe, expect, it } from 'vitest';
import { planOf, statusCases, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { PortError } from '../ports.ts';
import { runCycle } from './index.ts';

const writes = new Set(['create', 'update', 'transition']);
const writesIn = (world: World): readonly string[] =>
  world.calls
    .filter(({ system, name }) => (system === 'jira' || system === 'salesforce') && writes.has(name))
    .map(({ system, name }) => `${system} ${name}`);

/** What the bridge did while the work ran. */
async function during(world: World, work: () => Promise<void>): Promise<readonly string[]> {
  world.calls.length = 0;
  await work();
  return writesIn(world);
}

const only = (world: World) => [...world.jira.issuesNow.values()][0]!;
const adfText = (document: unknown): string => JSON.stringify(document ?? null);
const statusOf = (world: World): string => (only(world).fields.status as { name: string }).name;

async function hotCase(world: World): Promise<string> {
  const account = world.salesforce.create('Account', { Name: 'Acme', Rating: 'Hot' });
  return world.salesforce.create('Case', {
    Subject: 'Printer on fire',
    Description: 'It burns.',
    Priority: 'High',
    Origin: 'Phone',
    Status: 'New',
    AccountId: account,
  });
}

async function linked(plan = supportCases()): Promise<{ world: World; record: string; issue: string }> {
  const world = await createWorld(planOf(plan), workflow);
  const record = await hotCase(world);
  await world.cycle();
  return { world, record, issue: only(world).id };
}

describe('a cycle', () => {
  it('S-3 turns a new record into one issue with its fields, constants and the rule’s status', async () => {
    const { world, record } = await linked();
    expect(world.jira.issuesNow.size).toBe(1);
    const { fields } = only(world);
    expect(fields).toMatchObject({
      summary: 'Printer on fire',
      priority: { name: 'Highest' },
      labels: ['from-salesforce'],
    });
    expect(adfText(fields.description)).toContain('It burns.');
    expect(statusOf(world)).toBe('Done');
    const [link] = [...world.store.state.links.values()];
    expect(link?.value).toMatchObject({ record, managed: 'auto', issueKey: 'SUP-1', lastOutcome: { kind: 'ok' } });
    expect(world.store.state.claims.size).toBe(0);
    expect((await world.store.runs(1))[0]?.items['support-cases']).toMatchObject({ created: 1, moved: 1, failed: 0 });
  });

  it('writes nothing the second time, and nothing ever after', async () => {
    const { world } = await linked();
    for (let cycles = 0; cycles < 4; cycles++) expect(await during(world, () => world.cycle())).toEqual([]);
  });

  it('costs one Salesforce call, no Jira call and the same store calls, however many links there are', async () => {
    const costs: Record<string, number>[] = [];
    for (const cases of [1, 30]) {
      const world = await createWorld(planOf(supportCases()), workflow);
      for (let index = 0; index < cases; index++) await hotCase(world);
      await world.cycle();
      for (let settle = 0; settle < 4; settle++) await world.cycle();
      await during(world, () => world.cycle());
      const by = Object.groupBy(world.calls, ({ system }) => system);
      costs.push(
        Object.fromEntries(
          Object.entries(by).map(([system, calls]) => [system, calls!.reduce((sum, { cost }) => sum + cost, 0)]),
        ),
      );
      expect(world.jira.issuesNow.size).toBe(cases);
    }
    expect(costs[0]).toMatchObject({ salesforce: 1 });
    expect(costs[0]).not.toHaveProperty('jira');
    expect(costs[1]).toEqual(costs[0]);
  });

  it('leaves records alone that are older than the item, and those that its `where` refuses', async () => {
    const world = await createWorld(planOf(supportCases()), workflow);
    await world.program(planOf(supportCases({ id: 'later' })));
    world.salesforce.create('Case', { Subject: 'From the web', Origin: 'web' });
    world.advance(-10 * minute);
    world.salesforce.create('Case', { Subject: 'From before', Origin: 'Phone' });
    world.advance(10 * minute);
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(0);
  });

  it('S-3 creates for a record that begins to match later, and backfills as far as `since` says', async () => {
    const plan = supportCases({ create: { records: 'matching', since: '2026-01-01' } });
    const world = await createWorld(planOf(plan), workflow);
    world.advance(-60 * minute);
    const cold = world.salesforce.create('Account', { Name: 'Cold', Rating: 'Cold' });
    world.salesforce.create('Case', { Subject: 'Not yet', Origin: 'Phone', AccountId: cold });
    await hotCase(world);
    world.advance(60 * minute);
    await world.cycle();
    expect([...world.jira.issuesNow.values()].map(({ fields }) => fields.summary)).toEqual(['Printer on fire']);
    world.advance(60 * minute);
    world.salesforce.edit(cold, { Rating: 'Hot' });
    await world.cycle();
    expect([...world.jira.issuesNow.values()].map(({ fields }) => fields.summary)).toContain('Not yet');
  });

  it('S-6 follows the account’s rating when only the account changed', async () => {
    const { world, record } = await linked();
    world.advance(60 * minute);
    world.salesforce.edit(String(world.salesforce.read(record, 'AccountId')), { Rating: 'Cold' });
    await world.cycle();
    expect(statusOf(world)).toBe('In Progress');
  });

  it('S-1 carries a change of Salesforce into Jira in one PUT', async () => {
    const { world, record } = await linked();
    world.salesforce.edit(record, { Subject: 'Still on fire', Priority: 'Low', Description: 'And smoke.' });
    expect(await during(world, () => world.cycle())).toEqual(['jira update']);
    expect(only(world).fields).toMatchObject({ summary: 'Still on fire', priority: { name: 'Low' } });
    expect(adfText(only(world).fields.description)).toContain('And smoke.');
  });

  it('puts an edit of a Salesforce-owned field back at the next cycle, not by the event', async () => {
    const { world, record, issue } = await linked();
    world.jira.edit(issue, { summary: 'Mine' });
    expect(await during(world, () => world.event(issue))).toEqual([]);
    expect(only(world).fields.summary).toBe('Mine');
    expect(await during(world, () => world.cycle())).toEqual(['jira update']);
    expect(only(world).fields.summary).toBe('Printer on fire');
    expect(world.salesforce.read(record, 'Subject')).toBe('Printer on fire');
    expect(await during(world, () => world.cycle())).toEqual([]);
  });

  it('puts an edit of a Jira-owned field back in Salesforce', async () => {
    const { world, record, issue } = await linked();
    world.jira.edit(issue, { customfield_1: 'replaced the fuser' });
    await world.event(issue);
    world.salesforce.edit(record, { Notes__c: 'somebody else' });
    expect(await during(world, () => world.cycle())).toEqual(['salesforce update']);
    expect(world.salesforce.read(record, 'Notes__c')).toBe('replaced the fuser');
  });

  it('S-7 puts a person’s move back by rule at the next cycle, and says so', async () => {
    const { world, issue } = await linked();
    world.jira.move(issue, 'In Progress');
    await world.event(issue);
    expect(statusOf(world)).toBe('In Progress');
    await world.cycle();
    expect(statusOf(world)).toBe('Done');
    expect((await world.store.journal(1))[0]).toMatchObject({
      outcome: 'moved',
      reason: expect.stringContaining('put back by rule'),
      source: 'support-cases.bridge:30',
    });
  });

  it('S-7 records a move that Jira does not offer as blocked, once, and tries again when the record changes', async () => {
    const { world, record, issue } = await linked();
    world.salesforce.edit(String(world.salesforce.read(record, 'AccountId')), { Rating: 'Cold' });
    world.jira.move(issue, 'Done');
    const stuck = {
      ...supportCases(),
      rules: {
        branches: [],
        otherwise: { moveTo: { id: '1', name: 'To Do' }, origin: { file: 'a', line: 1, column: 1 } },
      },
    };
    await world.program(planOf(stuck));
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    const blocked = world.store.state.journal.filter(({ outcome }) => outcome === 'blocked');
    expect(blocked).toHaveLength(1);
    expect(blocked[0]?.reason).toContain('Jira offers no transition from “Done” to “To Do”, only to “In Progress”');
    expect([...world.store.state.links.values()][0]?.value.lastOutcome?.kind).toBe('blocked');
    expect(await during(world, () => world.cycle())).toEqual([]);
    world.jira.move(issue, 'In Progress');
    world.salesforce.edit(record, { Subject: 'Changed' });
    await world.cycle();
    expect(statusOf(world)).toBe('To Do');
  });

  it('lets one poison record wait with growing delays while the rest go on', async () => {
    const { world, issue } = await linked();
    const other = await hotCase(world);
    await world.cycle();
    world.jira.refusing.set(
      'customfield_1',
      new PortError({
        system: 'jira',
        kind: 'refused',
        code: '400',
        message: 'is not on the screen',
        fields: ['customfield_1'],
      }),
    );
    world.jira.refusing.set(
      'summary',
      new PortError({ system: 'jira', kind: 'refused', code: '400', message: 'is not allowed', fields: ['summary'] }),
    );
    const [first] = [...world.store.state.links.values()].filter(({ value }) => value.issueId === issue);
    world.salesforce.edit(first!.value.record, { Subject: 'Poison', Priority: 'Low' });
    world.salesforce.edit(other, { Priority: 'Medium' });
    await world.cycle();
    const issues = [...world.jira.issuesNow.values()];
    expect(issues.map(({ fields }) => fields.priority)).toEqual([{ name: 'Low' }, { name: 'Medium' }]);
    expect([...world.store.state.attention.values()]).toMatchObject([
      { record: first!.value.record, cause: expect.stringContaining('is not allowed'), retry: { tries: 1 } },
    ]);
    world.jira.refusing.clear();
    await world.cycle();
    expect(issues[0]?.fields.summary).toBe('Poison');
    expect(world.store.state.attention.size).toBe(0);
  });

  it('stops when a system is away, keeps its place and goes on later', async () => {
    const { world, record } = await linked();
    await hotCase(world);
    world.salesforce.edit(record, { Subject: 'Later' });
    world.advance(5 * minute);
    const report = await runCycle(world.faulty(({ system }) => (system === 'jira' ? 'unavailable' : undefined)));
    expect(report?.failure).toContain('Jira');
    expect(world.jira.issuesNow.size).toBe(1);
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(2);
    expect(only(world).fields.summary).toBe('Later');
  });

  it('never runs twice at once', async () => {
    const world = await createWorld(planOf(supportCases()), workflow);
    for (let index = 0; index < 5; index++) await hotCase(world);
    world.advance(5 * minute);
    await Promise.all([runCycle(world.deps), runCycle(world.deps), runCycle(world.deps)]);
    expect(world.jira.issuesNow.size).toBe(5);
  });

  it('catches links up with a new program without waiting for their records to change', async () => {
    const { world, issue } = await linked();
    world.advance(60 * minute);
    const plan = supportCases();
    await world.program(planOf({ ...plan, rules: { ...plan.rules!, branches: [] } }));
    await world.cycle();
    expect(world.jira.issuesNow.get(issue)?.fields.status).toMatchObject({ name: 'In Progress' });
  });

  it('pauses the link of a deleted record and of a missing issue, and deletes nothing', async () => {
    const { world, record, issue } = await linked();
    const other = await hotCase(world);
    await world.cycle();
    world.salesforce.delete(record);
    const second = [...world.store.state.links.values()].find(({ value }) => value.record === other)!.value.issueId;
    world.jira.remove(second);
    world.salesforce.edit(other, { Subject: 'Gone' });
    await world.cycle();
    const states = [...world.store.state.links.values()].map(({ value }) => value.state);
    expect(states).toMatchObject([
      { kind: 'paused', reason: 'the Salesforce record was deleted' },
      { kind: 'paused', reason: 'the issue is deleted or hidden from the app' },
    ]);
    expect(world.jira.issuesNow.has(issue)).toBe(true);
    expect(await during(world, () => world.cycle())).toEqual([]);
  });

  it('does not create an issue whose required field would be empty, and says what to do', async () => {
    const world = await createWorld(planOf(supportCases()), workflow);
    const record = world.salesforce.create('Case', { Origin: 'Phone' });
    await world.cycle();
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(0);
    expect([...world.store.state.attention.values()]).toMatchObject([
      { record, cause: expect.stringContaining('Subject is empty, and Summary is required') },
    ]);
    expect(world.store.state.journal).toHaveLength(1);
    world.salesforce.edit(record, { Subject: 'Now it has one' });
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(1);
    expect(world.store.state.attention.size).toBe(0);
  });

  it('counts a value that Jira keeps in another form as agreed', async () => {
    const { world, record } = await linked();
    world.jira.reforming.set('summary', value => String(value).slice(0, 10));
    world.salesforce.edit(record, { Subject: 'A subject that is too long for this Jira' });
    await world.cycle();
    expect(only(world).fields.summary).toBe('A subject ');
    world.salesforce.edit(record, { Origin: 'Email' });
    await world.cycle();
    world.jira.edit(only(world).id, { customfield_1: 'x' });
    await world.event(only(world).id);
    await world.cycle();
    expect(
      world.store.state.journal.filter(({ what, outcome }) => what === 'Summary' && outcome === 'written'),
    ).toHaveLength(2);
  });
});

describe('generic status sync', () => {
  it('S-4 starts with Salesforce’s status, then lets the side that changed last win', async () => {
    const { world, record, issue } = await linked(statusCases());
    expect(statusOf(world)).toBe('To Do');
    world.salesforce.edit(record, { Status: 'Working' });
    await world.cycle();
    expect(statusOf(world)).toBe('In Progress');
    world.jira.move(issue, 'Done');
    await world.event(issue);
    expect(world.salesforce.read(record, 'Status')).toBe('Closed');
    expect(await during(world, () => world.cycle())).toEqual([]);

    world.salesforce.edit(record, { Status: 'New' });
    world.advance(minute);
    world.jira.move(issue, 'In Progress');
    await world.event(issue);
    await world.cycle();
    expect([statusOf(world), world.salesforce.read(record, 'Status')]).toEqual(['In Progress', 'Working']);
  });

  it.each(['lost-answer', 'lost-request', 'unavailable'] as const)('tries a move again after %s', async effect => {
    const { world, record } = await linked(statusCases());
    world.salesforce.edit(record, { Status: 'Working' });
    world.advance(5 * minute);
    await runCycle(world.faulty(({ name }) => (name === 'transition' ? effect : undefined)));
    await world.cycle();
    expect(statusOf(world)).toBe('In Progress');
    expect(world.salesforce.read(record, 'Status')).toBe('Working');
    expect(await during(world, () => world.cycle())).toEqual([]);
    expect(world.store.state.attention.size).toBe(0);
  });

  it('S-4 skips a value that has no match, and records it', async () => {
    const { world, record } = await linked(statusCases());
    world.salesforce.edit(record, { Status: 'Escalated' });
    await world.cycle();
    await world.cycle();
    expect(statusOf(world)).toBe('To Do');
    const skipped = world.store.state.journal.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.map(({ reason }) => reason)).toEqual([
      '“Escalated” has no matching Jira status, so the status is not synced',
    ]);
  });
});
