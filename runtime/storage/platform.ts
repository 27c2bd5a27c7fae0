/**
 * The key-value store of Forge as the store uses it: the package's own object, with its refusals told
 * apart. A lost race (a key that exists, a condition that does not hold) is an answer; everything else
 * is a `PortError` of the store. No error repeats a stored value.
 */
import type { kvs } from '@forge/kvs';
import { PortError } from '../ports.ts';

export type Kvs = typeof kvs;

interface KvsFailure {
  readonly code?: unknown;
  readonly responseDetails?: { readonly status?: unknown };
}

/** Codes and statuses by which Forge says that somebody else was first. */
const lost = /CONFLICT|CONDITION|KEY_EXISTS|TRANSACTION_CANCELED/;

/** The call's answer. */
export async function call<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (problem) {
    throw storeError(what, problem);
  }
}

/** Whether a conditional write went through. */
export async function race(what: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (problem) {
    if (lost.test(codeOf(problem)) || statusOf(problem) === 409 || statusOf(problem) === 412) return false;
    throw storeError(what, problem);
  }
}

function storeError(what: string, problem: unknown): PortError {
  if (problem instanceof PortError) return problem;
  const code = codeOf(problem);
  const status = statusOf(problem);
  const limited = status === 429 || /RATE_LIMIT/.test(code);
  const unavailable = status === 503;
  const refused = status !== undefined && status >= 400 && status < 500;
  return new PortError({
    system: 'store',
    kind: limited ? 'limited' : unavailable ? 'unavailable' : refused ? 'refused' : 'unknown',
    code: code || String(status ?? 'FAILED'),
    message: `The app's storage did not complete "${what}".`,
    fields: [],
    ...(limited ? { retryAfterMs: 60_000 } : {}),
  });
}

const codeOf = (problem: unknown): string => {
  const { code } = (problem ?? {}) as KvsFailure;
  return typeof code === 'string' ? code : '';
};
const statusOf = (problem: unknown): number | undefined => {
  const status = ((problem ?? {}) as KvsFailure).responseDetails?.status;
  return typeof status === 'number' ? status : undefined;
};
