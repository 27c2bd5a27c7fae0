/** What no event and no stamp tells: found by the hourly search, and by the daily look at everything (P2, P6, I12, I20). */
import { describe, expect, it } from 'vitest';
import { mapping, planOf, subject, supportCases, target, workflow } from '../../test/kit/plan.ts';
import { type Call, createWorld, minute, type World } from '../../test/kit/ports.ts';
import { PortError } from '../ports.ts';
import { runCycle } from './index.ts';
import { mostChanged } from './lost-events.ts';
import { sliceSize } from './sweep.ts';

async function withCases(count: number, plan = supportCases()): Promise<World> {
  const world = await createWorld(planOf(plan), workflow);
  for (let index = 0; index < count; index++) newCase(world, { Subject: `Case ${index}` });
  for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
  return world;
}
function newCase(world: World, fields: Readonly<Record<string, unknown>> = {}): string {
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  return world.salesforce.create('Case', { Subject: 'Printer', Origin: 'Phone', AccountId: account, ...fields });
}
const links = (world: World) => [...world.store.state.links.values()].map(({ value }) => value);
const cycles = async (world: World, count: number) => {
  for (let at = 0; at < count; at++) await world.cycle();
};
const outward = (calls: readonly Call[], name?: string) =>
  calls.filter(one => one.system !== 'store' && one.system !== 'queue' && (name === undefined || one.name === name));

describe('an event that never came', () => {
  it('P2 is made up for within the hour, by one search, and costs other issues nothing', async () => {
    const world = await withCases(20);
    const [first] = links(world);
    world.jira.edit(first!.issueId, { customfield_1: 'replaced the fuser' });
    world.calls.length = 0;
    await cycles(world, 12);
    expect(world.salesforce.read(first!.record, 'Notes__c')).toBe('replaced the fuser');
    expect(outward(world.calls, 'search')).toHaveLength(1);
    expect(outward(world.calls, 'issues')).toHaveLength(1);
    world.calls.length = 0;
    await cycles(world, 24);
    expect(outward(world.calls, 'search')).toHaveLength(2);
    expect(outward(world.calls, 'issues')).toEqual([]);
  });

  it('I12 is found although search knows of a change only after a while, and although cycles were away for long', async () => {
    const world = await withCases(2);
    const [first, second] = links(world);
    world.jira.searchLagMs = 5 * minute;
    await cycles(world, 9);
    world.jira.edit(first!.issueId, { customfield_1: 'just before the search' });
    await cycles(world, 14);
    expect(world.salesforce.read(first!.record, 'Notes__c')).toBe('just before the search');
    world.jira.edit(second!.issueId, { customfield_1: 'long ago' });
    world.advance(9 * 60 * minute);
    await cycles(world, 1);
    expect(world.salesforce.read(second!.record, 'Notes__c')).toBe('long ago');
  });

  it('P7 is found in other projects while one is gone', async () => {
    const plan = supportCases();
    const world = await withCases(1, {
      ...plan,
      jira: { ...plan.jira, projects: [...plan.jira.projects, { id: '99', key: 'OLD' }] },
    });
    const [first] = links(world);
    world.jira.edit(first!.issueId, { customfield_1: 'toner' });
    const gone = { system: 'jira', kind: 'refused', code: '400', message: 'no such project', fields: [] } as const;
    const search = world.jira.search.bind(world.jira);
    world.jira.search = async (jql, fields, most) => {
      if (/project in \([^)]*\b99\b/.test(jql)) throw new PortError(gone);
      return search(jql, fields, most);
    };
    await cycles(world, 12);
    expect(world.salesforce.read(first!.record, 'Notes__c')).toBe('toner');
  });
});

describe('more changes in Jira than a look may cost', () => {
  it('I12 I20 are found hour by hour, within a twentieth of Jira’s points, however many share a minute', async () => {
    const world = await withCases(2);
    const [first, second] = links(world);
    for (let index = 0; index < mostChanged + 200; index++) world.jira.createIssue({ summary: 'not ours' });
    world.jira.edit(first!.issueId, { customfield_1: 'in the first hour' });
    const found: number[] = [];
    const search = world.jira.search.bind(world.jira);
    world.jira.search = async (...asked) => {
      const issues = await search(...asked);
      found.push(issues.length);
      return issues;
    };
    await cycles(world, 26);
    expect(Math.max(...found)).toBe(mostChanged);
    expect(mostChanged).toBeLessThanOrEqual(65_000 / 20);
    expect(found.length).toBeLessThanOrEqual(3);
    expect(world.salesforce.read(first!.record, 'Notes__c')).toBe('in the first hour');
    world.jira.edit(second!.issueId, { customfield_1: 'after the crowd' });
    await cycles(world, 13);
    expect(world.salesforce.read(second!.record, 'Notes__c')).toBe('after the crowd');
  });
});

