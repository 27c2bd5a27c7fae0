/** Forge's own limits and refusals, as the app's calls see them through the real packages. */
import { describe, expect, it } from 'vitest';
import { call, manifest, type Packages, world } from './test-kit.ts';

const codeOf = (error: Error & { readonly code?: string }): string => error.code ?? error.constructor.name;

/** `n` times one after the other: how many went well, and what the first other one said. */
async function times(n: number, work: (at: number) => Promise<unknown>): Promise<readonly [number, string?]> {
  for (let at = 0; at < n; at++) {
    const refusal = await work(at).then(() => undefined, codeOf);
    if (refusal !== undefined) return [at, refusal];
  }
  return [n];
}

describe('the store', () => {
  const big = 'x'.repeat(200_000);

  it.each([
    ['writes', 'of 10 KB each, 4,000 a minute', 200, ({ kvs: { kvs } }: Packages) => kvs.set('a', big)],
    ['reads', 'of 10 KB each, 4,000 a minute', 200, ({ kvs: { kvs } }: Packages) => kvs.get('a')],
    ['requests', 'of any size, 1,000 a second', 1000, ({ kvs: { kvs } }: Packages) => kvs.get('none')],
  ] as const)('takes so many %s: units %s', async (_what, _rule, most, work) => {
    const one = await world(packages => ({
      do: ({ payload: { n } }: { payload: { n: number } }) => times(n, () => work(packages)),
    }));
    one.host.kvs.handle('/api/v1/set', { key: 'a', value: big });
    one.host.holdRates(true);
    expect(await call(one, { n: most + 50 })).toEqual([most, 'RATE_LIMIT_EXCEEDED']);
    one.clock.advance(60_000);
    expect(await call(one, { n: 3 })).toEqual([3]);
  });

  it('queries what was there a while ago when told to, and always reads what is there by key', async () => {
    const one = await world(({ kvs: { kvs, WhereConditions } }) => ({
      do: async () => {
        const rows = kvs.entity<{ owner: string; revision: number }>('row');
        const see = async () => {
          const { results } = await rows
            .query()
            .index('by-owner', { partition: ['me'] })
            .where(WhereConditions.greaterThan(0))
            .getMany();
          const plain = await kvs.query().where('key', WhereConditions.beginsWith('p')).getMany();
          return [results.map(({ key, value }) => `${key} ${value.revision}`), plain.results.map(({ key }) => key)];
        };
        await rows.set('a', { owner: 'me', revision: 1 });
        await kvs.set('p1', true);
        await new Promise(done => setTimeout(done, 6000));
        await rows.set('a', { owner: 'me', revision: 2 });
        await rows.set('b', { owner: 'me', revision: 3 });
        await kvs.delete('p1');
        const soon = await see();
        const byKey = [(await rows.get('a'))?.revision, (await rows.get('b'))?.revision, (await kvs.get('p1')) ?? null];
        await new Promise(done => setTimeout(done, 6000));
        return { soon, byKey, later: await see() };
      },
    }));
    one.host.kvs.setQueryDelay(5000);
    expect(await call(one)).toEqual({
      soon: [['a 1'], ['p1']],
      byKey: [2, 3, null],
      later: [['a 2', 'b 3'], []],
    });
  });

  it('is closed to an app without its scope', async () => {
    const one = await world(({ kvs: { kvs } }) => ({ do: () => kvs.set('a', 1).catch(codeOf) }), {
      manifest: { ...manifest, permissions: { ...manifest.permissions, scopes: ['read:jira-work'] } },
    });
    expect(await call(one)).toBe('FORBIDDEN');
  });
});

describe('Jira, through Forge', () => {
  it.each([
    ['GET', '/rest/api/3/issue/SUP-1', 'read:jira-work'],
    ['POST', '/rest/api/3/issue', 'write:jira-work'],
    ['POST', '/rest/api/3/issue/bulkfetch', 'read:jira-work'],
    ['GET', '/rest/api/3/user?accountId=1', 'read:jira-user'],
    ['POST', '/rest/api/3/permissions/check', undefined],
  ] as const)('%s %s needs %s', async (method, path, scope) => {
    const statuses = await Promise.all(
      [manifest.permissions.scopes, manifest.permissions.scopes.filter(one => one !== scope)].map(async scopes => {
        const one = await world(
          ({ api: { asApp, assumeTrustedRoute } }) => ({
            do: async () => {
              const body = method === 'POST' ? { body: '{}' } : {};
              const answer = await asApp().requestJira(assumeTrustedRoute(path), { method, ...body });
              return answer.status;
            },
          }),
          { manifest: { ...manifest, permissions: { ...manifest.permissions, scopes } } },
        );
        return call(one);
      }),
    );
    expect(statuses).toEqual([200, scope === undefined ? 200 : 401]);
  });
});

