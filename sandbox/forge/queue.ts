/**
 * Forge's async events by their wire protocol: publish with delays and lanes, statistics, cancelling; and
 * what becomes of a job that asks to be repeated or that fails.
 */
import { randomUUID } from 'node:crypto';
import type { Chain } from './invocation.ts';
import type { ManifestFunction } from './manifest.ts';

export interface QueueJob {
  readonly queueName: string;
  readonly jobId: string;
  readonly eventId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly lane?: { readonly key: string; readonly limit: number };
  readonly firstAt: number;
  readonly retry?: RetryContext;
  readonly chain: Chain;
}
export interface RetryContext {
  readonly retryCount: number;
  readonly retryReason: string;
  readonly retryData?: unknown;
  readonly retentionWindow: { readonly startTime: string; readonly remainingTimeMs: number };
}

export interface QueueAnswer {
  readonly status: number;
  readonly body?: unknown;
}

interface PushRequest {
  readonly queueName: string;
  readonly jobId: string;
  readonly payload?: readonly {
    readonly body: Record<string, unknown>;
    readonly delayInSeconds?: number;
    readonly concurrency?: { readonly key: string; readonly limit: number };
  }[];
}

// Forge, limits of async events.
const MAX_EVENTS = 50;
const MAX_PUSH_BYTES = 200 * 1024;
const MAX_LONG_EVENT_BYTES = 100 * 1024;
const MAX_EVENTS_A_MINUTE = 500;
const MAX_PUSHES_IN_A_CHAIN = 1000;
const MAX_DELAY_S = 900;
const RETENTION_MS = 24 * 3600e3;
const FIRST_BACK_OFF_MS = 10_000;
const MAX_BACK_OFF_MS = 900_000;

interface Tally {
  success: number;
  inProgress: number;
  failed: number;
}

export interface Queue {
  publish(body: unknown, chain: Chain): QueueAnswer;
  stats(body: unknown): QueueAnswer;
  cancel(body: unknown): QueueAnswer;
  /** What the job's run came to; the answer is the job again, when it is to be repeated. */
  ended(
    job: QueueJob,
    outcome: 'done' | 'failed' | RetryWish,
  ): { readonly job: QueueJob; readonly at: number } | undefined;
  /** A job that was pushed before a restart. */
  resumed(job: QueueJob): void;
  clear(): void;
}
export interface RetryWish {
  readonly retryAfter: number;
  readonly retryReason: string;
  readonly retryData?: unknown;
}