describe('the daily look at everything', () => {
  const day = 24 * 60 * minute;

  it('P6 sees what a formula field says by now, though no stamp tells of it', async () => {
    const world = await withCases(3);
    const [first] = links(world);
    world.salesforce.shift(first!.record, { Subject: 'As the formula says' });
    await cycles(world, 12);
    expect(world.jira.issuesNow.get(first!.issueId)?.fields.summary).toBe('Case 0');
    world.advance(day);
    await cycles(world, 2);
    expect(world.jira.issuesNow.get(first!.issueId)?.fields.summary).toBe('As the formula says');
  });

  it('P6 makes issues for records that came to match without a stamp, and none for others', async () => {
    const world = await withCases(2);
    const record = newCase(world, { Origin: 'Web' });
    await cycles(world, 3);
    expect(links(world)).toHaveLength(2);
    world.salesforce.shift(record, { Origin: 'Phone' });
    world.advance(day);
    await cycles(world, 3);
    expect(links(world).map(link => link.record)).toContain(record);
    expect(world.jira.issuesNow.size).toBe(3);
  });

  it('P2 finds what no event told and no search found', async () => {
    const world = await withCases(1);
    world.jira.search = async () => [];
    const [first] = links(world);
    world.jira.edit(first!.issueId, { customfield_1: 'toner' });
    world.advance(day);
    await cycles(world, 1);
    expect(world.salesforce.read(first!.record, 'Notes__c')).toBe('toner');
  });

  it('I13 goes on with a link whose issue was hidden for a while', async () => {
    const world = await withCases(1);
    const [first] = links(world);
    const issues = world.jira.issues.bind(world.jira);
    world.jira.issues = async () => [];
    world.salesforce.edit(first!.record, { Subject: 'Changed' });
    await cycles(world, 2);
    expect(links(world)[0]?.state.kind).toBe('paused');
    world.jira.issues = issues;
    world.advance(day);
    await cycles(world, 2);
    expect(links(world)[0]?.state.kind).toBe('active');
    expect(world.jira.issuesNow.get(first!.issueId)?.fields.summary).toBe('Changed');
  });

  it('I13 rests a link whose record may not be read any more, tells it once, and goes on when it may be again', async () => {
    const world = await withCases(2);
    const [first] = links(world);
    const query = world.salesforce.query.bind(world.salesforce);
    world.salesforce.query = async requests => {
      const { answers, serverTime } = await query(requests);
      const shared = answers.map(answer => ({ ...answer, rows: answer.rows.filter(({ Id }) => Id !== first!.record) }));
      return { answers: shared, serverTime };
    };
    world.advance(day);
    await cycles(world, 2);
    expect(links(world).map(({ state }) => state.kind)).toEqual(['paused', 'active']);
    world.advance(day);
    await cycles(world, 2);
    const told = world.store.state.journal.filter(
      ({ what, reason }) => what === 'Link' && reason.includes('no longer read'),
    );
    expect(told).toHaveLength(1);
    world.salesforce.query = query;
    world.salesforce.shift(first!.record, { Subject: 'Shared again' });
    world.advance(day);
    await cycles(world, 2);
    expect(links(world).map(({ state }) => state.kind)).toEqual(['active', 'active']);
    expect(world.jira.issuesNow.get(first!.issueId)?.fields.summary).toBe('Shared again');
  });

  it('I20 takes a twentieth of Jira’s points at most, and gets through as many links in a day as `bridge explain` says', () => {
    const cyclesAnHour = 12;
    const callsForASlice = Math.ceil(sliceSize / 100);
    expect(cyclesAnHour * (sliceSize + callsForASlice)).toBeLessThanOrEqual(65_000 / 20);
    expect(24 * cyclesAnHour * sliceSize).toBe(72_000);
  });

  it('I20 takes slices, one a cycle, and leaves the cycles between two of them as cheap as ever', async () => {
    const plan = supportCases({ mappings: [mapping('salesforce', subject, target('summary'))] });
    const world = await withCases(600, plan);
    world.advance(day);
    const costs: number[] = [];
    for (let at = 0; at < 12; at++) {
      world.calls.length = 0;
      await world.cycle();
      costs.push(outward(world.calls, 'issues').length);
    }
    // Three slices of links, read a hundred at a time; then its records, which are all linked.
    expect(costs).toEqual([3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    world.calls.length = 0;
    await cycles(world, 12);
    expect(outward(world.calls).filter(({ name }) => name !== 'query' && name !== 'search')).toEqual([]);
  });

  it('does not go on past what a run left undone', async () => {
    const world = await withCases(1);
    const [first] = links(world);
    world.salesforce.shift(first!.record, { Subject: 'As the formula says' });
    world.advance(day);
    await runCycle(
      world.faulty(({ system, name }) => (system === 'jira' && name === 'issues' ? 'unavailable' : undefined)),
    );
    await cycles(world, 1);
    expect(world.jira.issuesNow.get(first!.issueId)?.fields.summary).toBe('As the formula says');
  });
});
