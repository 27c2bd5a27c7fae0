/** The @forge packages as they are on npm, driven against the host. */
import { describe, expect, it } from 'vitest';
import { realClock } from './clock.ts';
import { call, start, world } from './test-kit.ts';

describe('storage', () => {
  it('keeps values, secrets and entities apart and forgets what is deleted', async () => {
    const one = await world(({ kvs: { kvs } }) => ({
      do: async () => {
        await kvs.set('a', { n: 1 });
        await kvs.setSecret('a', 'hidden');
        await kvs.entity('row').set('a', { owner: 'x' });
        const before = [await kvs.get('a'), await kvs.getSecret('a'), await kvs.entity('row').get('a')];
        await kvs.delete('a');
        await kvs.delete('a');
        return [...before, (await kvs.get('a')) ?? 'gone', await kvs.getSecret('a')];
      },
    }));
    expect(await call(one)).toEqual([{ n: 1 }, 'hidden', { owner: 'x' }, 'gone', 'hidden']);
  });

  it('lets the first of two claims win, and keeps an expired key in the way', async () => {
    const one = await world(({ kvs: { kvs } }) => ({
      do: async () => {
        const claim = () =>
          kvs
            .entity('row')
            .set('claim', { revision: 1 }, { keyPolicy: 'FAIL_IF_EXISTS', ttl: { unit: 'SECONDS', value: 5 } });
        const tries = await Promise.allSettled([claim(), claim()]);
        await new Promise(done => setTimeout(done, 20_000));
        tries.push(...(await Promise.allSettled([claim()])));
        return tries.map(tried => (tried.status === 'fulfilled' ? 'won' : (tried.reason as { code: string }).code));
      },
    }));
    expect(await call(one)).toEqual(['won', 'KEY_CONFLICT', 'KEY_CONFLICT']);
  });

  it('applies a transaction whole or not at all', async () => {
    const one = await world(({ kvs: { kvs, Filter, FilterConditions } }) => ({
      do: async () => {
        await kvs.entity('row').set('a', { revision: 1 });
        const replace = (from: number) =>
          kvs
            .transact()
            .set('b', { revision: 9 }, { entityName: 'row' })
            .set(
              'a',
              { revision: from + 1 },
              {
                entityName: 'row',
                conditions: new Filter<{ revision: number }>().and('revision', FilterConditions.equalTo(from)),
              },
            )
            .execute()
            .then(
              () => 'done',
              error => (error as { code: string }).code,
            );
        const stale = await replace(7);
        const untouched = (await kvs.entity('row').get('b')) ?? 'absent';
        return [stale, untouched, await replace(1), await kvs.entity('row').get('a')];
      },
    }));
    expect(await call(one)).toEqual(['CONDITIONAL_CHECK_FAILED', 'absent', 'done', { revision: 2 }]);
  });

  it('answers an index page by page, in order', async () => {
    const one = await world(({ kvs: { kvs, WhereConditions } }) => ({
      do: async () => {
        for (let n = 0; n < 12; n++)
          await kvs.entity('row').set(`k${n}`, { owner: n % 2 ? 'odd' : 'even', revision: n });
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const query = kvs
            .entity('row')
            .query()
            .index('by-owner', { partition: ['odd'] })
            .where(WhereConditions.greaterThan(2))
            .limit(2);
          const { results, nextCursor } = await (cursor ? query.cursor(cursor) : query).getMany();
          found.push(...results.map(row => row.key));
          cursor = nextCursor;
        } while (cursor);
        return found;
      },
    }));
    expect(await call(one)).toEqual(['k3', 'k5', 'k7', 'k9', 'k11']);
  });

  it.each([
    ['a key with a slash', 'a/b', 1, 'INVALID_KEY'],
    ['an endless key', 'k'.repeat(501), 1, 'INVALID_KEY'],
    ['a value over 240 KiB', 'k', 'x'.repeat(240 * 1024), 'MAX_SIZE'],
  ])('refuses %s', async (_, key, value, code) => {
    const one = await world(({ kvs: { kvs } }) => ({ do: () => kvs.set(key, value) }));
    await expect(call(one)).rejects.toMatchObject({ code });
  });
});

