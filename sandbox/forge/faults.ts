/**
 * Faults at the seam between the app and everything outside it: which call or event they hit (each fires
 * once), and what each does to it. `nth` counts the matching calls from 1 since the list was put.
 */
import type { System } from './ledger.ts';

export const callEffects = [
  '429',
  '503',
  '500',
  '401',
  'timeout',
  'timeout-after-apply',
  'reset',
  'kill',
  'slow',
  'partial',
] as const;
export const eventEffects = ['duplicate-event', 'reorder-events', 'lose-event'] as const;
export type CallEffect = (typeof callEffects)[number];
export type EventEffect = (typeof eventEffects)[number];

export interface Fault {
  readonly system: System;
  /** `path` is a prefix; of an event it is the event's name or the queue's. */
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly nth: number;
  readonly effect: CallEffect | EventEffect;
}

export interface Faults {
  put(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  onCall(system: System, method: string, path: string): CallEffect | undefined;
  onEvent(system: 'jira' | 'queue', name: string): EventEffect | undefined;
}

export function createFaults(): Faults {
  let armed: { readonly fault: Fault; seen: number }[] = [];

  const next = (effects: readonly string[], system: System, method: string, path: string): string | undefined => {
    let effect: string | undefined;
    for (const entry of armed) {
      const { fault } = entry;
      if (fault.system !== system || !effects.includes(fault.effect)) continue;
      if (fault.match?.method !== undefined && fault.match.method.toUpperCase() !== method) continue;
      if (fault.match?.path !== undefined && !path.startsWith(fault.match.path)) continue;
      entry.seen++;
      if (entry.seen === fault.nth) effect ??= fault.effect;
    }
    return effect;
  };

  return {
    put: faults => {
      armed = faults.map(fault => ({ fault, seen: 0 }));
    },
    list: () => armed.map(entry => entry.fault),
    onCall: (system, method, path) => next(callEffects, system, method, path) as CallEffect | undefined,
    onEvent: (system, name) => next(eventEffects, system, '', name) as EventEffect | undefined,
  };
}

/** What is wrong with a list that somebody sent, in a sentence; undefined when nothing is. */
export function faultsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'Send a list of faults.';
  for (const [at, entry] of value.entries()) {
    const { system, nth, effect, match } = (entry ?? {}) as Record<string, unknown>;
    const where = `Fault ${at + 1}`;
    if (!['jira', 'salesforce', 'kvs', 'queue'].includes(system as string)) {
      return `${where}: "system" is jira, salesforce, kvs or queue.`;
    }
    if (!Number.isInteger(nth) || (nth as number) < 1) return `${where}: "nth" counts from 1.`;
    if (![...callEffects, ...eventEffects].includes(effect as CallEffect)) {
      return `${where}: "effect" is one of ${[...callEffects, ...eventEffects].join(', ')}.`;
    }
    if (match !== undefined && (typeof match !== 'object' || match === null)) {
      return `${where}: "match" is an object with "method" and "path", both optional.`;
    }
  }
  return undefined;
}

// ── the answers of a faulty system, in its own words ────────────────────────────────────────────

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

type Refusal = '429' | '503' | '500' | '401';

const salesforceRefusals: Readonly<Record<Refusal, readonly [code: string, message: string]>> = {
  429: ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  503: ['SERVER_UNAVAILABLE', 'The server is temporarily unavailable.'],
  500: ['UNKNOWN_EXCEPTION', 'An unexpected error occurred.'],
  401: ['INVALID_SESSION_ID', 'Session expired or invalid'],
};
/** The token endpoint speaks OAuth's own form. */
const tokenRefusals: Readonly<Record<Refusal, readonly [error: string, description: string]>> = {
  429: ['invalid_request', 'login rate exceeded'],
  503: ['server_error', 'the server is temporarily unavailable'],
  500: ['unknown_error', 'retry your request'],
  401: ['invalid_client', 'invalid client credentials'],
};
const platformCodes: Readonly<Record<Refusal, string>> = {
  429: 'RATE_LIMIT_EXCEEDED',
  503: 'SERVICE_UNAVAILABLE',
  500: 'INTERNAL_SERVER_ERROR',
  401: 'UNAUTHORIZED',
};

