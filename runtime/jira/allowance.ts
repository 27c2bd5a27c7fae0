/** What Jira's answers say of the hourly points; some of its headers may still carry the name of a draft. */
import type { Allowance } from '../ports.ts';
import type { RequestJira } from './request.ts';

export interface Metered {
  readonly request: RequestJira;
  readonly allowance: Allowance | undefined;
}

export function meter(request: RequestJira): Metered {
  let latest: Allowance | undefined;
  return {
    async request(path, init) {
      const answer = await request(path, init);
      // A refusal tells of the limit that it is about, which may be of one issue or of a few seconds.
      if (answer.status >= 200 && answer.status < 300) latest = allowanceIn(name => answer.headers.get(name)) ?? latest;
      return answer;
    },
    get allowance() {
      return latest;
    },
  };
}

function allowanceIn(header: (name: string) => string | null): Allowance | undefined {
  const [of, left] = [number(header('x-ratelimit-limit')), number(header('x-ratelimit-remaining'))];
  if (of === undefined || left === undefined || of <= 0) return undefined;
  const resets = /;\s*t=(\d+)/.exec(header('ratelimit') ?? header('beta-ratelimit') ?? '')?.[1];
  return { left, of, ...(resets === undefined ? {} : { resetsInMs: Number(resets) * 1000 }) };
}

function number(text: string | null): number | undefined {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
