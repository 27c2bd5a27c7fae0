/** Every fault at every place where it can strike, as the app's calls see it through the real packages. */
import { describe, expect, it } from 'vitest';
import { callEffects, type Fault } from './faults.ts';
import type { System } from './ledger.ts';
import { call, type Packages, start, world } from './test-kit.ts';

type Do = (packages: Packages) => Promise<unknown>;

/** One call to each system; 200 where it was answered well. */
const calls: Readonly<Record<System, Do>> = {
  jira: async ({ api: { asApp, route } }) => {
    const answer = await asApp().requestJira(route`/rest/api/3/myself`);
    return answer.ok ? answer.json().then(() => 200) : answer.status;
  },
  salesforce: async ({ api }) => {
    const answer = await api.fetch('https://sandbox.my.salesforce.com/services/data');
    return answer.ok ? answer.json().then(() => 200) : answer.status;
  },
  kvs: ({ kvs: { kvs } }) => kvs.batchSet([{ key: 'a', value: 1 }]).then(() => 200),
  queue: ({ events: { Queue } }) => new Queue({ key: 'sync' }).push([{ body: {} }]).then(() => 200),
};
const codeOf = (error: Error & { readonly code?: string; readonly cause?: { readonly code: string } }) =>
  error.code ?? error.cause?.code ?? error.constructor.name;

type Effect = (typeof callEffects)[number];
const systems: readonly System[] = ['jira', 'salesforce', 'kvs', 'queue'];
/** What the app sees, at each system in the order above. */
const seen: Readonly<Record<Effect, readonly unknown[]>> = {
  '429': [429, 429, 'RATE_LIMIT_EXCEEDED', 'RateLimitError'],
  '503': [503, 503, 'SERVICE_UNAVAILABLE', 'InternalServerError'],
  '500': [500, 500, 'INTERNAL_SERVER_ERROR', 'InternalServerError'],
  '401': [401, 401, 'UNAUTHORIZED', 'InternalServerError'],
  timeout: ['ETIMEDOUT', 'ETIMEDOUT', 'ETIMEDOUT', 'ETIMEDOUT'],
  'timeout-after-apply': ['ETIMEDOUT', 'ETIMEDOUT', 'ETIMEDOUT', 'ETIMEDOUT'],
  reset: ['ECONNRESET', 'ECONNRESET', 'ECONNRESET', 'ECONNRESET'],
  kill: ['killed', 'killed', 'killed', 'killed'],
  slow: [200, 200, 200, 200],
  partial: ['SyntaxError', 'SyntaxError', 'UNKNOWN_ERROR', 200],
};
const took: Partial<Record<Effect, number>> = { timeout: 20_000, 'timeout-after-apply': 20_000, slow: 12_000 };
/** What the ledger says: 0 where the caller never saw an answer. */
const entered = (effect: Effect): number | undefined =>
  /^\d+$/.test(effect) ? Number(effect) : ['slow', 'partial'].includes(effect) ? undefined : 0;

describe('a fault', () => {
  it.each(callEffects.flatMap(effect => systems.map((system, at) => [effect, system, seen[effect][at]] as const)))(
    '%s is seen by a call to %s as %s, and the next call is well',
    async (effect, system, outcome) => {
      const one = await world(packages => ({ do: () => calls[system](packages).catch(codeOf), onSync: () => {} }));
      one.host.faults.put([{ system, nth: 1, effect }]);
      const first = await call(one);
      expect((first as { kind?: string }).kind ?? first).toBe(outcome);
      expect(one.clock.now() - start).toBe(took[effect] ?? 0);
      const [entry] = one.host.ledger.calls();
      expect(entry).toMatchObject({ system, at: start });
      const status = entered(effect);
      if (status === undefined) expect(entry!.status).toBeGreaterThanOrEqual(200);
      else expect(entry!.status).toBe(status);
      expect(await call(one)).toBe(200);
    },
  );

  it('of time is not waited for by a caller who gives up, and the ledger says that nobody saw an answer', async () => {
    const one = await world(({ api }) => ({
      do: () =>
        api
          .fetch('https://sandbox.my.salesforce.com/services/data', { signal: AbortSignal.timeout(5000) })
          .catch((error: Error) => error.name),
    }));
    for (const effect of ['slow', 'timeout'] as const) {
      one.host.faults.put([{ system: 'salesforce', nth: 1, effect }]);
      const before = one.clock.now();
      expect(await call(one)).toBe('TimeoutError');
      expect(one.clock.now() - before).toBe(5000);
    }
    expect(one.host.ledger.calls().map(entry => entry.status)).toEqual([0, 0]);
  });

  it('strikes the nth matching call with each fault, once', async () => {
    const one = await world(({ api, kvs: { kvs } }) => ({
      do: async () => {
        const outcomes: unknown[] = [];
        for (let n = 0; n < 3; n++) {
          outcomes.push(
            await api.fetch('https://sandbox.my.salesforce.com/q').then(
              answer => answer.status,
              error => ((error as Error).cause as { code: string }).code,
            ),
          );
        }
        const written = await kvs.set('a', 1).then(
          () => 'ok',
          () => 'no answer',
        );
        return [outcomes, written, await kvs.get('a')];
      },
    }));
    one.host.faults.put([
      { system: 'salesforce', match: { path: '/q' }, nth: 1, effect: '503' },
      { system: 'salesforce', match: { method: 'GET' }, nth: 2, effect: 'reset' },
      { system: 'kvs', match: { path: '/api/v1/set' }, nth: 1, effect: 'timeout-after-apply' },
    ]);
    expect(await call(one)).toEqual([[503, 'ECONNRESET', 200], 'no answer', 1]);
    expect(one.clock.now() - start).toBe(20_000);
  });
});

