/** Conflicts that a program holds: a person is asked, whatever happens to the run that met one, and no longer than that. */
import { describe, expect, it } from 'vitest';
import { planOf, statusCases, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, type Fault, minute, type World } from '../../test/kit/ports.ts';
import { expectQuiet, type Linked, richText } from '../../test/kit/two-way.ts';
import { dismissTrouble, resolveHeld, runCycle, runRecord } from './index.ts';

/** A link whose description was edited on both sides. */
async function inConflict(): Promise<Linked> {
  const plan = { ...statusCases(), where: supportCases().where! };
  const mappings = plan.mappings.map(one => (one.id === 'description' ? { ...one, onConflict: 'hold' as const } : one));
  const world = await createWorld(planOf({ ...plan, mappings }), workflow);
  const record = world.salesforce.create('Case', { Subject: 'Printer', Description: 'Before', Origin: 'Phone' });
  for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
  const issue = [...world.jira.issuesNow.keys()][0]!;
  world.salesforce.edit(record, { Description: 'Theirs' });
  world.jira.edit(issue, { description: richText('Mine') });
  await world.advance(minute);
  return { world, record, issue };
}

const heldIn = ({ store }: World) => [...store.state.attention.values()].map(({ held }) => held);
const rest = async (world: World) => {
  for (let cycles = 0; cycles < 4; cycles++) await world.cycle();
};

describe('a conflict that is held', () => {
  it('P7 is told again once its record was away and is back, but not when a person has put it away', async () => {
    const { world, record, issue } = await inConflict();
    await world.cycle();
    const awayAndBack = async () => {
      world.salesforce.edit(record, { Origin: 'Web' });
      await world.event(issue);
      await world.cycle();
      expect(heldIn(world)).toEqual([]);
      world.salesforce.edit(record, { Origin: 'Phone' });
      await rest(world);
    };
    await awayAndBack();
    expect(heldIn(world)).toEqual([['Description']]);
    await dismissTrouble(world.deps.store, [...world.store.state.attention.values()][0]!);
    await awayAndBack();
    expect(heldIn(world)).toEqual([]);
  });

  it.each([
    ['Salesforce', (world: World, record: string) => world.salesforce.edit(record, { Description: 'Theirs again' })],
    [
      'Jira',
      (world: World, _: string, issue: string) => world.jira.edit(issue, { description: richText('Mine again') }),
    ],
  ] as const)('P7 that a person has put away is told again once %s has another value', async (_, edit) => {
    const { world, record, issue } = await inConflict();
    await world.cycle();
    const told = () => world.store.state.journal.filter(({ outcome }) => outcome === 'held').length;
    const before = told();
    await dismissTrouble(world.deps.store, [...world.store.state.attention.values()][0]!);
    await world.event(issue);
    await rest(world);
    expect([heldIn(world), told()]).toEqual([[], before]);
    edit(world, record, issue);
    await world.event(issue);
    await rest(world);
    expect([heldIn(world), told()]).toEqual([[['Description']], before + 1]);
  });

  it('P7 that a person has tried again in vain is told, and not tried for ever', async () => {
    const { world } = await inConflict();
    await world.cycle();
    const [open] = [...world.store.state.attention.values()];
    await world.deps.store.saveAttention({ ...open!, retry: { tries: 0, dueAt: world.now() } });
    await world.cycle();
    expect([...world.store.state.attention.values()]).toMatchObject([{ held: ['Description'] }]);
    expect([...world.store.state.attention.values()][0]).not.toHaveProperty('retry');
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'P7 rests with its record, whatever call of the run that sees it leave a %s struck',
    async effect => {
      let struck = '';
      for (let at = 1; at === 1 || struck !== ''; at++) {
        struck = '';
        const { world, record, issue } = await inConflict();
        await world.cycle();
        world.salesforce.edit(record, { Origin: 'Web' });
        const deps = world.faulty((call, nth) => {
          if (nth !== at) return undefined;
          struck = `${call.system} ${call.name}`;
          return effect;
        });
        // Nobody asks for a record that left, but whoever tries again what is open.
        await runRecord(deps, { item: 'support-cases', record }).catch(() => {});
        const [link] = [...world.store.state.links.values()];
        const isAsked = heldIn(world).length > 0;
        expect([at, struck, isAsked || link?.value.state.kind === 'paused']).toEqual([at, struck, true]);
        await world.event(issue);
        await rest(world);
        expect([at, struck, heldIn(world)]).toEqual([at, struck, []]);
      }
    },
  );

  const begin = {
    'is told': inConflict,
    'is over once a person has chosen': async () => {
      const linked = await inConflict();
      await linked.world.cycle();
      const [asked] = [...linked.world.store.state.attention.values()];
      await resolveHeld(linked.world.deps.store, asked!, 'jira');
      return linked;
    },
  };
  const go = {
    'is told': (world: World, _: string, fault: Fault) => runCycle(world.faulty(fault)),
    'is over once a person has chosen': (world: World, record: string, fault: Fault) =>
      runRecord(world.faulty(fault), { item: 'support-cases', record }),
  };

  it.each(
    (['is told', 'is over once a person has chosen'] as const).flatMap(what =>
      (['kill-before', 'kill-after', 'unavailable'] as const).map(effect => [what, effect] as const),
    ),
  )('P2 P7 %s, whatever call of the run a %s struck', async (what, effect) => {
    let struck = '';
    for (let at = 1; at === 1 || struck !== ''; at++) {
      struck = '';
      const { world, record } = await begin[what]();
      await go[what](world, record, (call, nth) => {
        if (nth !== at) return undefined;
        struck = `${call.system} ${call.name}`;
        return effect;
      }).catch(() => {});
      await rest(world);
      const about = `${effect} at ${at}: ${struck}`;
      if (what === 'is told') expect([about, heldIn(world)]).toEqual([about, [['Description']]]);
      else {
        expect([about, world.salesforce.read(record, 'Description')]).toEqual([about, 'Mine']);
        await expectQuiet(world, about);
      }
    }
  });
});