describe('the queue', () => {
  it('runs jobs when their delay is over, and one at a time in a lane', async () => {
    const one = await world(({ events: { Queue } }, note) => {
      const queue = new Queue({ key: 'sync' });
      return {
        do: () =>
          queue.push([
            { body: { n: 1 }, delayInSeconds: 30 },
            { body: { n: 2 }, concurrency: { key: 'lane', limit: 1 } },
            { body: { n: 3 }, concurrency: { key: 'lane', limit: 1 } },
          ]),
        onSync: async ({ body }: { body: { n: number } }) => {
          note(`start ${body.n}`);
          await new Promise(done => setTimeout(done, 5_000));
          note(`end ${body.n}`);
        },
      };
    });
    await call(one);
    await one.host.settle();
    expect(one.seen.map(entry => `${entry.what} at ${entry.at / 1000} s`)).toEqual([
      'start 2 at 0 s',
      'end 2 at 5 s',
      'start 3 at 5 s',
      'end 3 at 10 s',
      'start 1 at 30 s',
      'end 1 at 35 s',
    ]);
  });

  it('repeats a job that asks for it with its reason and data, and one that throws after a while', async () => {
    const one = await world(({ events: { Queue, InvocationError } }, note) => ({
      do: () => new Queue({ key: 'sync' }).push([{ body: { kind: 'asks' } }, { body: { kind: 'throws' } }]),
      onSync: async (event: { body: { kind: string }; retryContext?: { retryCount: number; retryData?: unknown } }) => {
        note([event.body.kind, event.retryContext?.retryCount ?? 0, event.retryContext?.retryData ?? null]);
        if (event.retryContext) return undefined;
        if (event.body.kind === 'throws') throw new Error('poison');
        return new InvocationError({
          retryAfter: 20,
          retryReason: 'FUNCTION_RETRY_REQUEST' as never,
          retryData: { page: 2 },
        });
      },
    }));
    await call(one);
    await one.host.settle();
    expect(one.seen).toEqual([
      { at: 0, what: ['asks', 0, null] },
      { at: 0, what: ['throws', 0, null] },
      { at: 10_000, what: ['throws', 1, null] },
      { at: 20_000, what: ['asks', 1, { page: 2 }] },
    ]);
    expect(one.trouble).toEqual(['job sync: the function threw: Error: poison']);
  });

  it('counts what became of a job, and cancels what waits', async () => {
    const one = await world(({ events: { Queue } }) => {
      const queue = new Queue({ key: 'sync' });
      return {
        do: async ({ payload }: { payload: { jobId?: string; cancel?: boolean } }) => {
          if (payload.cancel) return queue.cancel(payload.jobId!);
          if (payload.jobId) return queue.getStats(payload.jobId);
          return (await queue.push([{ body: { n: 1 } }, { body: { n: 2 }, delayInSeconds: 900 }])).jobId;
        },
        onSync: () => {},
      };
    });
    const jobId = await call(one);
    await one.host.drain();
    expect(await call(one, { jobId })).toEqual({ success: 1, inProgress: 1, failed: 0 });
    await call(one, { jobId, cancel: true });
    expect(await call(one, { jobId })).toEqual({ success: 1, inProgress: 0, failed: 0 });
    expect(one.host.nextAt()).toBeUndefined();
  });
});

describe('what leaves the app', () => {
  it('C-6 refuses every address that the manifest does not declare', async () => {
    const one = await world(({ api }) => ({
      do: async ({ payload }: { payload: { url: string } }) => {
        const tries = await Promise.allSettled([api.fetch(payload.url), fetch(payload.url)]);
        return tries.map(tried => (tried.status === 'fulfilled' ? tried.value.status : (tried.reason as Error).name));
      },
    }));
    const refused = ['REQUEST_EGRESS_ALLOWLIST_ERR', 'REQUEST_EGRESS_ALLOWLIST_ERR'];
    for (const url of [
      'https://example.com/',
      'http://sandbox.my.salesforce.com/',
      'https://sandbox.my.salesforce.com:8443/',
      'https://sandbox.my.salesforce.com.evil.example/',
    ]) {
      expect(await call(one, { url }), url).toEqual(refused);
    }
    expect(await call(one, { url: 'https://sandbox.my.salesforce.com/services/data' })).toEqual([200, 200]);
    expect(one.host.ledger.calls().map(entry => entry.path)).toEqual(['/services/data', '/services/data']);
  });

  it('carries requests to Jira as the app, or as the user who called and nobody else', async () => {
    const one = await world(({ api: { asApp, asUser, route } }) => ({
      do: async () => {
        const app = await asApp().requestJira(route`/rest/api/3/issue/${'SUP-1'}?fields=${'a b'}`);
        const user = await asUser().requestJira(route`/rest/api/3/myself`);
        const other = await Promise.allSettled([asUser('somebody-else').requestJira(route`/rest/api/3/myself`)]);
        return [await app.json(), ((await user.json()) as { principal: unknown }).principal, other[0]!.status];
      },
    }));
    expect(await call(one)).toMatchObject([
      { url: 'https://demo.atlassian.net/rest/api/3/issue/SUP-1?fields=a%20b', principal: { kind: 'app' } },
      { kind: 'user', accountId: 'admin-1' },
      'rejected',
    ]);
  });
});

