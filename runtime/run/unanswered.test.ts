/** A creation that Jira never answers: looked for each time, sent again ever later, and in the end left to a person. */
import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { createWorld, minute, type World } from '../../test/kit/ports.ts';
import { richText } from '../../test/kit/two-way.ts';
import { PortError } from '../ports.ts';
import { runCreated, runCycle, runRecord } from './index.ts';

async function withNewCase(): Promise<{ readonly world: World; readonly record: string }> {
  const world = await createWorld(planOf(supportCases()), workflow);
  world.jira.searchLagMs = 9 * minute;
  const account = world.salesforce.create('Account', { Rating: 'Hot' });
  const record = world.salesforce.create('Case', { Subject: 'Printer', Origin: 'Phone', AccountId: account });
  return { world, record };
}

/** When requests of a kind were sent, in minutes after the first, while nobody answers any. */
async function sentAt(world: World, hours: number, kind = 'create'): Promise<readonly number[]> {
  const deps = world.faulty(({ name }) => (name === kind ? 'lost-request' : undefined));
  const sent: number[] = [];
  for (let at = 0; at < hours * 60; at += 5) {
    await world.advance(5 * minute);
    world.calls.length = 0;
    await runCycle(deps);
    for (const { name } of world.calls) if (name === kind) sent.push(world.now());
  }
  return sent.map(time => Math.round((time - sent[0]!) / minute));
}

const attentionOf = (world: World) => [...world.store.state.attention.values()];

describe('a creation that is never answered', () => {
  it('S-3 P7 is sent again with growing delays, and after the last one waits for a person', async () => {
    const { world } = await withNewCase();
    const sent = await sentAt(world, 23);
    expect(sent.length).toBeGreaterThanOrEqual(6);
    expect(sent.length).toBeLessThanOrEqual(9);
    const delays = sent.slice(1).map((time, at) => time - sent[at]!);
    // Two looks, ten minutes apart, are the least; then each delay is at least the one before.
    expect(delays[0]).toBeGreaterThanOrEqual(12);
    for (const [at, delay] of delays.slice(1).entries()) expect(delay).toBeGreaterThanOrEqual(delays[at]!);
    expect(delays.at(-1)).toBeGreaterThanOrEqual(480);

    const [attention] = attentionOf(world);
    expect(attention).toMatchObject({
      cause: `Jira did not answer any of ${sent.length} requests to create the issue`,
    });
    expect(attention?.remedy).toMatch(/by hand/);
    expect(attention?.retry).toBeUndefined();
    const told = world.store.state.journal.filter(({ outcome, what }) => outcome === 'failed' && what === 'Issue');
    expect(told.map(({ reason }) => reason)).toEqual([expect.stringContaining('did not answer')]);
    expect(world.store.state.claims.size).toBe(0);
  });

  it('S-3 is sent at once when a person asks for it, and the issue is made', async () => {
    const { world, record } = await withNewCase();
    await sentAt(world, 23);
    await runRecord(world.deps, { item: 'support-cases', record });
    expect(world.jira.issuesNow.size).toBe(1);
    expect(attentionOf(world)).toEqual([]);
  });

  it('S-3 that was given up is tried once when the daily look comes by it', async () => {
    const { world } = await withNewCase();
    await sentAt(world, 23);
    expect(await sentAt(world, 72)).toHaveLength(3);
    expect(attentionOf(world)[0]?.retry).toBeUndefined();
  });

  it('P1 that a person asks for while it waits is looked for before it is sent', async () => {
    const { world, record } = await withNewCase();
    while (!attentionOf(world)[0]?.cause.includes('any of 5')) await sentAt(world, 1 / 12);
    expect(attentionOf(world)[0]?.retry?.dueAt).toBeGreaterThan(world.now() + 30 * minute);
    world.calls.length = 0;
    await runRecord(world.deps, { item: 'support-cases', record });
    const asked = world.calls.map(({ name }) => name);
    expect(asked.indexOf('findByMarkers')).toBeGreaterThanOrEqual(0);
    expect(asked.indexOf('create')).toBeGreaterThan(asked.indexOf('findByMarkers'));
    expect(world.jira.issuesNow.size).toBe(1);
  });

  it('P1 S-3 is not sent again by a run that read the links just before the created event made one', async () => {
    const { world } = await withNewCase();
    await runCycle(world.faulty(({ name }) => (name === 'create' ? 'lost-answer' : undefined)));
    const [made] = world.jira.issuesNow.values();
    await world.advance(5 * minute);
    const { store } = world.deps;
    const claim: typeof store.claim = async wanted => {
      await runCreated(world.deps, made!);
      return store.claim(wanted);
    };
    await runCycle({ ...world.deps, store: { ...store, claim } });
    expect([...world.jira.issuesNow.keys()]).toEqual([made!.id]);
    expect([...world.store.state.links.values()].map(({ value }) => value.issueId)).toEqual([made!.id]);
    expect([...world.store.state.claims.keys()]).toEqual([]);
  });
});

describe('an issue that is found after its answer was lost', () => {
  it.each(['by the created event', 'by search'] as const)(
    'P10 %s is told as that, with what it was sent',
    async how => {
      const { world } = await withNewCase();
      await world.advance(minute);
      await runCycle(world.faulty(({ name }) => (name === 'create' ? 'lost-answer' : undefined)));
      const [issue] = [...world.jira.issuesNow.values()];
      if (how === 'by the created event') await world.event(issue!.id);
      for (let cycles = 0; cycles < 5; cycles++) await world.cycle();
      const entries = world.store.state.journal.filter(({ issueKey }) => issueKey === issue!.key);
      const told = entries.find(({ what }) => what === 'Issue');
      expect(told).toMatchObject({ outcome: 'created', to: issue!.key });
      expect(told?.reason).toMatch(/Jira did not answer the request.*found by its marker/);
      expect(entries.find(({ what }) => what === 'Summary')).toMatchObject({ outcome: 'written', to: 'Printer' });
      expect(world.store.state.links.size).toBe(1);
    },
  );
});