describe('partial', () => {
  const partial = (system: System): Fault => ({ system, nth: 1, effect: 'partial' });

  it('applies the first half of a batch to the store and refuses the rest', async () => {
    const one = await world(({ kvs: { kvs } }) => ({
      do: async () => {
        const items = ['a', 'b', 'c', 'd'].map(key => ({ key, value: key }));
        const { successfulKeys, failedKeys } = await kvs.batchSet(items);
        return [
          successfulKeys.map(({ key }) => key),
          failedKeys.map(({ key }) => key),
          (await kvs.get('c')) ?? 'absent',
        ];
      },
    }));
    one.host.faults.put([partial('kvs')]);
    expect(await call(one)).toEqual([['a', 'b'], ['c', 'd'], 'absent']);
  });

  it('queues the first half of a push and names the rest', async () => {
    const ran: unknown[] = [];
    const one = await world(({ events: { Queue } }) => ({
      do: () =>
        new Queue({ key: 'sync' })
          .push([1, 2, 3].map(n => ({ body: { n } })))
          .catch((error: Error & { failedEvents?: { payload: { body: unknown } }[] }) => [
            error.constructor.name,
            error.failedEvents?.map(({ payload }) => payload.body),
          ]),
      onSync: ({ body }: { body: { n: number } }) => void ran.push(body.n),
    }));
    one.host.faults.put([partial('queue')]);
    expect(await call(one)).toEqual(['PartialSuccessError', [{ n: 3 }]]);
    await one.host.drain();
    expect(ran).toEqual([1, 2]);
  });

  interface Row {
    readonly system: 'salesforce' | 'jira';
    readonly path: string;
    readonly sent: object;
    /** By the system, of the parts that reached it. */
    readonly well: (sent: never) => unknown;
    readonly seen: unknown;
  }
  const batches: Readonly<Record<string, Row>> = {
    'a Salesforce collection': {
      system: 'salesforce',
      path: '/services/data/v67.0/composite/sobjects',
      sent: { allOrNone: false, records: [{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }] },
      well: ({ records }: { records: { Name: string }[] }) =>
        records.map(({ Name }) => ({ id: Name, success: true, errors: [] })),
      seen: [
        { id: 'a', success: true, errors: [] },
        { id: 'b', success: true, errors: [] },
        { success: false, errors: [expect.objectContaining({ statusCode: 'UNABLE_TO_LOCK_ROW' })] },
      ],
    },
    'a Salesforce composite': {
      system: 'salesforce',
      path: '/services/data/v67.0/composite',
      sent: { compositeRequest: [{ referenceId: 'a' }, { referenceId: 'b' }] },
      well: ({ compositeRequest }: { compositeRequest: object[] }) => ({
        compositeResponse: compositeRequest.map(part => ({ ...part, httpStatusCode: 200 })),
      }),
      seen: {
        compositeResponse: [
          { referenceId: 'a', httpStatusCode: 200 },
          expect.objectContaining({ referenceId: 'b', httpStatusCode: 400 }),
        ],
      },
    },
    'a Jira bulk create': {
      system: 'jira',
      path: '/rest/api/3/issue/bulk',
      sent: { issueUpdates: [{ fields: {} }, { fields: {} }] },
      well: ({ issueUpdates }: { issueUpdates: object[] }) => ({ issues: issueUpdates, errors: [] }),
      seen: { issues: [{ fields: {} }], errors: [expect.objectContaining({ failedElementNumber: 1, status: 500 })] },
    },
  };

  it.each(Object.keys(batches))('lets %s go half way, and says of each part what became of it', async name => {
    const { system, path, sent, well, seen: wanted } = batches[name]!;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) };
    const send = async ({ api }: Packages) =>
      (system === 'jira'
        ? await api.asApp().requestJira(api.assumeTrustedRoute(path), init)
        : await api.fetch(`https://sandbox.my.salesforce.com${path}`, init)
      ).json();
    const one = await world(packages => ({ do: () => send(packages) }), { answer: well });
    one.host.faults.put([partial(system)]);
    expect(await call(one)).toEqual(wanted);
  });
});

describe('faults of events', () => {
  it.each([
    ['lose-event', ['2']],
    ['duplicate-event', ['1', '1', '2']],
    ['reorder-events', ['2', '1']],
  ] as const)('%s of a queue makes of the jobs 1 and 2 the runs %j', async (effect, ran) => {
    const one = await world(({ events: { Queue } }, note) => ({
      do: async () => {
        for (const n of ['1', '2']) await new Queue({ key: 'sync' }).push([{ body: { n } }]);
      },
      onSync: ({ body }: { body: { n: string } }) => note(body.n),
    }));
    one.host.faults.put([{ system: 'queue', match: { path: 'sync' }, nth: 1, effect }]);
    await call(one);
    await one.host.drain();
    expect(one.seen.map(entry => entry.what)).toEqual(ran);
  });
});
