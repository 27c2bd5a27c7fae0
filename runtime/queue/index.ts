/**
 * The app's queue over `@forge/events`: jobs in pushes of fifty, delays in whole seconds, one job at a
 * time per lane.
 */
import type { Queue as ForgeQueue } from '@forge/events';
import { type FailureKind, type Job, PortError, type Queue, type Waiting } from '../ports.ts';
import { literal, matching, object, type Shape, ShapeError, text } from '../shape.ts';

/** Forge's limits of one push and one delay. */
const perPush = 50;
const longestDelaySeconds = 900;

export interface AppQueue extends Queue {
  /** Pushes, and answers the ids by which Forge knows them: one for each fifty jobs. */
  pushed(jobs: readonly Waiting[]): Promise<readonly string[]>;
  /** Whether any job of such a push waits or runs. What Forge forgot does neither. */
  isAtWork(id: string): Promise<boolean>;
}

export function createQueue(forge: Pick<ForgeQueue, 'push' | 'getStats'>): AppQueue {
  const queue: AppQueue = {
    async push(jobs) {
      await queue.pushed(jobs);
    },
    async pushed(jobs) {
      const ids: string[] = [];
      for (let from = 0; from < jobs.length; from += perPush) {
        const events = jobs.slice(from, from + perPush).map(({ job, delayMs, lane }) => ({
          body: { ...job },
          ...(delayMs === undefined || delayMs <= 0
            ? {}
            : { delayInSeconds: Math.min(longestDelaySeconds, Math.ceil(delayMs / 1000)) }),
          ...(lane === undefined ? {} : { concurrency: { key: lane, limit: 1 } }),
        }));
        try {
          ids.push((await forge.push(events)).jobId);
        } catch (problem) {
          throw queueError(problem);
        }
      }
      return ids;
    },
    async isAtWork(id) {
      try {
        return (await forge.getStats(id)).inProgress > 0;
      } catch (problem) {
        if (problem instanceof Error && problem.constructor.name === 'JobDoesNotExistError') return false;
        throw queueError(problem);
      }
    },
  };
  return queue;
}

const known: Readonly<Record<string, FailureKind>> = {
  RateLimitError: 'limited',
  InvocationLimitReachedError: 'limited',
  PartialSuccessError: 'unknown',
  InternalServerError: 'unknown',
  PayloadTooBigError: 'refused',
  TooManyEventsError: 'refused',
  InvalidPushSettingsError: 'refused',
};

function queueError(problem: unknown): PortError {
  const name = problem instanceof Error ? problem.constructor.name : 'FAILED';
  const kind = known[name] ?? 'unknown';
  return new PortError({
    system: 'queue',
    kind,
    code: name,
    message: "Forge's queue did not take the work.",
    fields: [],
    ...(kind === 'limited' ? { retryAfterMs: 60_000 } : {}),
  });
}

const id = text(200);
const issueId = matching(/^\d{1,20}$/, 'the id of an issue');
const kinds = {
  cycle: object({ v: literal(1), kind: literal('cycle'), run: id }),
  issue: object({ v: literal(1), kind: literal('issue'), issueId, cause: literal('event', 'mark') }),
  created: object({ v: literal(1), kind: literal('created'), issueId, issueKey: id }),
  deleted: object({ v: literal(1), kind: literal('deleted'), issueId }),
  files: object({ v: literal(1), kind: literal('files'), issueId }),
  record: object({
    v: literal(1),
    kind: literal('record'),
    item: id,
    record: matching(/^[a-zA-Z0-9]{18}$/, 'an 18-character id'),
    cause: literal('retry', 'look'),
  }),
} as const;

/** The job that a queue event carries; a body that no version of the app wrote is refused. */
export const jobShape: Shape<Job> = (value, path) => {
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) throw new ShapeError(path, 'a job');
  return kinds[kind as keyof typeof kinds](value, path);
};
