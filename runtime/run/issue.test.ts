import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { linkRecord, refreshLink, runCycle, runDeleted, runIssue, unlinkRecord } from './index.ts';

const document = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

async function linked(more = {}): Promise<{ world: World; record: string; issue: string }> {
  const world = await createWorld(planOf(supportCases(more)), workflow);
  const account = world.salesforce.create('Account', { Rating: 'Hot' });
  const record = world.salesforce.create('Case', {
    Subject: 'Printer',
    Description: 'Old',
    Priority: 'High',
    Origin: 'Phone',
    AccountId: account,
  });
  await world.cycle();
  return { world, record, issue: [...world.jira.issuesNow.keys()][0]! };
}
const issueNow = (world: World, id: string) => world.jira.issuesNow.get(id)!;

describe('an event of an issue', () => {
  it('S-2 pushes what Jira owns and what both own to Salesforce at once, in one entry', async () => {
    const { world, record, issue } = await linked();
    world.jira.edit(issue, {
      description: document('New'),
      customfield_1: 'fixed',
      priority: { id: '4', name: 'Low' },
    });
    world.calls.length = 0;
    await world.event(issue);
    expect(world.salesforce.read(record, 'Description')).toBe('New');
    expect(world.salesforce.read(record, 'Notes__c')).toBe('fixed');
    expect(world.salesforce.read(record, 'Priority')).toBe('Low');
    const named = world.calls.filter(({ system }) => system === 'salesforce').map(({ name }) => name);
    expect(named).toEqual(['query', 'update']);
    expect(world.calls.filter(({ system, name }) => system === 'jira' && name === 'update')).toEqual([]);
  });

  it('costs one store read and nothing else when the issue is not linked', async () => {
    const { world } = await linked();
    const stranger = world.jira.createIssue({ summary: 'Mine' });
    world.calls.length = 0;
    await runIssue(world.deps, stranger);
    expect(world.calls.map(({ system, name }) => `${system} ${name}`)).toEqual(['store linksOfIssue']);
  });

  it('is made up for by the next cycle when its run dies anywhere', async () => {
    const { world: probe, issue: probed } = await linked();
    probe.jira.edit(probed, { customfield_1: 'fixed' });
    probe.calls.length = 0;
    await runIssue(probe.deps, probed);
    const calls = probe.calls.length;
    for (let at = 1; at <= calls; at++) {
      for (const effect of ['kill-before', 'kill-after'] as const) {
        const { world, record, issue } = await linked();
        world.jira.edit(issue, { customfield_1: 'fixed' });
        await runIssue(
          world.faulty((_, nth) => (nth === at ? effect : undefined)),
          issue,
        ).catch(() => {});
        // Reads come before the mark: an event that dies there is found by the hourly search.
        if (at <= 5 && world.store.state.dirty.size === 0) continue;
        for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
        expect([at, effect, world.salesforce.read(record, 'Notes__c')]).toEqual([at, effect, 'fixed']);
        world.calls.length = 0;
        await world.cycle();
        expect(world.calls.filter(({ name }) => name === 'update')).toEqual([]);
      }
    }
    expect(calls).toBeGreaterThan(8);
  });

  it('S-11 settles a true conflict by the later change and keeps the loser', async () => {
    const { world, record, issue } = await linked();
    world.salesforce.edit(record, { Description: 'From Salesforce' });
    world.advance(minute);
    world.jira.edit(issue, { description: document('From Jira') });
    await world.event(issue);
    await world.cycle();
    expect(world.salesforce.read(record, 'Description')).toBe('From Jira');
    const conflict = world.store.state.journal.find(entry => entry.lost !== undefined);
    expect(conflict).toMatchObject({ lost: 'From Salesforce', side: 'salesforce', what: 'Description' });
    expect(conflict?.reason).toBe('Description was edited on both sides, last in Jira');

    world.jira.edit(issue, { description: document('Jira again') });
    world.advance(minute);
    world.salesforce.edit(record, { Description: 'Salesforce again' });
    await world.event(issue);
    await world.cycle();
    expect(JSON.stringify(issueNow(world, issue).fields.description)).toContain('Salesforce again');
    world.calls.length = 0;
    await world.cycle();
    expect(world.calls.filter(({ name }) => name === 'update')).toEqual([]);
  });

  it('holds both values when the program says so, and asks once', async () => {
    const plan = supportCases();
    const mappings = plan.mappings.map(one =>
      one.id === 'description' ? { ...one, onConflict: 'hold' as const } : one,
    );
    const { world, record, issue } = await linked({ mappings });
    world.salesforce.edit(record, { Description: 'From Salesforce' });
    world.jira.edit(issue, { description: document('From Jira') });
    await world.event(issue);
    await world.cycle();
    await world.cycle();
    expect(world.salesforce.read(record, 'Description')).toBe('From Salesforce');
    expect(JSON.stringify(issueNow(world, issue).fields.description)).toContain('From Jira');
    expect(world.store.state.journal.filter(({ outcome }) => outcome === 'held')).toHaveLength(1);
    expect(world.store.state.attention.size).toBe(1);
  });

  it('does not take its own write for an edit when the answer was lost and Jira changed since', async () => {
    const { world, record, issue } = await linked();
    world.jira.edit(issue, { description: document('First') });
    const lossy = world.faulty(({ name }) => (name === 'update' ? 'lost-answer' : undefined));
    await runIssue(lossy, issue);
    expect(world.salesforce.read(record, 'Description')).toBe('First');
    world.advance(minute);
    world.jira.edit(issue, { description: document('Second') });
    world.advance(minute);
    await world.event(issue);
    await world.cycle();
    expect(world.salesforce.read(record, 'Description')).toBe('Second');
    expect(world.store.state.journal.filter(entry => entry.lost !== undefined)).toEqual([]);
  });

  it('writes a value once to a Salesforce that keeps another form of it', async () => {
    const { world, record, issue } = await linked();
    world.salesforce.reforming.set('Notes__c', value => String(value).toUpperCase());
    world.salesforce.reforming.set('Description', value => String(value).slice(0, 4));
    world.jira.edit(issue, { customfield_1: 'fixed', description: document('A long text') });
    await world.event(issue);
    expect(world.salesforce.read(record, 'Notes__c')).toBe('FIXED');
    world.calls.length = 0;
    for (let cycles = 0; cycles < 3; cycles++) {
      await world.event(issue);
      await world.cycle();
    }
    expect(world.calls.filter(({ name }) => name === 'update')).toEqual([]);
    expect(JSON.stringify(issueNow(world, issue).fields.description)).toContain('A long text');
    world.jira.edit(issue, { customfield_1: 'fixed again' });
    await world.event(issue);
    expect(world.salesforce.read(record, 'Notes__c')).toBe('FIXED AGAIN');
  });

  it('shares an issue between overlapping events and a cycle without losing either', async () => {
    const { world, record, issue } = await linked();
    world.jira.edit(issue, { customfield_1: 'one' });
    world.salesforce.edit(record, { Subject: 'Renamed' });
    world.advance(minute);
    await Promise.all([runIssue(world.deps, issue), runCycle(world.deps), runIssue(world.deps, issue)]);
    await world.cycle();
    expect(world.salesforce.read(record, 'Notes__c')).toBe('one');
    expect(issueNow(world, issue).fields.summary).toBe('Renamed');
  });

  it('takes the link along when the issue is deleted, and never links the record again', async () => {
    const { world, record, issue } = await linked();
    world.jira.remove(issue);
    await runDeleted(world.deps, issue);
    expect(world.store.state.links.size).toBe(0);
    world.salesforce.edit(record, { Subject: 'Edited later' });
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(0);
  });
});