/** The answer to a call that the system refused and did not apply. */
export function refusalOf(system: System, effect: Refusal, path: string): Response {
  const status = Number(effect);
  const wait: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '30' } : {};
  if (system === 'salesforce' && path.startsWith('/services/oauth2/')) {
    const [error, description] = tokenRefusals[effect];
    return json(status, { error, error_description: description }, wait);
  }
  if (system === 'salesforce') {
    const [errorCode, message] = salesforceRefusals[effect];
    return json(status, [{ message, errorCode }], wait);
  }
  if (system === 'jira') {
    if (effect === '429') {
      return json(
        429,
        { errorMessages: ['Rate limit exceeded.'], errors: {} },
        { ...wait, 'ratelimit-reason': 'jira-burst-based' },
      );
    }
    if (effect === '401') return json(401, { code: 401, message: 'Unauthorized; scope does not match' });
    return json(status, { errorMessages: ['Internal server error'], errors: {} }, wait);
  }
  return json(
    status,
    { code: platformCodes[effect], message: `The ${system === 'kvs' ? 'store' : 'queue'} answered ${status}.` },
    wait,
  );
}

/** A connection that broke, as Node's fetch reports it. */
export function connectionError(code: 'ECONNRESET' | 'ETIMEDOUT'): TypeError {
  const cause = Object.assign(new Error(code === 'ECONNRESET' ? 'read ECONNRESET' : 'connect ETIMEDOUT'), { code });
  return new TypeError('fetch failed', { cause });
}

export const TIMEOUT_MS = 20_000;
export const SLOW_MS = 12_000;

export interface Halved {
  /** What reaches the system instead; undefined when the call has no parts to lose. */
  readonly body: string;
  /** The system's answer, completed by what was lost. */
  readonly answer: (text: string) => string;
}

/** A batch of which only the first half is applied. */
export function halve(system: System, path: string, sent: string | undefined): Halved | undefined {
  let body: unknown;
  try {
    body = JSON.parse(sent ?? '');
  } catch {
    return undefined;
  }
  const list = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 1;
  const fields = body as Record<string, unknown>;
  if (system === 'salesforce' && list(fields.records)) {
    const records = fields.records;
    const kept = Math.ceil(records.length / 2);
    const locked = {
      success: false,
      errors: [
        { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
      ],
    };
    return {
      body: JSON.stringify({ ...fields, records: records.slice(0, kept) }),
      answer: text => JSON.stringify([...(JSON.parse(text) as unknown[]), ...records.slice(kept).map(() => locked)]),
    };
  }
  const parts = fields.compositeRequest;
  if (system === 'salesforce' && list(parts)) {
    const kept = Math.ceil(parts.length / 2);
    const lost = (parts as { referenceId: string }[]).slice(kept).map(({ referenceId }) => ({
      body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record' }],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId,
    }));
    return {
      body: JSON.stringify({ ...fields, compositeRequest: parts.slice(0, kept) }),
      answer: text => {
        const { compositeResponse } = JSON.parse(text) as { compositeResponse: unknown[] };
        return JSON.stringify({ compositeResponse: [...compositeResponse, ...lost] });
      },
    };
  }
  if (system === 'kvs' && path.startsWith('/api/v1/batch/') && list(body)) {
    const kept = Math.ceil(body.length / 2);
    const lost = (body as { key: string; entityName?: string }[]).slice(kept).map(({ key, entityName }) => ({
      key,
      ...(entityName === undefined ? {} : { entityName }),
      error: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests.' },
    }));
    return {
      body: JSON.stringify(body.slice(0, kept)),
      answer: text => {
        const answer = JSON.parse(text) as { failedKeys: unknown[] };
        return JSON.stringify({ ...answer, failedKeys: [...answer.failedKeys, ...lost] });
      },
    };
  }
  return undefined;
}
