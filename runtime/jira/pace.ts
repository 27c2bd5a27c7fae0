/**
 * Jira's burst limits: so many calls a second of one kind. A call that would be one too many waits for its turn;
 * one that is refused all the same, since others use the same limit, waits as long as Jira asks and is sent again.
 * Nothing of a refused call was done, so no call is made twice.
 */
import type { RequestJira } from './request.ts';

export interface Pace {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** What every endpoint takes a second; a few take more. */
const aSecond: Readonly<Record<string, number>> = { GET: 100, POST: 100, PUT: 50, DELETE: 50 };
const windowMs = 1000;
const tries = 4;

export function paced(request: RequestJira, { now, sleep }: Pace): RequestJira {
  /** By method: when the latest calls may begin, the earliest first. */
  const begun = new Map<string, number[]>();

  const turn = async (method: string): Promise<void> => {
    const most = aSecond[method] ?? 50;
    const times = begun.get(method) ?? [];
    begun.set(method, times);
    const at = times.length < most ? now() : Math.max(now(), times.shift()! + windowMs);
    times.push(at);
    if (at > now()) await sleep(at - now());
  };

  return async (path, init) => {
    for (let attempt = 1; ; attempt++) {
      await turn(init?.method ?? 'GET');
      const answer = await request(path, init);
      const wait = attempt < tries ? burstWait(answer) : undefined;
      if (wait === undefined) return answer;
      await sleep(wait);
    }
  };
}

/** Nothing for an answer that is no refusal of this kind. */
function burstWait({ status, headers }: Awaited<ReturnType<RequestJira>>): number | undefined {
  if (status !== 429 || headers.get('ratelimit-reason') !== 'jira-burst-based') return undefined;
  const seconds = Number(headers.get('retry-after'));
  return Math.min(Number.isFinite(seconds) && seconds > 0 ? seconds : 1, 5) * 1000;
}