describe('egress', () => {
  it('is 100 requests in each minute that a function has begun', async () => {
    const one = await world(({ api }) => ({
      do: async () => {
        const ask = async () => (await api.fetch('https://sandbox.my.salesforce.com/q')).status;
        const statuses = async (n: number) => {
          const seen = new Map<number, number>();
          for (let at = 0; at < n; at++) {
            const status = await ask();
            seen.set(status, (seen.get(status) ?? 0) + 1);
          }
          return Object.fromEntries(seen);
        };
        return [await statuses(103)];
      },
    }));
    one.host.holdRates(true);
    expect(await call(one)).toEqual([{ 200: 100, 429: 3 }]);
    // Each run has its own.
    expect(await call(one)).toEqual([{ 200: 100, 429: 3 }]);
    expect(one.host.ledger.calls()).toHaveLength(200);
  });
});

describe('the queue', () => {
  const push = ({ events: { Queue } }: Packages, events: readonly { body: object; delayInSeconds?: number }[]) =>
    new Queue({ key: 'sync' }).push(events as never);
  const many = (n: number, body: object = {}) => Array.from({ length: n }, () => ({ body }));

  it.each([
    ['51 events at once', () => many(51), 'TooManyEventsError'],
    ['more than 200 KB at once', () => many(3, { text: 'x'.repeat(70_000) }), 'PayloadTooBigError'],
    [
      'more than 100 KB for a consumer that may run long',
      () => many(1, { text: 'x'.repeat(110_000) }),
      'PayloadTooBigError',
    ],
    ['a delay of more than 15 minutes', () => [{ body: {}, delayInSeconds: 901 }], 'InvalidPushSettingsError'],
  ] as const)('refuses %s', async (_what, events, refusal) => {
    const one = await world(packages => ({
      do: () => push(packages, events()).then(() => 'taken', codeOf),
      onSync: () => {},
    }));
    expect(await call(one)).toBe(refusal);
    expect(one.host.nextAt()).toBeUndefined();
  });

  it('takes 500 events a minute', async () => {
    const one = await world(packages => ({
      do: () => times(12, () => push(packages, many(50))),
      onSync: () => {},
    }));
    one.host.holdRates(true);
    expect(await call(one)).toEqual([10, 'RateLimitError']);
    one.clock.advance(60_000);
    expect(await call(one)).toEqual([10, 'RateLimitError']);
  });

  it('stops a chain of jobs that push each other for ever after 1,000 pushes', async () => {
    const ran: number[] = [];
    const refused: string[] = [];
    const one = await world(packages => {
      const next = (n: number) => push(packages, [{ body: { n } }]);
      return {
        do: () => next(1),
        onSync: async ({ body }: { body: { n: number } }) => {
          ran.push(body.n);
          await next(body.n + 1).catch((error: Error) => refused.push(codeOf(error)));
        },
      };
    });
    await call(one);
    await one.host.settle();
    expect(ran).toHaveLength(1000);
    expect(refused).toHaveLength(1);
  });
});

describe('calls from a page', () => {
  it.each([
    ['a payload of 500 KB', { text: 'x'.repeat(500 * 1024) }, 0, /payload.*500 KB/],
    ['an answer of 5 MB', {}, 5 * 1024 * 1024, /answer.*5 MB/],
  ])('do not carry more than %s', async (_what, payload, length, refusal) => {
    const one = await world(() => ({ do: () => 'x'.repeat(length) }));
    await expect(call(one, payload)).rejects.toThrow(refusal);
  });
});

describe('a wish to be repeated', () => {
  it.each([
    [4000, 2],
    [4100, 1],
  ])('with %i bytes of data makes %i runs', async (bytes, runs) => {
    const one = await world(({ events: { InvocationError, Queue } }, note) => ({
      do: () => new Queue({ key: 'sync' }).push([{ body: {} }]),
      onSync: (event: { retryContext?: object }) => {
        note('run');
        if (event.retryContext) return undefined;
        return new InvocationError({ retryAfter: 1, retryData: { text: 'x'.repeat(bytes - 11) } } as never);
      },
    }));
    await call(one);
    await one.host.settle();
    expect(one.seen).toHaveLength(runs);
  });
});
