/** The crash matrix: whatever call is the last one, whatever answer is lost, a record has one issue. */
import { describe, expect, it } from 'vitest';
import { jiraText, normalJira } from '../../compiler/conversion/index.ts';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { type Call, createWorld, type Fault, minute, type World } from '../../test/kit/ports.ts';
import { expectQuiet, type Linked, linkedCase, richText } from '../../test/kit/two-way.ts';
import { runCycle, runIssue } from './index.ts';

async function withNewCase(description: string | null = 'Text'): Promise<{ world: World; record: string }> {
  const world = await createWorld(planOf(supportCases()), workflow);
  world.jira.searchLagMs = 9 * minute;
  const account = world.salesforce.create('Account', { Rating: 'Hot' });
  const record = world.salesforce.create('Case', {
    Subject: 'Printer',
    Description: description,
    Priority: 'High',
    Origin: 'Phone',
    AccountId: account,
  });
  world.advance(minute);
  return { world, record };
}

const mine = richText('Mine');
const textOf = (description: unknown): string | null =>
  normalJira('rich-text', description ?? null) === null ? null : jiraText('rich-text', description);

async function heal(world: World): Promise<void> {
  for (let cycles = 0; cycles < 10; cycles++) await world.cycle();
}

/** One issue, whole, linked, in the rule's status, and silence. */
async function expectWhole(world: World, record: string, about: unknown): Promise<void> {
  const issues = [...world.jira.issuesNow.values()];
  const links = [...world.store.state.links.values()].map(({ value }) => value);
  expect([about, issues.length]).toEqual([about, 1]);
  expect([about, links.map(link => link.record)]).toEqual([about, [record]]);
  expect([about, links[0]?.issueId]).toEqual([about, issues[0]?.id]);
  const { summary, priority, status } = issues[0]!.fields as Record<string, { name: string }>;
  expect([about, summary, priority?.name, status?.name]).toEqual([about, 'Printer', 'Highest', 'Done']);
  expect([about, world.store.state.claims.size, world.store.state.attention.size]).toEqual([about, 0, 0]);
  // P10: whoever died, somebody told of the issue.
  expect([about, world.store.state.journal.some(({ what }) => what === 'Issue')]).toEqual([about, true]);
  world.calls.length = 0;
  await world.cycle();
  const wrote = ({ system, name }: Call) => system !== 'store' && /^(create|update|transition)$/.test(name);
  expect([about, world.calls.filter(wrote)]).toEqual([about, []]);
}

async function countCalls(): Promise<readonly Call[]> {
  const { world } = await withNewCase();
  await runCycle(world.deps);
  return world.calls;
}

