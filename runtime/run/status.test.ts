/** Generic status sync where the two sides do not simply follow each other: refused moves, and our own pushes. */
import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../test/kit/memory-jira.ts';
import { planOf, statusCases } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';

/** To Do leads to In Progress only, and from there on to Done. */
const narrow: Workflow = {
  statuses: [
    { id: '1', name: 'To Do' },
    { id: '2', name: 'In Progress' },
    { id: '3', name: 'Done' },
  ],
  moves: { 'To Do': [{ to: 'In Progress' }], 'In Progress': [{ to: 'Done' }, { to: 'To Do' }], Done: [] },
};

const issueOf = (world: World) => [...world.jira.issuesNow.values()][0]!;
const jiraStatus = (world: World) => (issueOf(world).fields.status as { name: string }).name;
const blocked = (world: World) => world.store.state.journal.filter(({ outcome }) => outcome === 'blocked');

async function newCase(fields: Record<string, unknown> = {}) {
  const world = await createWorld(planOf(statusCases()), narrow);
  const record = world.salesforce.create('Case', { Subject: 'Fire', Origin: 'Phone', Status: 'New', ...fields });
  await world.cycle();
  return { world, record, issue: issueOf(world).id };
}

describe('a move that Jira does not offer', () => {
  it('S-7 is told once, owed, and made when a person brings the issue to where it can be made', async () => {
    const { world, record, issue } = await newCase();
    world.salesforce.edit(record, { Status: 'Closed' });
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    expect(blocked(world)).toHaveLength(1);
    expect(jiraStatus(world)).toBe('To Do');

    // Whatever else changes of the record tries it again, without telling it again.
    world.salesforce.edit(record, { Subject: 'Smoke' });
    await world.cycle();
    expect(blocked(world)).toHaveLength(1);
    expect([...world.store.state.links.values()][0]?.value.lastOutcome?.kind).toBe('blocked');

    world.jira.edit(issue, { customfield_1: 'noted' });
    await world.event(issue);
    await world.cycle();
    expect(world.salesforce.read(record, 'Status')).toBe('Closed');
  });

  it('S-4 gives way when a person moves the issue after it was asked for', async () => {
    const { world, record, issue } = await newCase();
    world.salesforce.edit(record, { Status: 'Closed' });
    await world.cycle();
    world.advance(minute);
    world.jira.move(issue, 'In Progress');
    await world.event(issue);
    await world.cycle();
    expect([jiraStatus(world), world.salesforce.read(record, 'Status')]).toEqual(['In Progress', 'Working']);
    expect(world.store.state.journal.at(-1)).toMatchObject({ outcome: 'written', lost: 'Closed', kept: 'In Progress' });
  });

  it('S-4 of the very first sync also gives way to a person who comes later', async () => {
    const { world, record, issue } = await newCase({ Status: 'Closed' });
    expect(blocked(world)).toHaveLength(1);
    world.advance(minute);
    world.jira.move(issue, 'In Progress');
    await world.event(issue);
    await world.cycle();
    expect([jiraStatus(world), world.salesforce.read(record, 'Status')]).toEqual(['In Progress', 'Working']);
  });
});

describe('both sides moved', () => {
  it('S-4 counts since when a run knows the status of Salesforce, whatever else changed there later', async () => {
    const { world, record, issue } = await newCase();
    world.salesforce.edit(record, { Status: 'Closed' });
    world.advance(minute);
    // The event sees the new status and leaves it to the cycle; its own push moves the record's stamp.
    world.jira.edit(issue, { customfield_1: 'noted' });
    await world.event(issue);
    world.advance(minute);
    world.jira.move(issue, 'In Progress');
    world.advance(minute);
    world.salesforce.edit(record, { Subject: 'Smoke' });
    await world.cycle();
    expect([jiraStatus(world), world.salesforce.read(record, 'Status')]).toEqual(['In Progress', 'Working']);
  });
});
