/** The store over the real @forge/kvs and the sandbox's storage. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../compiler/plan/ir.ts';
import type { JournalEntry, Link, PortError, RunReport } from '../runtime/ports.ts';
import type { AppStore } from '../runtime/storage/index.ts';
import type { Storage } from './kit/forge-storage.ts';
import { openStore } from './kit/store.ts';

const day = 24 * 60 * 60 * 1000;
let now: number;
let storage: Storage;
let store: AppStore;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 9);
  ({ storage, store } = await openStore({ now: () => now }));
});

const link = (over: Partial<Link> = {}): Link => ({
  item: 'support-cases',
  object: 'Case',
  record: '500000000000001AAA',
  issueId: '10001',
  issueKey: 'SUP-1',
  managed: 'auto',
  createdAt: 1,
  state: { kind: 'active' },
  bases: { summary: { salesforce: 'a', jira: null } },
  stamp: 5,
  ...over,
});
const only = async (one: Link = link()) => [...(await store.links([one])).values()][0];
const failing = async (run: () => Promise<unknown>) =>
  (
    (await run().then(
      () => undefined,
      (error: unknown) => error,
    )) as PortError
  ).failure;

describe('links', () => {
  it('are found from the record and from the issue, with everything that was put into them', async () => {
    const deep: unknown = Array.from({ length: 60 }).reduce(
      (inner: unknown) => ({ type: 'list', content: [inner] }),
      'x',
    );
    const full = link({
      bases: { description: { salesforce: 'ü "q"', jira: deep, sending: [{ side: 'jira', value: deep, at: 3 }] } },
      status: { salesforce: null, jira: 'To Do' },
      state: { kind: 'paused', reason: 'r', at: 1 },
      lastOutcome: { at: 3, kind: 'blocked', message: 'm' },
    });
    expect(await store.addLink(full)).toBe(true);
    expect(await only()).toEqual({ value: full, revision: 1 });
    expect(await store.linksOfIssue('10001')).toEqual([{ value: full, revision: 1 }]);
    expect(await store.links([{ item: 'support-cases', record: 'x' }])).toEqual(new Map());
  });

  it('are found for many issues at once', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => String(20_000 + at));
    for (const [at, issueId] of ids.entries())
      if (at % 2 === 0)
        for (const item of ['support-cases', 'others'])
          await store.addLink(link({ item, issueId, record: `5000000000${String(at).padStart(5, '0')}AAA` }));
    const found = await store.linksOfIssues([...ids, 'none']);
    expect([...found.keys()].sort()).toEqual(ids.filter((_, at) => at % 2 === 0));
    for (const [issueId, links] of found) expect(links).toEqual(await store.linksOfIssue(issueId));
  });

  it('hold long texts in any script, several times over', async () => {
    let seed = 1;
    const sign = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return String.fromCodePoint(0x4e00 + (seed % 20_000));
    };
    const long = Array.from({ length: 32_000 }, sign).join('');
    const sides = ['jira', 'salesforce', 'jira'] as const;
    const full = link({
      bases: {
        description: {
          salesforce: long,
          jira: { type: 'doc', content: [long] },
          sending: sides.map((side, at) => ({ side, value: long, at })),
          written: { side: 'jira', value: long },
          seen: { value: long, at: 1 },
        },
      },
    });
    expect(await store.addLink(full)).toBe(true);
    expect((await only())?.value).toEqual(full);
  });

  it('are made once from either side, however many try at the same moment', async () => {
    const rivals = [
      ...Array.from({ length: 4 }, (_, n) => link({ issueId: `2000${n}` })),
      ...Array.from({ length: 4 }, (_, n) => link({ record: `50000000000000${n}AAA`, issueId: '30000' })),
    ];
    const made = await Promise.all(rivals.map(one => store.addLink(one)));
    const [byRecord, byIssue] = [made.slice(0, 4), made.slice(4)];
    expect(byRecord.filter(Boolean).length + byIssue.filter(Boolean).length).toBeGreaterThan(0);
    expect(byIssue.filter(Boolean).length).toBeLessThanOrEqual(1);
    expect((await store.linksOfIssue('30000')).length).toBe(byIssue.filter(Boolean).length);
    for (const [at, one] of rivals.entries()) if (made[at]) expect((await only(one))?.value.issueId).toBe(one.issueId);
    expect(new Set(rivals.filter((_, at) => made[at]).map(one => one.record)).size).toBe(made.filter(Boolean).length);
  });

  it('of several items on one issue are all made, also at the same moment', async () => {
    const items = ['a', 'b', 'c', 'd'].map(item => link({ item }));
    expect(await Promise.all(items.map(one => store.addLink(one)))).toEqual([true, true, true, true]);
    expect((await store.linksOfIssue('10001')).map(({ value }) => value.item).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('change only on the revision that was read', async () => {
    await store.addLink(link());
    const racers = await Promise.all([1, 2, 3].map(stamp => store.putLink(link({ stamp }), 1)));
    expect(racers.filter(Boolean)).toHaveLength(1);
    expect((await only())?.revision).toBe(2);
    expect(await store.putLink(link({ stamp: 99 }), 1)).toBe(false);
    expect(await store.putLink(link({ record: 'never' }), 1)).toBe(false);
  });

  it('that are removed leave a tombstone and free both sides', async () => {
    await store.addLink(link());
    await store.addLink(link({ item: 'other' }));
    expect(await store.tombstone(link())).toBe(false);
    await store.removeLink(link());
    expect([await only(), await store.tombstone(link())]).toEqual([undefined, true]);
    expect((await store.linksOfIssue('10001')).map(({ value }) => value.item)).toEqual(['other']);
    expect(await store.addLink(link({ record: '500000000000002AAA' }))).toBe(true);
  });

  it('are all listed, page by page', async () => {
    for (let n = 0; n < 45; n++) await store.addLink(link({ record: `r${n}`, issueId: `${n}` }));
    const records: string[] = [];
    await storage.run(async () => {
      for await (const { record } of store.allLinks()) records.push(record);
    });
    expect(records.sort()).toEqual(Array.from({ length: 45 }, (_, n) => `r${n}`).sort());
  });

  it('of a newer version are refused instead of misread', async () => {
    const { stored } = await import('../runtime/storage/stored.ts');
    const { text } = await import('../runtime/shape.ts');
    const old = stored('thing', 1, text());
    const young = stored('thing', 2, text(), { 1: value => `${String(value)}!` });
    expect(young.decode(old.encode('a'))).toBe('a!');
    expect(() => old.decode(young.encode('a'))).toThrow(/its version is 2/);
    expect(() => old.decode({ v: 1, json: '3' })).toThrow(/should be a text/);
  });
});

describe('turns', () => {
  it('a claim is given once and kept with its own times', async () => {
    const claim = { key: 'org/a:1 ü', at: 7, run: 'r', looks: 0 };
    const won = await Promise.all(Array.from({ length: 6 }, () => store.claim(claim)));
    expect(won.filter(Boolean)).toHaveLength(1);
    await store.updateClaim({ ...claim, looks: 1, lastLookAt: 9 });
    expect(await store.claimOf(claim.key)).toEqual({ ...claim, looks: 1, lastLookAt: 9 });
    await store.claim({ ...claim, key: 'later', at: 30 });
    await store.claim({ ...claim, key: 'earlier', at: 3 });
    expect((await store.claimsBefore(30)).map(({ key }) => key)).toEqual(['earlier', claim.key]);
    await store.dropClaim(claim.key);
    expect(await store.claim(claim)).toBe(true);
  });

  it('a lease has one holder, is taken over when it has run out, and its epoch only rises', async () => {
    const first = (await Promise.all(['a', 'b', 'c'].map(holder => store.acquire('x', holder, 1000)))).filter(Boolean);
    expect(first).toHaveLength(1);
    expect(await store.acquire('x', 'd', 1000)).toBeUndefined();
    now += 1000;
    const taken = (await Promise.all(['e', 'f'].map(holder => store.acquire('x', holder, 1000)))).filter(Boolean);
    expect(taken).toHaveLength(1);
    expect(taken[0]!.epoch).toBeGreaterThan(first[0]!.epoch);
    // The one that was late does not let go of what is no longer its own.
    await store.release('x', first[0]!);
    expect(await store.acquire('x', 'g', 1000)).toBeUndefined();
    await store.release('x', taken[0]!);
    expect((await store.acquire('x', 'g', 1000))!.epoch).toBeGreaterThan(taken[0]!.epoch);
  });

  it('a mark is taken once', async () => {
    await store.mark('issue:1');
    expect([await store.takeMark('issue:1'), await store.takeMark('issue:1'), await store.takeMark('issue:2')]).toEqual(
      [true, false, false],
    );
  });

  it('the set of issues to look at loses none to a race', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => String(n));
    await Promise.all([store.addDirty(ids.slice(0, 20)), store.addDirty(ids.slice(10)), store.addDirty(['0'])]);
    expect([...(await store.dirty(1000))].sort()).toEqual([...ids].sort());
    await Promise.all([store.dropDirty(ids.slice(0, 29)), store.addDirty(['40'])]);
    expect([...(await store.dirty(1000))].sort()).toEqual(['29', '40']);
  });
});

describe('programs', () => {
  const program = (version: number, text = `v${version}`) => ({
    version,
    savedAt: version,
    savedBy: 'someone',
    files: { 'a.bridge': text },
    plan: { version: 1, items: [] } as Plan,
  });

  it('are saved only on the version that was read, and never mixed', async () => {
    expect(await store.program()).toBeUndefined();
    expect(await store.saveProgram(program(1), 0)).toBe(true);
    const rivals = await Promise.all(['x', 'y', 'z'].map(text => store.saveProgram(program(2, text), 1)));
    expect(rivals.filter(Boolean)).toHaveLength(1);
    const winner = ['x', 'y', 'z'][rivals.indexOf(true)]!;
    expect(await store.program()).toEqual(program(2, winner));
    expect((await store.programVersions()).map(one => one.version)).toEqual([2, 1]);
    expect(await store.programVersion(1)).toEqual(program(1));
    expect(
      storage
        .dump()
        .plain.split('\n')
        .filter(row => row.startsWith('program:')),
    ).toHaveLength(2);
  });

  it('may be larger than one stored value, in any script', async () => {
    const long = 'Größe 😀 \u0000 "quoted"\n'.repeat(40_000);
    expect(await store.saveProgram(program(1, long), 0)).toBe(true);
    expect((await store.program())?.files['a.bridge']).toBe(long);
  });

  it('whose storage fails half-way leave the active one as it was', async () => {
    await store.saveProgram(program(1), 0);
    const long = 'x'.repeat(900_000);
    for (let nth = 1; ; nth++) {
      let count = 0;
      storage.before = path =>
        /\/(set|transaction)$/.test(path) && ++count === nth
          ? new Response('{"code":"X","message":"m"}', { status: 500 })
          : undefined;
      const saved = await store.saveProgram(program(2, long), 1).catch(() => 'failed');
      storage.before = () => undefined;
      if (saved === true) break;
      expect(saved).toBe('failed');
      expect(await store.program()).toEqual(program(1));
    }
    expect((await store.program())?.version).toBe(2);
  });
});

describe('history', () => {
  const entry = (n: number, over: Partial<JournalEntry> = {}): JournalEntry => ({
    id: `e${n}`,
    run: 'r',
    at: now,
    item: 'i',
    record: 'r',
    side: 'jira',
    outcome: 'written',
    what: 'Summary',
    reason: 'because',
    source: 'a.bridge:1',
    ...over,
  });
  const run = (n: number, over: Partial<RunReport> = {}): RunReport => ({
    id: `run${n}`,
    cause: 'schedule',
    startedAt: now,
    items: {},
    ...over,
  });

  it('is complete and newest first, however it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 8 }), async sizes => {
        ({ storage, store } = await openStore({ now: () => now }));
        let n = 0;
        const batches = sizes.map(size =>
          Array.from({ length: size }, () => entry(++n, { reason: 'x'.repeat(n % 900) })),
        );
        for (const batch of batches) await store.addJournal(batch);
        expect((await store.journal(10_000)).map(one => one.id)).toEqual(
          Array.from({ length: n }, (_, at) => `e${n - at}`),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('loses nothing when several write at once', async () => {
    await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        store.addJournal(Array.from({ length: 30 }, (_, at) => entry(n * 100 + at, { reason: 'y'.repeat(500) }))),
      ),
    );
    expect(new Set((await store.journal(10_000)).map(one => one.id)).size).toBe(150);
  });

  it('shows a run once, as it ended', async () => {
    await store.saveRun(run(1));
    await store.saveRun(run(2));
    await store.saveRun(run(1, { endedAt: now + 5 }));
    expect((await store.runs(10)).map(one => [one.id, one.endedAt])).toEqual([
      ['run2', undefined],
      ['run1', now + 5],
    ]);
  });

  it('A-5 keeps thirty days, in values far below Forge’s limit, also of a huge entry', async () => {
    await store.addJournal([entry(1, { reason: 'z'.repeat(1_000_000) })]);
    expect((await store.journal(10))[0]?.id).toBe('e1');
    now += 31 * day;
    await store.addJournal([entry(2)]);
    expect((await store.journal(10)).map(one => one.id)).toEqual(['e2']);
  });

  it('A-5 keeps what a conflict lost for ninety days, and whole', async () => {
    const lost = Array.from({ length: 32_000 }, (_, at) => String.fromCodePoint(0x4e00 + (at % 20_000))).join('');
    await store.addJournal([entry(1), entry(2, { lost, kept: null }), entry(3)]);
    expect((await store.journal(10)).map(one => one.id).sort()).toEqual(['e1', 'e2', 'e3']);
    now += 89 * day;
    await store.addJournal([entry(4)]);
    expect((await store.journal(10)).map(one => [one.id, one.lost])).toEqual([
      ['e4', undefined],
      ['e2', lost],
    ]);
    now += 2 * day;
    expect((await store.journal(10)).map(one => one.id)).toEqual(['e4']);
  });

  it('A-5 takes a conflict of any size', async () => {
    await store.addJournal([entry(1, { lost: 'z'.repeat(1_000_000), kept: { deep: ['z'.repeat(500_000)] } })]);
    expect((await store.journal(10))[0]?.id).toBe('e1');
  });
});

describe('attention', () => {
  it('is one list whatever its length, read in one batch', async () => {
    const all = Array.from({ length: 60 }, (_, n) => ({
      id: `case:${n}`,
      item: 'i',
      since: n,
      cause: 'c',
      remedy: 'r',
      retry: { tries: n, dueAt: n },
    }));
    await Promise.all(all.map(one => store.saveAttention(one)));
    await store.saveAttention({ ...all[3]!, cause: 'again' });
    await store.dropAttention('case:5');
    storage.calls.length = 0;
    const listed = await store.attention();
    expect(storage.calls).toEqual(['/api/v1/batch/get']);
    expect(listed).toEqual(
      all
        .map((one, n) => (n === 3 ? { ...one, cause: 'again' } : one))
        .filter(one => one.id !== 'case:5')
        .reverse(),
    );
  });
});

describe('C-3 secrets', () => {
  it('live in the secret store only, and go with the connection', async () => {
    await store.saveConnection(
      { loginUrl: 'l', clientId: 'c', orgId: 'o', orgName: 'n', instanceUrl: 'i', savedAt: 1 },
      'the-secret',
    );
    await store.saveToken({ token: 'the-token', instanceUrl: 'i' });
    expect([await store.secret(), await store.token()]).toEqual([
      'the-secret',
      { token: 'the-token', instanceUrl: 'i' },
    ]);
    expect(storage.dump().plain).not.toMatch(/the-secret|the-token/);
    await store.clearConnection();
    expect([await store.connection(), await store.secret(), await store.token(), storage.dump().secret]).toEqual([
      undefined,
      undefined,
      undefined,
      '',
    ]);
  });
});

it.each([
  [429, { code: 'RATE_LIMIT_EXCEEDED', message: 'm' }, 'limited'],
  [503, { code: 'UNAVAILABLE', message: 'm' }, 'unavailable'],
  [500, { code: 'INTERNAL', message: 'm' }, 'unknown'],
  [413, { code: 'MAX_SIZE', message: 'm' }, 'refused'],
])('a storage that answers %i is a failure, never a lost race', async (status, body, kind) => {
  storage.before = () => new Response(JSON.stringify(body), { status });
  for (const attempt of [
    () => store.claim({ key: 'k', at: 1, run: 'r', looks: 0 }),
    () => store.putLink(link(), 1),
    () => store.links([link()]),
  ])
    expect(await failing(attempt)).toMatchObject({ system: 'store', kind });
});

it('a watermark with very many handled rows is kept whole', async () => {
  const handled = Array.from({ length: 20_000 }, (_, n) => `500000000000${n}@${n}`);
  await store.saveWatermark('Case', { until: 5, handled });
  await store.saveWatermark('Case', { until: 6, handled });
  expect(await store.watermark('Case')).toEqual({ until: 6, handled });
  await store.saveWatermark('Case', { until: 7, handled: [] });
  expect(storage.dump().plain.split('\n')).toHaveLength(1);
});