describe('creating an issue', () => {
  it.each(['kill-before', 'kill-after'] as const)('S-3 survives a %s at every single call', async effect => {
    const calls = await countCalls();
    expect(calls.length).toBeGreaterThan(20);
    for (let at = 1; at <= calls.length; at++) {
      const { world, record } = await withNewCase();
      const fault: Fault = (_, nth) => (nth === at ? effect : undefined);
      await runCycle(world.faulty(fault)).catch(() => {});
      await heal(world);
      await expectWhole(world, record, `${effect} at ${at}: ${calls[at - 1]?.system} ${calls[at - 1]?.name}`);
    }
  });

  it('S-3 survives the loss of any one answer of Jira and Salesforce', async () => {
    const calls = await countCalls();
    for (let at = 1; at <= calls.length; at++) {
      const { system, name } = calls[at - 1]!;
      if (system === 'store') continue;
      const { world, record } = await withNewCase();
      await runCycle(world.faulty((_, nth) => (nth === at ? 'lost-answer' : undefined)));
      await heal(world);
      await expectWhole(world, record, `${system} ${name}`);
    }
  });

  it('S-3 survives two deaths, the second while the first is being looked into', async () => {
    const isCreate: Fault = ({ name }) => (name === 'create' ? 'lost-answer' : undefined);
    for (let at = 1; at <= 30; at++) {
      const { world, record } = await withNewCase();
      await runCycle(world.faulty(isCreate));
      world.advance(5 * minute);
      await runCycle(world.faulty((_, nth) => (nth === at ? 'kill-after' : undefined))).catch(() => {});
      world.advance(11 * minute);
      await runCycle(world.faulty((_, nth) => (nth === 31 - at ? 'kill-before' : undefined))).catch(() => {});
      await heal(world);
      await expectWhole(world, record, at);
    }
  });

  it('creates again only after the second look, ten minutes after the first, found nothing', async () => {
    const { world, record } = await withNewCase();
    const started = world.now();
    await runCycle(world.faulty(({ name }) => (name === 'create' ? 'kill-before' : undefined))).catch(() => {});
    expect(world.store.state.claims.size).toBe(1);
    while (world.jira.issuesNow.size === 0) await world.cycle();
    expect(world.now() - started).toBeGreaterThanOrEqual(12 * minute);
    expect(world.now() - started).toBeLessThanOrEqual(25 * minute);
    await heal(world);
    await expectWhole(world, record, 'claim without create');
  });

  it('links by its own created event, long before search knows the issue', async () => {
    const { world, record } = await withNewCase();
    await runCycle(world.faulty(({ name }) => (name === 'create' ? 'lost-answer' : undefined)));
    const [issue] = [...world.jira.issuesNow.values()];
    await world.event(issue!.id);
    expect([...world.store.state.links.values()][0]?.value.issueId).toBe(issue?.id);
    await heal(world);
    await expectWhole(world, record, 'created event');
  });

  it.each([
    [
      'an edit in Jira',
      (world: World, issue: string, _: string) => world.jira.edit(issue, { description: mine }),
      'Mine',
    ],
    [
      'emptying it in Salesforce',
      (world: World, _: string, record: string) => world.salesforce.edit(record, { Description: null }),
      null,
    ],
  ])('P2 knows what it sent when it finds the issue again: %s in between is an edit', async (_, edit, wanted) => {
    for (const found of ['by the created event', 'by search'] as const) {
      const { world, record } = await withNewCase();
      await runCycle(world.faulty(({ name }) => (name === 'create' ? 'kill-after' : undefined))).catch(() => {});
      const [issue] = [...world.jira.issuesNow.values()];
      world.advance(minute);
      edit(world, issue!.id, record);
      if (found === 'by the created event') await world.event(issue!.id);
      await heal(world);
      const { description } = world.jira.issuesNow.get(issue!.id)!.fields;
      expect([found, textOf(description), world.salesforce.read(record, 'Description')]).toEqual([
        found,
        wanted,
        wanted,
      ]);
    }
  });

  it('P2 knows that both were empty when it made the issue: of edits on both sides the later one wins', async () => {
    const { world, record } = await withNewCase(null);
    await runCycle(world.faulty(({ name }) => (name === 'create' ? 'kill-after' : undefined))).catch(() => {});
    const [issue] = [...world.jira.issuesNow.values()];
    world.advance(minute);
    world.salesforce.edit(record, { Description: 'Theirs' });
    world.advance(minute);
    world.jira.edit(issue!.id, { description: mine });
    await heal(world);
    const { description } = world.jira.issuesNow.get(issue!.id)!.fields;
    expect([textOf(description), world.salesforce.read(record, 'Description')]).toEqual(['Mine', 'Mine']);
    expect(world.store.state.journal.filter(entry => 'lost' in entry)).toMatchObject([{ reason: /later/ }]);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'P2 tells what gave way in a conflict, whatever call the run met its end at: %s',
    async effect => {
      for (const loser of ['jira', 'salesforce'] as const) {
        let ended = true;
        for (let at = 1; ended; at++) {
          const { world, record } = await withNewCase();
          await runCycle(world.deps);
          const [issue] = [...world.jira.issuesNow.values()];
          const edits = {
            jira: () => world.jira.edit(issue!.id, { description: mine }),
            salesforce: () => world.salesforce.edit(record, { Description: 'Theirs' }),
          };
          world.advance(minute);
          edits[loser]();
          world.advance(minute);
          edits[loser === 'jira' ? 'salesforce' : 'jira']();
          ended = false;
          await runCycle(
            world.faulty((_, nth) => {
              if (nth !== at) return undefined;
              ended = true;
              return effect;
            }),
          ).catch(() => {});
          await heal(world);
          const { description } = world.jira.issuesNow.get(issue!.id)!.fields;
          const winning = loser === 'jira' ? 'Theirs' : 'Mine';
          expect([at, textOf(description), world.salesforce.read(record, 'Description')]).toEqual([
            at,
            winning,
            winning,
          ]);
          // Twice where the run ended between the journal and the link; never not at all.
          const told = new Set(
            world.store.state.journal.flatMap(entry =>
              'lost' in entry ? [loser === 'jira' ? textOf(entry.lost) : entry.lost] : [],
            ),
          );
          expect([at, loser, ...told]).toEqual([at, loser, loser === 'jira' ? 'Mine' : 'Theirs']);
        }
      }
    },
  );

  it.each(['kill-before', 'kill-after'] as const)(
    'P1 a record that the item lost sight of after a %s still has its issue, if there is one, and no claim',
    async effect => {
      const { world, record } = await withNewCase();
      await runCycle(world.faulty(({ name }) => (name === 'create' ? effect : undefined))).catch(() => {});
      world.salesforce.edit(record, { Origin: 'Web' });
      for (let cycles = 0; cycles < 30; cycles++) await world.cycle();
      const made = [...world.jira.issuesNow.keys()];
      expect(made).toHaveLength(effect === 'kill-after' ? 1 : 0);
      expect([...world.store.state.links.values()].map(({ value }) => value.issueId)).toEqual(made);
      expect(world.store.state.claims.size).toBe(0);
    },
  );

  it('does not trust a marker that somebody copied or wrote', async () => {
    const { world, record } = await withNewCase();
    await runCycle(world.faulty(({ name }) => (name === 'create' ? 'kill-before' : undefined))).catch(() => {});
    const [claim] = [...world.store.state.claims.values()];
    const forged = { v: 1, org: 'other', object: 'Case', record, item: 'support-cases', claim: claim!.key } as const;
    await world.jira.create({ projectId: '10', issueTypeId: '20', fields: { summary: 'Forged' }, marker: forged });
    await heal(world);
    expect(world.jira.issuesNow.size).toBe(2);
    const [link] = [...world.store.state.links.values()];
    expect(world.jira.issuesNow.get(link!.value.issueId)?.fields.summary).toBe('Printer');
  });
});

describe('writing fields', () => {
  it.each(['kill-before', 'kill-after'] as const)('P10 is explained, whatever call a %s struck', async effect => {
    const linked = async () => {
      const { world, record } = await withNewCase();
      await world.cycle();
      await world.cycle();
      const [issue] = [...world.jira.issuesNow.keys()];
      world.salesforce.edit(record, { Subject: 'Plotter' });
      world.jira.edit(issue!, { customfield_1: 'Seen' });
      world.advance(minute);
      world.calls.length = 0;
      return { world, before: world.store.state.journal.length };
    };
    const { world: whole } = await linked();
    await runCycle(whole.deps);
    const count = whole.calls.length;
    expect(count).toBeGreaterThan(10);
    for (let at = 1; at <= count; at++) {
      const { world, before } = await linked();
      await runCycle(world.faulty((_, nth) => (nth === at ? effect : undefined))).catch(() => {});
      await heal(world);
      const entries = world.store.state.journal.slice(before).filter(({ outcome }) => outcome === 'written');
      expect([at, new Set(entries.map(({ what }) => what))]).toEqual([at, new Set(['Notes__c', 'Summary'])]);
    }
  });
});

/** A link of which every kind of field, and the status, has something to carry. */
async function withChanges(): Promise<Linked> {
  const linked = await linkedCase();
  const { world, record, issue } = linked;
  world.salesforce.edit(record, { Subject: 'After', Status: 'Working' });
  world.jira.edit(issue, { customfield_1: 'After', description: richText('After') });
  world.advance(5 * minute);
  return linked;
}

async function expectCarried(world: World, record: string, about: unknown): Promise<void> {
  const { fields } = [...world.jira.issuesNow.values()][0]! as { fields: Record<string, { name: string }> };
  const read = (field: string) => world.salesforce.read(record, field);
  expect([about, fields.summary, fields.status?.name]).toEqual([about, 'After', 'In Progress']);
  expect([about, read('Subject'), read('Status'), read('Notes__c'), read('Description')]).toEqual([
    about,
    'After',
    'Working',
    'After',
    'After',
  ]);
  await expectQuiet(world, about);
}

describe('carrying changes both ways', () => {
  const ways = [
    ['a cycle', (world: World, fault: Fault) => runCycle(world.faulty(fault))],
    ['an event', (world: World, fault: Fault) => runIssue(world.faulty(fault), [...world.jira.issuesNow.keys()][0]!)],
  ] as const;

  it.each(
    ways.flatMap(([way, run]) =>
      (['kill-before', 'kill-after', 'lost-answer', 'lost-request', 'late', 'unavailable'] as const).map(
        effect => [way, effect, run] as const,
      ),
    ),
  )('I9 P2 P4 %s survives %s at every single call', async (_, effect, run) => {
    const start = await withChanges();
    start.world.calls.length = 0;
    await run(start.world, () => undefined);
    const count = start.world.calls.length;
    expect(count).toBeGreaterThan(8);
    for (let nth = 1; nth <= count; nth++) {
      const { world, record, issue } = await withChanges();
      let hit: Call | undefined;
      await run(world, (call, at) => {
        if (at !== nth) return undefined;
        hit = call;
        // What the platform's store answers with a failure ends the run as a death does.
        if (call.system !== 'store') return effect;
        if (effect === 'lost-answer') return 'kill-after';
        return effect === 'lost-request' || effect === 'late' ? 'kill-before' : effect;
      }).catch(() => {});
      await world.advance(6 * minute);
      await world.event(issue);
      for (let cycles = 0; cycles < 5; cycles++) await world.cycle();
      await expectCarried(world, record, `${effect} at ${nth}: ${hit?.system} ${hit?.name}`);
    }
  });
});
