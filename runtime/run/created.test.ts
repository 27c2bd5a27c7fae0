/** Records that are older than the item is here may have issues of another time (I1, I25): found by markers, and not one by one. */
import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { PortError } from '../ports.ts';
import { runCycle } from './index.ts';

const since = { records: 'all', since: '2026-01-01' } as const;

/** Cases from an hour before the program. */
async function withOldCases(count: number): Promise<World> {
  const world = await createWorld(planOf(supportCases({ create: since })), workflow);
  world.advance(-60 * minute);
  const account = world.salesforce.create('Account', { Rating: 'Cold' });
  for (let index = 0; index < count; index++)
    world.salesforce.create('Case', { Subject: `Case ${index}`, Origin: 'Phone', AccountId: account });
  world.advance(60 * minute);
  world.calls.length = 0;
  return world;
}
const lookUps = (world: World) =>
  world.calls.filter(({ system, name }) => system === 'jira' && name === 'findByMarkers').length;

type Issue = World['jira']['issuesNow'] extends ReadonlyMap<string, infer Value> ? Value : never;

const cloned = { projectId: '10', issueTypeId: '20', fields: { summary: 'CLONE' } } as const;

/** Cases whose issues an installation of another time made, and the one that comes after it, which remembers nothing. */
async function ofAnotherTime(count: number) {
  const world = await withOldCases(count);
  await world.cycle();
  const later = await createWorld(planOf(supportCases({ create: since })), workflow);
  const linksOf = (state: World['store']['state']) =>
    [...state.links.values()].map(({ value }) => [value.record, world.jira.issuesNow.get(value.issueId)!] as const);
  const links = linksOf(world.store.state);
  expect(links).toHaveLength(count);
  const again = {
    async cycles(number: number) {
      for (let cycle = 0; cycle < number; cycle++) {
        for (const each of [world, later]) each.advance(5 * minute);
        await runCycle({ ...world.deps, store: later.deps.store });
      }
    },
    links: () => linksOf(later.store.state),
    attention: () => [...later.store.state.attention.values()].map(({ cause }) => cause),
  };
  return { world, links, again };
}

describe('issues for old records', () => {
  it('I20 are looked for a page at a time before any is made', async () => {
    const world = await withOldCases(130);
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(130);
    expect(lookUps(world)).toBe(2);
  });

  it('I1 I25 that are there are linked again, each to its own, and the others are made', async () => {
    const { world, links, again } = await ofAnotherTime(6);
    const [, [second, lost]] = links as [unknown, [string, Issue]];
    world.jira.remove(lost.id);
    await again.cycles(3);
    const after = again.links();
    expect(world.jira.issuesNow.size).toBe(6);
    expect(after).toHaveLength(6);
    const others = links.filter(([record]) => record !== second);
    expect(after).toEqual(expect.arrayContaining(others));
  });

  it('I1 I25 are not what was cloned from them: the issue that was made is linked, and its clone left alone', async () => {
    const { world, links, again } = await ofAnotherTime(2);
    for (const [, { marker }] of links) await world.jira.create({ ...cloned, marker: marker! });
    await again.cycles(2);
    expect(again.links()).toEqual(links);
    expect(world.jira.issuesNow.size).toBe(4);
  });

  it('I1 I25 are not made anew where one is missing that the app may not see, be there a clone of another', async () => {
    const { world, links, again } = await ofAnotherTime(2);
    const [[kept, { marker }], [, lost]] = links as [[string, Issue], [string, Issue]];
    await world.jira.create({ ...cloned, marker: marker! });
    world.jira.remove(lost.id);
    world.jira.mayBrowse = async () => false;
    await again.cycles(2);
    // The clone, and the issue of the record that still has one: none was made.
    expect(world.jira.issuesNow.size).toBe(2);
    expect(again.links().filter(([record]) => record !== kept)).toEqual([]);
    expect([...again.attention()].join()).toContain('may not see the issues of');
  });

  it.each(['all', 'off'] as const)(
    'I1 I25 go on with a link that came while the item was renamed, and was not listed when the others followed (create %s)',
    async records => {
      const world = await withOldCases(2);
      await world.cycle();
      const late = [...world.store.state.links.values()][0]!.value;
      const { allLinks, linksFrom } = world.store;
      world.store.allLinks = async function* () {
        for await (const link of allLinks()) if (link.record !== late.record) yield link;
      };
      world.store.linksFrom = async (after, limit) => {
        const page = await linksFrom(after, limit);
        return { ...page, links: page.links.filter(link => link.record !== late.record) };
      };
      const create = { records, ...(records === 'all' && { since: since.since }) };
      await world.program(planOf(supportCases({ id: 'tickets', was: 'support-cases', create })));
      await world.cycle();
      Object.assign(world.store, { allLinks, linksFrom });
      for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
      // At the latest when everything is looked at, as on every day.
      if (records === 'off') await world.advance(25 * 60 * minute);
      for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
      const after = [...world.store.state.links.values()].map(({ value }) => value);
      expect(after.map(({ item }) => item)).toEqual(['tickets', 'tickets']);
      expect(after.map(({ issueId }) => issueId)).toContain(late.issueId);
      expect(world.jira.issuesNow.size).toBe(2);
    },
  );

  it('P7 are looked for one by one where Jira refuses to look for them together', async () => {
    const world = await withOldCases(3);
    const find = world.jira.findByMarkers.bind(world.jira);
    const refused = { system: 'jira', kind: 'refused', code: '400', message: 'too long', fields: [] } as const;
    world.jira.findByMarkers = async claims => {
      if (claims.length > 1) throw new PortError(refused);
      return find(claims);
    };
    await world.cycle();
    expect(world.jira.issuesNow.size).toBe(3);
    expect(world.store.state.attention.size).toBe(0);
  });
});