export function createQueue(options: {
  readonly now: () => number;
  /** The consumer's function, or nothing for a queue that the manifest does not name. */
  readonly consumer: (queue: string) => ManifestFunction | undefined;
  readonly enqueue: (job: QueueJob, at: number) => void;
  readonly dequeue: (jobId: string) => number;
  /** Whether limits per minute hold; under a manual clock a minute may be a moment. */
  readonly rates: () => boolean;
}): Queue {
  const tallies = new Map<string, Tally>();
  let recent: { readonly at: number; readonly events: number }[] = [];

  const refused = (status: number, errorMessage: string): QueueAnswer => ({
    status,
    body: { errorMessage, message: errorMessage, code: status },
  });

  return {
    publish(body, chain) {
      const { queueName, jobId, payload = [] } = body as PushRequest;
      const consumer = options.consumer(queueName);
      if (!consumer) return refused(404, `No consumer of the manifest listens to the queue ${queueName}.`);
      if (payload.length === 0 || payload.length > MAX_EVENTS) return refused(400, `Push 1 to ${MAX_EVENTS} events.`);
      if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PUSH_BYTES)
        return refused(413, 'The push is larger than 200 KB.');
      if ((consumer.timeoutSeconds ?? 55) > 55) {
        const large = payload.some(event => Buffer.byteLength(JSON.stringify(event)) > MAX_LONG_EVENT_BYTES);
        if (large) return refused(413, 'An event for a consumer that may run longer than 55 s is at most 100 KB.');
      }
      if (payload.some(event => (event.delayInSeconds ?? 0) > MAX_DELAY_S))
        return refused(400, 'A delay is at most 900 s.');
      if (++chain.pushes > MAX_PUSHES_IN_A_CHAIN) return refused(405, 'The limit of cyclic invocations is reached.');
      const now = options.now();
      recent = recent.filter(push => push.at > now - 60_000);
      const inMinute = recent.reduce((sum, push) => sum + push.events, 0) + payload.length;
      if (options.rates() && inMinute > MAX_EVENTS_A_MINUTE) return refused(429, 'Too many events.');
      recent.push({ at: now, events: payload.length });

      tallies.set(jobId, { success: 0, inProgress: payload.length, failed: 0 });
      for (const event of payload) {
        const job: QueueJob = {
          queueName,
          jobId,
          eventId: randomUUID(),
          // As after the wire: nobody shares an object with the one who pushed.
          body: JSON.parse(JSON.stringify(event.body)) as Record<string, unknown>,
          ...(event.concurrency === undefined ? {} : { lane: event.concurrency }),
          firstAt: now,
          chain,
        };
        options.enqueue(job, now + (event.delayInSeconds ?? 0) * 1000);
      }
      return { status: 201, body: {} };
    },
    stats(body) {
      const tally = tallies.get((body as PushRequest).jobId);
      return tally ? { status: 200, body: { ...tally } } : refused(404, 'The job does not exist.');
    },
    cancel(body) {
      const { jobId } = body as PushRequest;
      const tally = tallies.get(jobId);
      if (!tally) return refused(404, 'The job does not exist.');
      tally.inProgress -= options.dequeue(jobId);
      return { status: 204 };
    },
    ended(job, outcome) {
      const now = options.now();
      const tally = tallies.get(job.jobId);
      const settle = (kind: 'success' | 'failed') => {
        if (tally) {
          tally.inProgress--;
          tally[kind]++;
        }
        return undefined;
      };
      if (outcome === 'done') return settle('success');
      const remaining = job.firstAt + RETENTION_MS - now;
      const retryCount = (job.retry?.retryCount ?? 0) + 1;
      const wait =
        outcome === 'failed'
          ? Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (retryCount - 1))
          : Math.min(MAX_DELAY_S, Math.max(0, outcome.retryAfter)) * 1000;
      if (wait > remaining) return settle('failed');
      const retry: RetryContext = {
        retryCount,
        retryReason: outcome === 'failed' ? 'FUNCTION_PLATFORM_UNKNOWN_ERROR' : outcome.retryReason,
        ...(outcome !== 'failed' && outcome.retryData !== undefined ? { retryData: outcome.retryData } : {}),
        retentionWindow: { startTime: new Date(job.firstAt).toISOString(), remainingTimeMs: remaining },
      };
      return { job: { ...job, retry }, at: now + wait };
    },
    resumed(job) {
      const tally = tallies.get(job.jobId) ?? { success: 0, inProgress: 0, failed: 0 };
      tally.inProgress++;
      tallies.set(job.jobId, tally);
    },
    clear() {
      tallies.clear();
      recent = [];
    },
  };
}

const MAX_RETRY_DATA_BYTES = 4096;

/** `new InvocationError(…)` is a plain object: what Forge looks at is `_retry`. With too much data it is not repeated. */
export function retryWishOf(value: unknown): RetryWish | undefined {
  if (typeof value !== 'object' || value === null || (value as { _retry?: unknown })._retry !== true) return undefined;
  const { retryOptions = {} } = value as { retryOptions?: Partial<RetryWish> };
  if (Buffer.byteLength(JSON.stringify(retryOptions.retryData ?? null)) > MAX_RETRY_DATA_BYTES) return undefined;
  return {
    retryAfter: retryOptions.retryAfter ?? 0,
    retryReason: retryOptions.retryReason ?? 'FUNCTION_RETRY_REQUEST',
    ...(retryOptions.retryData === undefined ? {} : { retryData: retryOptions.retryData }),
  };
}
