/** What reading costs and how fresh it is: batches of what is asked for together, long lists, and a program that is known. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../compiler/plan/ir.ts';
import type { PortError, RunReport } from '../runtime/ports.ts';
import type { AppStore } from '../runtime/storage/index.ts';
import type { Reads } from '../runtime/storage/reads.ts';
import type { Storage } from './kit/forge-storage.ts';
import { jsonPlans, openStore } from './kit/store.ts';

const now = Date.UTC(2026, 10, 23, 9);
let storage: Storage;
let store: AppStore;

beforeEach(async () => {
  ({ storage, store } = await openStore({ now: () => now }));
});

describe('reads that are asked for in one turn', () => {
  let reads: Reads;
  const put = (key: string, value: object, entityName?: string) =>
    storage.run(async () => {
      const { kvs } = await import('@forge/kvs');
      return entityName === undefined ? kvs.set(key, value) : kvs.entity(entityName).set(key, value);
    });
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    storage.calls.length = 0;
    return storage.run(work);
  };
  beforeEach(async () => {
    const { kvs } = await import('@forge/kvs');
    const { createReads } = await import('../runtime/storage/reads.ts');
    reads = createReads(kvs);
  });

  it('travel in one batch, values and rows of any entity, and what is not there is nothing', async () => {
    await put('a', { n: 1 });
    await put('b', { revision: 2, body: 'x' }, 'page');
    const both = () => Promise.all([reads.value('a'), reads.row('page', 'b'), reads.value('none'), reads.value('a')]);
    expect(await asked(both)).toEqual([{ n: 1 }, { revision: 2, body: 'x' }, undefined, { n: 1 }]);
    expect(storage.calls).toEqual(['/api/v1/batch/get']);
  });

  it('are one call each where one waits for the other, and see what was written in between', async () => {
    await put('a', { n: 1 });
    const first = await asked(() => reads.value('a'));
    expect(storage.calls).toEqual(['/api/v1/get']);
    await put('a', { n: 2 });
    expect([first, await storage.run(() => reads.value('a'))]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('of a key that is a value and a row of two entities are told apart', async () => {
    await put('same', { n: 1 });
    await put('same', { revision: 2, body: 'page' }, 'page');
    await put('same', { revision: 3, body: 'index' }, 'issue-links');
    const all = () => Promise.all([reads.value('same'), reads.row('page', 'same'), reads.row('issue-links', 'same')]);
    expect(await asked(all)).toEqual([{ n: 1 }, { revision: 2, body: 'page' }, { revision: 3, body: 'index' }]);
  });

  it('go on in a second batch beyond Forge’s limit of 25', async () => {
    const keys = Array.from({ length: 60 }, (_, n) => `k${n}`);
    for (const key of keys.filter((_, n) => n % 2 === 0)) await put(key, { revision: 1, body: key }, 'page');
    const found = await asked(() => reads.rows<{ body: string }>('page', keys));
    expect(storage.calls).toHaveLength(3);
    expect([...found].map(([key, { body }]) => [key, body])).toEqual(
      keys.filter((_, n) => n % 2 === 0).map(key => [key, key]),
    );
  });

  it('all fail with the batch, each for itself', async () => {
    storage.before = () => new Response('{"code":"RATE_LIMIT_EXCEEDED","message":"m"}', { status: 429 });
    const outcomes = await storage.run(() => Promise.allSettled([reads.value('a'), reads.value('b')]));
    expect(outcomes.map(one => one.status === 'rejected' && (one.reason as PortError).failure.kind)).toEqual([
      'limited',
      'limited',
    ]);
  });

  it('fail alone where the batch answers all but one', async () => {
    await put('a', { n: 1 });
    const failedKeys = [{ key: 'b', error: { code: 'INTERNAL', message: 'm' } }];
    const successfulKeys = [{ key: 'a', value: { n: 1 } }];
    storage.before = () => new Response(JSON.stringify({ successfulKeys, failedKeys }));
    const [a, b] = await storage.run(() => Promise.allSettled([reads.value('a'), reads.value('b')]));
    expect(a).toEqual({ status: 'fulfilled', value: { n: 1 } });
    expect(b).toMatchObject({ status: 'rejected', reason: { failure: { kind: 'unavailable', code: 'INTERNAL' } } });
  });
});

describe('claims of runs that died', () => {
  it('P1 are listed oldest first, beyond one page of the storage, and a hundred at most', async () => {
    const total = 130;
    for (let n = total; n > 0; n--) await store.claim({ key: `claim ${n}`, at: n * 1000, run: 'r', looks: 0 });
    const made = async (before: number) => (await store.claimsBefore(before)).map(({ at }) => at / 1000);
    expect(await made(46_000)).toEqual(Array.from({ length: 45 }, (_, n) => n + 1));
    const most = await made(now);
    expect(most.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect(most.length).toBeLessThan(total);
    expect(await made(1000)).toEqual([]);
  });
});

describe('the list of runs', () => {
  it.each([0, 1, 40, 500])('A-5 is as long as was asked for, newest first: %i', async limit => {
    const total = 90;
    for (let n = 0; n < total; n++)
      await store.saveRun({ id: `run ${n}`, cause: 'schedule', startedAt: now - total + n, items: {} } as RunReport);
    const ids = (await store.runs(limit)).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: Math.min(limit, total) }, (_, n) => `run ${total - 1 - n}`));
  });
});

describe('a record that was taken off', () => {
  it('I25 stays so under the new id of its item, and no more under the old one', async () => {
    const link = { item: 'cases', object: 'Case', record: '500000000000001AAA', issueId: '1', issueKey: 'SUP-1' };
    await store.addLink({ ...link, managed: 'auto', createdAt: 1, state: { kind: 'active' }, bases: {}, stamp: 1 });
    await store.removeLink({ ...link, managed: 'auto', createdAt: 1, state: { kind: 'active' }, bases: {}, stamp: 1 });
    const key = (item: string) => ({ item, record: link.record });
    await store.moveTombstone(key('cases'), key('tickets'));
    // Once more, as after a run that died: it stays where it is.
    await store.moveTombstone(key('cases'), key('tickets'));
    expect([await store.tombstone(key('cases')), await store.tombstone(key('tickets'))]).toEqual([false, true]);
    expect(await store.tombstones()).toEqual([key('tickets')]);
    await store.moveTombstone(key('never'), key('other'));
    expect(await store.tombstone(key('other'))).toBe(false);
  });
});

describe('a program that is known from the run before', () => {
  const program = (version: number, savedBy = 'someone') => ({
    version,
    savedAt: version,
    savedBy,
    files: { 'a.bridge': `v${version}` },
    plan: { version: 1, items: [] } as Plan,
  });

  it('is decoded once while nothing changes, and never after it did', async () => {
    let decoded = 0;
    const plans = {
      ...jsonPlans,
      decode(text: string) {
        decoded++;
        return jsonPlans.decode(text);
      },
    };
    ({ storage, store } = await openStore({ now: () => now }, plans));
    await store.saveProgram(program(1), 0);
    expect([await store.program(), await store.program()]).toEqual([program(1), program(1)]);
    expect(decoded).toBe(1);
    await store.saveProgram(program(2), 1);
    expect(await store.program()).toEqual(program(2));
    await store.renameAuthor('someone', 'erased');
    expect(await store.program()).toEqual(program(2, 'erased'));
  });

  it('is of no other site in the same process', async () => {
    await store.saveProgram(program(1, 'theirs'), 0);
    await store.program();
    const other = await openStore({ now: () => now });
    await other.store.saveProgram(program(1, 'ours'), 0);
    expect((await other.store.program())?.savedBy).toBe('ours');
    expect((await store.program())?.savedBy).toBe('theirs');
  });
});
