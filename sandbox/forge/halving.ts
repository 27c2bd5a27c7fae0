/** The fault `partial`: a batch of which only its first half is applied, and the answer that each system gives then. */
import type { System } from './ledger.ts';

export interface Halved {
  /** What reaches the system instead; undefined when the call has no parts to lose. */
  readonly body: string;
  /** The system's answer, completed by what was lost; only where it took the first half. */
  readonly answer: (text: string) => string;
  /** Where it differs from that of the whole. */
  readonly status?: number;
}

/** Where the parts of a body stand, and how the system says that some of them came to nothing. */
interface Batch {
  readonly system: System;
  readonly path: RegExp;
  /** The key of the list; the body itself is the list where there is none. */
  readonly list?: string;
  readonly status?: number;
  complete(answer: unknown, lost: readonly Part[], kept: number): unknown;
}
type Part = Readonly<Record<string, unknown>>;

const locked = 'unable to obtain exclusive access to this record';
const busy = 'Internal server error';

const batches: readonly Batch[] = [
  {
    system: 'salesforce',
    path: /\/composite\/sobjects\b/,
    list: 'records',
    complete: (answer, lost) => [
      ...(answer as unknown[]),
      ...lost.map(() => ({
        success: false,
        errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: locked, fields: [] }],
      })),
    ],
  },
  {
    system: 'salesforce',
    path: /\/composite\/?$/,
    list: 'compositeRequest',
    complete: (answer, lost) => ({
      compositeResponse: [
        ...(answer as { compositeResponse: unknown[] }).compositeResponse,
        ...lost.map(({ referenceId }) => ({
          body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: locked }],
          httpHeaders: {},
          httpStatusCode: 400,
          referenceId,
        })),
      ],
    }),
  },
  {
    system: 'jira',
    path: /\/issue\/bulk$/,
    list: 'issueUpdates',
    complete(answer, lost, kept) {
      const { issues, errors } = answer as { issues: unknown[]; errors: unknown[] };
      const failed = lost.map((_, place) => ({
        status: 500,
        elementErrors: { errorMessages: [busy], errors: {} },
        failedElementNumber: kept + place,
      }));
      return { issues, errors: [...errors, ...failed] };
    },
  },
  {
    system: 'kvs',
    path: /^\/api\/v1\/batch\//,
    complete(answer, lost) {
      const { failedKeys, ...rest } = answer as { failedKeys: unknown[] };
      const failed = lost.map(({ key, entityName }) => ({
        key,
        ...(entityName === undefined ? {} : { entityName }),
        error: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests.' },
      }));
      return { ...rest, failedKeys: [...failedKeys, ...failed] };
    },
  },
  {
    system: 'queue',
    path: /\/publish$/,
    list: 'payload',
    status: 202,
    complete: (_, lost, kept) => ({
      failedEvents: lost.map((_event, place) => ({ index: String(kept + place), errorMessage: busy })),
    }),
  },
];

/** A batch of which only the first half is applied; nothing for a call that has no parts to lose. */
export function halve(system: System, path: string, sent: string | undefined): Halved | undefined {
  const batch = batches.find(one => one.system === system && one.path.test(path.split('?')[0] ?? ''));
  const body = batch && parsed(sent);
  const parts = batch?.list === undefined ? body : (body as Part | undefined)?.[batch.list];
  if (!batch || !Array.isArray(parts) || parts.length < 2) return undefined;
  const kept = Math.ceil(parts.length / 2);
  const first: unknown = parts.slice(0, kept);
  return {
    body: JSON.stringify(batch.list === undefined ? first : { ...(body as Part), [batch.list]: first }),
    answer: text => JSON.stringify(batch.complete(parsed(text), parts.slice(kept) as Part[], kept)),
    ...(batch.status === undefined ? {} : { status: batch.status }),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
