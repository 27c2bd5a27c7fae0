/** A run that sleeps past its lease, wherever it falls asleep: who took over meanwhile is not written over. */
import { describe, expect, it } from 'vitest';
import { normalJira } from '../../compiler/conversion/index.ts';
import { minute, type World } from '../../test/kit/ports.ts';
import { expectQuiet, linkedCase, richText } from '../../test/kit/two-way.ts';
import { type Deps, refreshLink, runCycle, runIssue } from './index.ts';

/** Both sides have something for the other. */
async function withChanges(moves: 'salesforce' | 'jira' | 'nobody' = 'nobody') {
  const { world, record, issue } = await linkedCase();
  const edit = (word: string) => {
    world.salesforce.edit(record, { Subject: word });
    world.jira.edit(issue, { customfield_1: word, description: richText(word) });
    const isNewer = word === 'Newer';
    if (moves === 'salesforce') world.salesforce.edit(record, { Status: isNewer ? 'Closed' : 'Working' });
    if (moves === 'jira') world.jira.move(issue, isNewer ? 'Done' : 'In Progress');
  };
  edit('Older');
  await world.advance(minute);
  return { world, record, issue, edit };
}

const writes = /^(create|update|transition|insert)$/;

/** The ports of a run that falls asleep before its nth call of those that `counts`. */
function sleepy(
  world: World,
  nth: number,
  sleep: (call: string) => Promise<void>,
  counts = (system: string, name: string) => system === 'store' || !writes.test(name),
): { deps: Deps; calls: string[] } {
  const calls: string[] = [];
  const watch = <T extends object>(system: string, port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function' || name === 'allLinks') return member;
        return async (...args: unknown[]) => {
          const call = `${system} ${String(name)}`;
          if (counts(system, String(name))) {
            calls.push(call);
            if (calls.length === nth) await sleep(call);
          }
          return Reflect.apply(member, target, args);
        };
      },
    });
  const { salesforce, jira, store } = world.deps;
  const deps = {
    ...world.deps,
    salesforce: watch('salesforce', salesforce),
    jira: watch('jira', jira),
    store: watch('store', store),
  };
  return { deps, calls };
}

const linkOf = (world: World) => [...world.store.state.links.values()][0]!;

const runs = [
  ['a cycle', (deps: Deps) => runCycle(deps)],
  ['an event', (deps: Deps, issue: string) => runIssue(deps, issue)],
  ['Refresh', (deps: Deps, issue: string) => refreshLink(deps, 'support-cases', issue)],
] as const;

/** Whatever happened, what is newer stands on both sides, and nothing is left to do. */
async function expectNewer({ world, record, issue }: Awaited<ReturnType<typeof withChanges>>, about: string) {
  await world.advance(6 * minute);
  for (let cycles = 0; cycles < 4; cycles++) await world.cycle();
  const { fields } = world.jira.issuesNow.get(issue)!;
  const read = (field: string) => world.salesforce.read(record, field);
  const newer = normalJira('rich-text', richText('Newer'));
  expect([about, fields.summary, normalJira('rich-text', fields.description)]).toEqual([about, 'Newer', newer]);
  expect([about, read('Subject'), read('Notes__c'), read('Description')]).toEqual([about, 'Newer', 'Newer', 'Newer']);
  await expectQuiet(world, about);
}

describe('a run whose lease ran out', () => {
  it.each(runs.flatMap(([who, run]) => (['salesforce', 'jira'] as const).map(moves => [who, moves, run] as const)))(
    'P2 P5 I4 %s, with a status that %s changed, that writes over what a newer holder wrote sees to it that what is newer comes back',
    async (_, moves, run) => {
      const isWrite = (system: string, name: string) => system !== 'store' && writes.test(name);
      const probe = await withChanges(moves);
      const { deps: probing, calls: all } = sleepy(probe.world, 0, async () => {}, isWrite);
      await run(probing, probe.issue);
      expect(all).toContain('salesforce update');

      for (let nth = 1; nth <= all.length; nth++) {
        const changed = await withChanges(moves);
        const { world, record, issue, edit } = changed;
        let about = '';
        const sleep = async (call: string) => {
          about = `asleep before ${nth}: ${call}`;
          await world.advance(6 * minute);
          edit('Newer');
          await world.advance(minute);
          await refreshLink(world.deps, 'support-cases', issue);
        };
        await run(sleepy(world, nth, sleep, isWrite).deps, issue).catch(() => {});
        await expectNewer(changed, about);
        const { status } = world.jira.issuesNow.get(issue)!.fields as { status: { name: string } };
        expect([about, world.salesforce.read(record, 'Status'), status.name]).toEqual([about, 'Closed', 'Done']);
      }
    },
  );

  it.each(runs)('P2 P4 I4 %s writes no link over that of a newer holder, and what is newer stays', async (_, run) => {
    const probe = await withChanges();
    const { deps: probing, calls: all } = sleepy(probe.world, 0, async () => {});
    await run(probing, probe.issue);
    expect(all.filter(call => call === 'store putLink').length).toBeGreaterThanOrEqual(2);

    for (let nth = 1; nth <= all.length; nth++) {
      const changed = await withChanges();
      const { world, issue, edit } = changed;
      let about = '';
      let left: ReturnType<typeof linkOf> | undefined;
      const { deps } = sleepy(world, nth, async call => {
        about = `asleep before ${nth}: ${call}`;
        await world.advance(6 * minute);
        edit('Newer');
        await world.advance(minute);
        await refreshLink(world.deps, 'support-cases', issue);
        if (call === 'store putLink') left = structuredClone(linkOf(world));
      });
      await run(deps, issue).catch(() => {});
      if (left !== undefined) expect([about, linkOf(world)]).toEqual([about, left]);

      await expectNewer(changed, about);
    }
  });
});
