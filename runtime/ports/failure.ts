/**
 * Time, the log, and how calls fail: what all ports have in common.
 */

/** Epoch milliseconds. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

/** One line a call; `details` never holds a secret, a token, a field's value or a person's data. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, string | number | boolean>>): void;
  warn(event: string, details?: Readonly<Record<string, string | number | boolean>>): void;
}

/**
 * Why a call failed, by what the caller may do about it:
 * `refused`: the system answered no; trying the same again is pointless until something changes.
 * `limited`: not applied, nor will anything else be before `retryAfterMs` are over.
 * `busy`: not applied, since this one thing was being changed by others; may be repeated, and others may go on.
 * `unavailable`: not applied (no connection, 503); may be repeated later.
 * `unknown`: sent, outcome unclear (time-out, 500, reset); look before doing it again.
 * `unauthorized`: credentials are refused, also after one renewal.
 * `forbidden`, `gone`: no permission; the thing is not there (any more).
 */
export type FailureKind =
  | 'refused'
  | 'limited'
  | 'busy'
  | 'unavailable'
  | 'unknown'
  | 'unauthorized'
  | 'forbidden'
  | 'gone';

export interface Failure {
  readonly system: 'salesforce' | 'jira' | 'store' | 'queue';
  readonly kind: FailureKind;
  /** The system's own code or status, for people who search for it: `STRING_TOO_LONG`, `400`. */
  readonly code: string;
  /** One plain sentence; never a secret. */
  readonly message: string;
  /** API names or ids of the fields that the system complained about. */
  readonly fields: readonly string[];
  readonly retryAfterMs?: number;
}

/** The code by which a run ends that began with another org than the connected one: nobody has to mend that. */
export const orgChanged = 'ORG_CHANGED';

/** What every port throws; nothing else is expected of them. */
export class PortError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.system} ${failure.kind}: ${failure.code} ${failure.message}`);
    this.name = 'PortError';
    this.failure = failure;
  }
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** What a system still lets the app do until its count begins anew, as its last answer said. */
export interface Allowance {
  readonly left: number;
  readonly of: number;
  /** How long until it begins anew, where the system says it. */
  readonly resetsInMs?: number;
}