describe('linking by hand', () => {
  async function unlinked() {
    const world = await createWorld(planOf(supportCases({ create: { records: 'off' } })), workflow);
    const record = world.salesforce.create('Case', { Subject: 'Printer', Priority: 'High', Origin: 'Phone' });
    const issue = world.jira.createIssue({ summary: 'Mine', description: document('By hand') });
    return { world, record, issue, key: { item: 'support-cases', record } };
  }

  it('P-2 takes the owner’s value if it has one, and leaves the rest to the other side', async () => {
    const { world, record, issue, key } = await unlinked();
    expect(await linkRecord(world.deps, key, issue)).toMatchObject({ ok: true, value: { managed: 'manual' } });
    expect(issueNow(world, issue).fields).toMatchObject({ summary: 'Printer', priority: { name: 'Highest' } });
    expect(world.salesforce.read(record, 'Description')).toBe('By hand');
    expect(issueNow(world, issue).fields.status).toMatchObject({ name: 'In Progress' });
  });

  it('P-2 leaves a Jira value alone while its Salesforce owner is empty', async () => {
    const { world, issue, key } = await unlinked();
    const empty = world.salesforce.create('Case', { Origin: 'Phone' });
    expect(await linkRecord(world.deps, { ...key, record: empty }, issue)).toMatchObject({ ok: true });
    await world.cycle();
    expect(issueNow(world, issue).fields.summary).toBe('Mine');
    world.salesforce.edit(empty, { Subject: 'Named now' });
    await world.cycle();
    expect(issueNow(world, issue).fields.summary).toBe('Named now');
  });

  it('refuses a second link from either side and names the other', async () => {
    const { world, issue, key } = await unlinked();
    await linkRecord(world.deps, key, issue);
    const second = world.jira.createIssue({ summary: 'Other' });
    expect(await linkRecord(world.deps, key, second)).toMatchObject({
      ok: false,
      code: 'already-linked',
      message: expect.stringMatching(/^The record is linked to SUP-1 already\./),
    });
    const other = world.salesforce.create('Case', { Subject: 'Other', Origin: 'Phone' });
    expect(await linkRecord(world.deps, { ...key, record: other }, issue)).toMatchObject({ code: 'already-linked' });
    const web = world.salesforce.create('Case', { Subject: 'Web', Origin: 'Web' });
    expect(await linkRecord(world.deps, { ...key, record: web }, second)).toMatchObject({ code: 'out-of-scope' });
    expect(await linkRecord(world.deps, { ...key, record: '500000000000999AAA' }, second)).toMatchObject({
      code: 'not-found',
    });
  });

  it('P-5 unlinks what a person linked and not what the bridge linked', async () => {
    const { world, issue, key } = await unlinked();
    await linkRecord(world.deps, key, issue);
    expect(await unlinkRecord(world.deps, key.item, issue)).toMatchObject({ ok: true });
    expect(world.store.state.links.size).toBe(0);
    const automatic = await linked();
    expect(await unlinkRecord(automatic.world.deps, 'support-cases', automatic.issue)).toMatchObject({
      ok: false,
      code: 'automatic',
    });
    expect(automatic.world.store.state.links.size).toBe(1);
  });

  it('P-4 refreshes both directions now and loses no pending edit of Jira', async () => {
    const { world, record, issue } = await linked();
    world.salesforce.edit(record, { Subject: 'Renamed' });
    world.jira.edit(issue, { customfield_1: 'pending' });
    world.jira.move(issue, 'In Progress');
    expect(await refreshLink(world.deps, 'support-cases', issue)).toMatchObject({ ok: true });
    expect(issueNow(world, issue).fields).toMatchObject({ summary: 'Renamed', status: { name: 'Done' } });
    expect(world.salesforce.read(record, 'Notes__c')).toBe('pending');
  });
});
