/**
 * How much runs may use up: a part of the org's daily calls and of Jira's hourly points is left to others. When it
 * is reached, or a system asks to wait, runs end at their next checkpoint, and none begins before its time.
 */
import type { Allowance, Failure, Hold, Instant, RunReport } from '../ports.ts';
import type { Deps } from './deps.ts';

const minute = 60_000;

interface Reserve {
  /** Of the whole allowance. */
  readonly share: number;
  readonly says: string;
  /** How long to wait where the system does not say when its count begins anew. */
  readonly waitMs: number;
}

const reserves: Readonly<Record<'salesforce' | 'jira', Reserve>> = {
  salesforce: {
    share: 0.1,
    says: 'nine tenths of the org’s API calls of the day are used; the rest is left to its other integrations',
    waitMs: 30 * minute,
  },
  jira: {
    share: 0.05,
    says: 'nearly all of the app’s points of the hour are used; the rest is left to people’s own acts',
    waitMs: 10 * minute,
  },
};

export const reserveCode = 'RESERVE';

/** People's own acts go on within the reserve. */
const usesReserve = (cause: RunReport['cause']): boolean => cause === 'refresh';

export function reserveReached({ salesforce, jira }: Deps, cause: RunReport['cause']): Failure | undefined {
  if (usesReserve(cause)) return undefined;
  return reached('salesforce', salesforce.allowance) ?? reached('jira', jira.allowance);
}

function reached(system: keyof typeof reserves, allowance: Allowance | undefined): Failure | undefined {
  const { share, says, waitMs } = reserves[system];
  if (allowance === undefined || allowance.left >= allowance.of * share) return undefined;
  const retryAfterMs = allowance.resetsInMs ?? waitMs;
  return { system, kind: 'limited', code: reserveCode, message: says, fields: [], retryAfterMs };
}

/** Nothing when a failure says nothing of when to come again. */
export function holdAfter(
  { system, kind, code, retryAfterMs }: Failure,
  reason: string,
  now: Instant,
): Hold | undefined {
  if (system !== 'salesforce' && system !== 'jira') return undefined;
  if (retryAfterMs === undefined || (kind !== 'limited' && kind !== 'unavailable')) return undefined;
  return { until: now + retryAfterMs, kind: code === reserveCode ? 'reserve' : 'asked', reason };
}

export const holdsBack = (hold: Hold | undefined, cause: RunReport['cause'], now: Instant): hold is Hold =>
  hold !== undefined && hold.until > now && !(hold.kind === 'reserve' && usesReserve(cause));

/** A job that goes on where a run was asked to wait: not at once, and not later than the next cycle would. */
export function goesOnAfter({ until }: Hold, now: Instant): number | undefined {
  const wait = Math.max(until - now, 2_000);
  return wait < 5 * minute ? wait : undefined;
}