describe('invocations', () => {
  it('are stopped at their limit and never heard of again', async () => {
    const one = await world(({ kvs: { kvs } }, note) => ({
      do: async () => {
        for (let n = 1; n < 10; n++) {
          await new Promise(done => setTimeout(done, 10_000));
          await kvs.set(`step-${n}`, n);
          note(n);
        }
      },
    }));
    expect(await call(one)).toEqual({ kind: 'killed', reason: 'over its limit of 25 s' });
    await one.host.settle();
    expect(one.seen.map(entry => entry.what)).toEqual([1, 2]);
    expect(one.clock.now() - start).toBe(25_000);
  });

  it('are stopped when they wait for ever, and the time of a real clock is the machine’s', async () => {
    const stuck = await world(() => ({ do: () => new Promise(() => {}) }));
    expect(await call(stuck)).toMatchObject({ kind: 'killed' });
    const real = await world(() => ({ do: () => Math.abs(Date.now() - Date.now()) < 50 }), {
      clock: realClock(),
    });
    expect(await call(real)).toBe(true);
  });

  it('are stopped by a fault between two calls, with what came before applied', async () => {
    const one = await world(({ kvs: { kvs } }) => ({
      do: async () => {
        await kvs.set('a', 1);
        await kvs.set('b', 1);
      },
    }));
    one.host.faults.put([{ system: 'kvs', nth: 2, effect: 'kill' }]);
    expect(await call(one)).toMatchObject({ kind: 'killed' });
    expect(one.host.kvs.dump().map(row => row.key)).toEqual(['a']);
  });

  it('see their own context while others run beside them', async () => {
    const one = await world(({ api }) => ({
      do: async ({ context }: { context: { accountId: string } }) => {
        const before = api.getAppContext().invocationId;
        await new Promise(done => setTimeout(done, 1_000));
        return [context.accountId, before === api.getAppContext().invocationId];
      },
    }));
    const invoke = (accountId: string) => one.host.invoke({ module: 'admin', function: 'do', payload: {}, accountId });
    expect(await Promise.all([invoke('a'), invoke('b')])).toEqual([
      { kind: 'returned', value: ['a', true] },
      { kind: 'returned', value: ['b', true] },
    ]);
  });
});

describe('product events', () => {
  const updated = (selfGenerated: boolean) => ({
    eventType: 'avi:jira:updated:issue',
    selfGenerated,
    issue: { id: '1' },
  });

  it('reach the triggers that ask for them, without our own edits but with our own creations', async () => {
    const one = await world((_, note) => ({ onIssueEvent: (event: { eventType: string }) => note(event.eventType) }));
    one.host.deliver(updated(true));
    one.host.deliver(updated(false));
    one.host.deliver({ eventType: 'avi:jira:created:issue', selfGenerated: true });
    one.host.deliver({ eventType: 'avi:jira:viewed:issue' });
    one.host.deliver({ ...updated(false), padding: 'x'.repeat(200_000) });
    await one.host.drain();
    expect(one.seen.map(entry => entry.what)).toEqual(['avi:jira:updated:issue', 'avi:jira:created:issue']);
  });

  it('and the schedule rest while the licence has lapsed', async () => {
    const one = await world((_, note) => ({
      onIssueEvent: () => note('event'),
      onSchedule: () => note('schedule'),
    }));
    const both = async () => {
      one.host.deliver(updated(false));
      await one.host.drain();
      await one.host.fireSchedule();
    };
    one.host.setLicence(false);
    await both();
    expect(one.seen).toEqual([]);
    for (const active of [true, undefined]) {
      one.host.setLicence(active);
      await both();
    }
    expect(one.seen.map(entry => entry.what)).toEqual(['event', 'schedule', 'event', 'schedule']);
  });

  it('get lost, arrive twice and overtake each other when a fault says so', async () => {
    const one = await world((_, note) => ({
      onIssueEvent: (event: { issue: { id: string } }) => note(event.issue.id),
    }));
    one.host.faults.put([
      { system: 'jira', nth: 1, effect: 'lose-event' },
      { system: 'jira', nth: 2, effect: 'duplicate-event' },
      { system: 'jira', nth: 3, effect: 'reorder-events' },
    ]);
    for (const id of ['1', '2', '3', '4']) one.host.deliver({ ...updated(false), issue: { id } });
    await one.host.drain();
    expect(one.seen.map(entry => entry.what)).toEqual(['2', '2', '4', '3']);
  });

  it('are repeated at most four times when the function asks for it', async () => {
    const one = await world(({ events: { InvocationError } }, note) => ({
      onIssueEvent: () => {
        note('try');
        return new InvocationError({ retryAfter: 10 } as never);
      },
    }));
    one.host.deliver(updated(false));
    await one.host.settle();
    expect(one.seen.map(entry => entry.at / 1000)).toEqual([0, 10, 20, 30, 40]);
  });
});
