import { route } from '@forge/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paced } from './pace.ts';
import type { RequestJira } from './request.ts';

type Answer = Awaited<ReturnType<RequestJira>>;
const answer = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { get: name => headers[name] ?? null },
  text: () => Promise.resolve(''),
  arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
});
const refused = (reason: string) => answer(429, { 'ratelimit-reason': reason, 'retry-after': '2' });

/** A clock that moves when nobody has anything to do but wait. */
function virtualTime() {
  let time = 0;
  const waiting: { readonly due: number; readonly run: () => void }[] = [];
  return {
    now: () => time,
    sleep: (ms: number) => new Promise<void>(run => waiting.push({ due: time + ms, run })),
    async run(): Promise<void> {
      for (;;) {
        await new Promise(setImmediate);
        waiting.sort((a, b) => a.due - b.due);
        const next = waiting.shift();
        if (next === undefined) return;
        time = Math.max(time, next.due);
        next.run();
      }
    },
  };
}

const path = route`/rest/api/3/issue/1`;

describe('calls of one kind', () => {
  it('are never more within a second than Jira takes, and no later than that asks for', async () => {
    const gaps = fc.array(fc.constantFrom(0, 0, 0, 1, 10, 400), { minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(gaps, async all => {
        const time = virtualTime();
        const begun: number[] = [];
        const request = paced(() => {
          begun.push(time.now());
          return Promise.resolve(answer(204));
        }, time);
        let at = 0;
        const arrivals = all.map(gap => {
          at += gap;
          return at;
        });
        for (const due of arrivals) void time.sleep(due).then(() => request(path, { method: 'PUT' }));
        await time.run();
        expect(begun).toHaveLength(all.length);
        // The soonest that is allowed: when it came, or a second after the fiftieth before it.
        const soonest: number[] = [];
        for (const [n, due] of arrivals.entries()) soonest.push(Math.max(due, (soonest[n - 50] ?? -1000) + 1000));
        expect(begun.toSorted((a, b) => a - b)).toEqual(soonest);
      }),
      { numRuns: 30 },
    );
  });

  it('that are refused for their number all the same are sent again when Jira says', async () => {
    const time = virtualTime();
    const at: number[] = [];
    const request = paced(() => {
      at.push(time.now());
      return Promise.resolve(at.length < 3 ? refused('jira-burst-based') : answer(204));
    }, time);
    const sent = request(path, { method: 'PUT' });
    await time.run();
    expect((await sent).status).toBe(204);
    expect(at).toEqual([0, 2000, 4000]);
  });

  it.each([
    ['jira-burst-based', 4],
    ['jira-quota-global-based', 1],
    ['jira-per-issue-on-write', 1],
  ])('that are refused by %s for good are tried %d times and then told', async (reason, times) => {
    const time = virtualTime();
    let sent = 0;
    const request = paced(() => {
      sent++;
      return Promise.resolve(refused(reason));
    }, time);
    const told = request(path, { method: 'PUT' });
    await time.run();
    expect((await told).status).toBe(429);
    expect(sent).toBe(times);
  });
});
