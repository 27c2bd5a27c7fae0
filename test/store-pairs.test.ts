/** What links remember of comments and files, and the markers' key, over the real @forge/kvs. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommentPair, Pairs } from '../runtime/conversation.ts';
import type { AppStore } from '../runtime/storage/index.ts';
import { createStorage, type Storage } from './kit/forge-storage.ts';

let storage: Storage;
let store: AppStore;
const open = async (site?: string) => {
  const { kvs } = await import('@forge/kvs');
  const { createStore } = await import('../runtime/storage/index.ts');
  const plans = { encode: () => '', decode: () => ({ version: 1, items: [] }) as never, renew: async () => undefined };
  return createStore({ kvs, clock: { now: () => 0 }, plans, newId: () => 'id', site: () => site });
};
beforeEach(async () => {
  storage = createStorage({ now: () => 0 });
  store = await open();
});

const connection = {
  loginUrl: 'https://model.my.salesforce.com',
  clientId: 'client',
  orgId: '00D000000000001AAA',
  orgName: 'Model',
  instanceUrl: 'https://model.my.salesforce.com',
  savedAt: 0,
};
const key = { item: 'cases', record: '500000000000001AAA' };
const name = 'cases:500000000000001AAA';
const pair = (n: number): CommentPair => ({
  from: n % 2 === 0 ? 'jira' : 'salesforce',
  source: String(10_000 + n),
  digest: `d${n}`.padEnd(12, 'x'),
  open: false,
  copies: [{ id: `00a${String(n).padStart(12, '0')}AAA`, digest: 'e'.repeat(12) }],
});
const pairs = (over: Partial<Pairs> = {}): Pairs => ({
  issueId: '10001',
  looked: '1001',
  comments: [
    pair(1),
    {
      ...pair(2),
      copies: [
        { at: 5, digest: 'x' },
        { id: 'a', gone: true },
      ],
      skipped: 'why',
    },
  ],
  files: [
    { from: 'jira', name: 'ä "b".txt', size: 3, checksum: 'c', attachment: '7', at: 4, notes: { jira: { at: 1 } } },
    {
      from: 'salesforce',
      name: 'n',
      size: 1,
      checksum: 'c',
      document: 'd',
      attachment: '8',
      notes: { jira: { id: '9' } },
    },
  ],
  forgot: false,
  ...over,
});
const read = async () => (await storage.run(() => store.pairs([key]))).get(name);

describe('pairs', () => {
  it('S-8 S-9 are kept whole, and a late writer loses', async () => {
    expect(await read()).toBeUndefined();
    expect(await storage.run(() => store.putPairs(key, pairs(), 0))).toBe(true);
    expect(await read()).toEqual({ value: pairs(), revision: 1 });
    expect(await storage.run(() => store.putPairs(key, pairs({ comments: [] }), 0))).toBe(false);
    expect(await storage.run(() => store.putPairs(key, pairs({ looked: '' }), 1))).toBe(true);
    expect(await storage.run(() => store.putPairs(key, pairs(), 1))).toBe(false);
    expect(await read()).toEqual({ value: pairs({ looked: '' }), revision: 2 });
  });

  it('S-8 of a conversation without end give way from the oldest, and that they did is known', async () => {
    const comments = Array.from({ length: 3_000 }, (_, n) => pair(n));
    expect(await storage.run(() => store.putPairs(key, pairs({ comments }), 0))).toBe(true);
    const { value } = (await read())!;
    expect(value.forgot).toBe(true);
    expect(value.comments).toEqual(comments.slice(-value.comments.length));
    expect(value.comments.length).toBeGreaterThan(500);
  });
});

describe('the key of the markers', () => {
  it('P8 S-10 is made once, whoever asks first, and lies with the secrets only', async () => {
    const others = await open();
    const [one, two] = await Promise.all([storage.run(() => store.markerKey()), storage.run(() => others.markerKey())]);
    expect(one).toBe(two);
    expect(one.length).toBeGreaterThan(40);
    expect(await storage.run(() => store.markerKey())).toBe(one);
    expect(storage.dump().plain).not.toContain(one);
    expect(storage.dump().secret).toContain(one);
  });

  it('I25 is the same for one site and connection although the app was away, and another for every other', async () => {
    const keyOf = async (site: string | undefined, secret: string) => {
      storage = createStorage({ now: () => 0 });
      const inside = await open(site);
      await storage.run(() => inside.saveConnection(connection, secret));
      return storage.run(() => inside.markerKey());
    };
    const first = await keyOf('site-1', 'a secret of the org');
    expect(await keyOf('site-1', 'a secret of the org')).toBe(first);
    const others = [
      await keyOf('site-2', 'a secret of the org'),
      await keyOf('site-1', 'another secret'),
      await keyOf(undefined, 'a secret of the org'),
      await keyOf(undefined, 'a secret of the org'),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
    expect(first).not.toContain('a secret');
  });
});