describe('an edit that comes while its issue is looked for', () => {
  it.each(['kill-before', 'kill-after', 'unavailable', 'lost-request'] as const)(
    'P3 reaches the issue, whatever call of the run that finds it a %s struck',
    async effect => {
      let struck = '';
      for (let at = 1; at === 1 || struck !== ''; at++) {
        struck = '';
        const { world, record } = await withNewCase();
        world.jira.searchLagMs = 0;
        await world.advance(minute);
        await runCycle(world.faulty(({ name }) => (name === 'create' ? 'kill-after' : undefined))).catch(() => {});
        await world.advance(minute);
        world.salesforce.edit(record, { Subject: 'Edited' });
        await world.advance(5 * minute);
        // The place in the list of changes goes past the edit: the record is named as one that waits.
        await runCycle(world.faulty(({ name }) => (name === 'claimOf' ? 'lost-request' : undefined)));
        expect(attentionOf(world)).toMatchObject([{ record, retry: { tries: 1 } }]);
        await world.advance(20 * minute);
        await runCycle(
          world.faulty((call, nth) => {
            if (nth !== at) return undefined;
            struck = `${call.system} ${call.name}`;
            return effect;
          }),
        ).catch(() => {});
        for (let cycles = 0; cycles < 6; cycles++) await world.cycle();
        const [issue] = [...world.jira.issuesNow.values()];
        expect([at, struck, issue?.fields.summary]).toEqual([at, struck, 'Edited']);
      }
    },
  );
});

describe('a note on the record that is never answered', () => {
  it('S-10 P4 is asked for with growing delays, then waits for a person, and is made when one asks', async () => {
    const { world, record } = await withNewCase();
    const sent = await sentAt(world, 23, 'insert');
    expect(sent.length).toBeGreaterThanOrEqual(6);
    expect(sent.length).toBeLessThanOrEqual(10);
    expect(attentionOf(world)).toMatchObject([{ id: `support-cases:${record}#note`, tries: sent.length }]);
    expect(attentionOf(world)[0]?.remedy).toMatch(/then retry/);
    expect(world.store.state.dirty.size).toBe(0);
    await runRecord(world.deps, { item: 'support-cases', record });
    expect(attentionOf(world)).toEqual([]);
    expect([...world.store.state.links.values()][0]?.value.note?.id).toBeDefined();
  });
});

describe('a note on the record whose answer was lost', () => {
  it('S-10 I9 leaves one note and no trouble, whatever call ends the run that finds it', async () => {
    const made = async () => {
      const { world, record } = await withNewCase();
      await world.advance(5 * minute);
      await runCycle(world.faulty(({ name }) => (name === 'insert' ? 'lost-answer' : undefined)));
      await world.advance(5 * minute);
      world.calls.length = 0;
      return { world, record };
    };
    const probe = await made();
    await runCycle(probe.world.deps);
    const all = probe.world.calls.length;
    expect(all).toBeGreaterThan(10);
    for (let at = 1; at <= all; at++) {
      const { world } = await made();
      const call = () => world.calls[at - 1]?.name;
      await runCycle(world.faulty((_, nth) => (nth === at ? 'kill-after' : undefined))).catch(() => {});
      for (let cycles = 0; cycles < 6; cycles++) await world.cycle();
      expect([at, call(), attentionOf(world)]).toEqual([at, call(), []]);
      expect([at, world.calls.filter(({ name }) => name === 'insert')]).toEqual([at, []]);
    }
  });
});

describe('what the app’s own storage will not take', () => {
  it.each([
    ['MAX_SIZE', 'refused', /at most 240 KB/],
    ['INVALID_KEY', 'refused', /tell the app’s support the code/],
    ['FAILED', 'unknown', /status.atlassian.com/],
  ] as const)(
    'P10 %s needs attention on every item, with a remedy, until a cycle gets through',
    async (code, kind, remedy) => {
      const { world } = await withNewCase();
      const failure = { system: 'store', kind, code, message: 'The storage did not take it.', fields: [] } as const;
      const { saveWatermark } = world.store;
      world.store.saveWatermark = async () => {
        throw new PortError(failure);
      };
      await world.cycle();
      expect(attentionOf(world)).toMatchObject([{ item: 'support-cases', cause: expect.stringContaining(code) }]);
      expect(attentionOf(world)[0]?.remedy).toMatch(remedy);
      world.store.saveWatermark = saveWatermark;
      await world.cycle();
      expect(attentionOf(world)).toEqual([]);
    },
  );

  it('P7 is told with a second try, for what went under our write is known by this run alone', async () => {
    const { world, record } = await withNewCase();
    await world.cycle();
    const [issue] = world.jira.issuesNow.keys();
    world.jira.edit(issue!, { description: richText('Mine') });
    const { update } = world.salesforce;
    world.salesforce.update = (changes, soql) => {
      world.salesforce.edit(record, { Description: 'Written just then' });
      return update.call(world.salesforce, changes, soql);
    };
    const { addJournal } = world.store;
    const failure = { system: 'store', kind: 'unavailable', code: '500', message: 'Try again.', fields: [] } as const;
    world.store.addJournal = async () => {
      world.store.addJournal = addJournal;
      throw new PortError(failure);
    };
    await world.event(issue!);
    expect(world.salesforce.read(record, 'Description')).toBe('Mine');
    expect(world.store.state.journal).toContainEqual(expect.objectContaining({ lost: 'Written just then' }));
  });
});
