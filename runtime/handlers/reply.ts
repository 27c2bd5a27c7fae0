/**
 * The app's own boundary to its pages: every function checks the user's rights and the payload, and answers
 * `{ok: true, result}` or `{ok: false, error: {code, message}}`. What went wrong inside is told as a code,
 * never with the words of an unexpected error, which may hold data.
 */
import { makeResolver } from '@forge/resolver';
import { PortError } from '../ports.ts';
import { remedyFor } from '../run/index.ts';
import { type Shape, ShapeError } from '../shape.ts';
import { type AppDeps, createDeps } from './deps.ts';

export interface Problem {
  /** `forbidden`, `invalid`, `conflict`, …; kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}
export type Reply<T = unknown> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: Problem };

/** With a capital and a full stop, for reasons that were written to stand inside another sentence. */
export const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.\s]+$/, '')}.`;

/** A refusal that the page shows as it is. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refused';
    this.problem = { ...details, code, message };
  }
}

export function problemOf(problem: unknown): Problem {
  if (problem instanceof Refused) return problem.problem;
  if (problem instanceof ShapeError)
    return { code: 'invalid', message: `The request is not valid: ${problem.message}.` };
  if (problem instanceof PortError) {
    const { system, kind, code, message, fields } = problem.failure;
    // Of other systems the sentence says what to do; of Forge's own nobody else would.
    const told = system === 'store' || system === 'queue' ? `${message} ${remedyFor(problem.failure)}` : message;
    return { code: kebab(code), message: told, system, kind, ...(fields.length === 0 ? {} : { fields }) };
  }
  return {
    code: 'internal',
    message: 'Something unexpected went wrong inside the bridge. Try again; nothing was lost.',
  };
}

const kebab = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** What Forge says about a request; only this is trusted, never the payload. */
export interface Caller {
  readonly accountId: string;
  readonly issue?: { readonly id: string; readonly key: string };
}

export interface Request<P> {
  readonly deps: AppDeps;
  readonly caller: Caller;
  readonly payload: P;
}

export interface Endpoint {
  readonly payload: Shape<unknown>;
  /** Set when it changes something: what is kept of it, beside who and when. */
  readonly audit?: (payload: unknown, result: unknown) => Readonly<Record<string, string>>;
  run(request: Request<unknown>): Promise<unknown>;
}
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** Ties a payload's shape to the function that takes it. */
export const endpoint = <P>(payload: Shape<P>, run: (request: Request<P>) => Promise<unknown>): Endpoint => ({
  payload,
  run: run as Endpoint['run'],
});

/** An endpoint that changes something; `about` says what, in ids and names, never in secrets or texts. */
export const changing = <P, R = unknown>(
  payload: Shape<P>,
  about: (payload: P, result: R) => Readonly<Record<string, string | undefined>>,
  run: (request: Request<P>) => Promise<R>,
): Endpoint => ({
  ...endpoint(payload, run),
  audit: (given, result) =>
    Object.fromEntries(
      Object.entries(about(given as P, result as R)).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
});

type Invocation = {
  readonly call: { readonly functionKey: string; readonly payload?: unknown };
  readonly context: unknown;
};

/** The resolver of one module; `authorize` throws unless the caller may call the function of that name. */
export function createResolver(
  endpoints: Endpoints,
  authorize: (request: Request<unknown>, name: string) => Promise<void>,
): (invocation: Invocation, backend?: Readonly<Record<string, unknown>>) => Promise<unknown> {
  const handlers = Object.fromEntries(
    Object.entries(endpoints).map(([name, one]) => [
      name,
      async ({ payload, context }: { payload?: unknown; context: unknown }): Promise<Reply> => {
        const deps = createDeps();
        try {
          const caller = callerOf(context);
          await authorize({ deps, caller, payload }, name);
          const checked = one.payload(payload, '');
          const result = await one.run({ deps, caller, payload: checked });
          await keep(deps, caller, name, one.audit?.(checked, result));
          return { ok: true, result: result ?? null };
        } catch (problem) {
          const error = problemOf(problem);
          if (error.code === 'internal')
            deps.log.warn('a function failed', { name, error: problem instanceof Error ? problem.name : 'unknown' });
          return { ok: false, error };
        }
      },
    ]),
  );
  const resolver = makeResolver(handlers as never);
  return async (invocation, backend) => {
    const name = invocation.call.functionKey;
    if (!Object.hasOwn(endpoints, name))
      return {
        ok: false,
        error: { code: 'unknown-function', message: 'The app has no such function.' },
      } satisfies Reply;
    return resolver(invocation as never, backend);
  };
}

/** What was done stays done when its note cannot be written. */
async function keep(
  { store, log }: AppDeps,
  { accountId, issue }: Caller,
  what: string,
  about?: Readonly<Record<string, string>>,
) {
  if (about === undefined) return;
  log.info('changed by a person', { what, by: accountId, ...about });
  try {
    await store.addAudit({
      by: accountId,
      what,
      about: { ...about, ...(issue === undefined ? {} : { issueKey: issue.key }) },
    });
  } catch (problem) {
    log.warn('the audit note was not kept', { what, code: problemOf(problem).code });
  }
}

function callerOf(context: unknown): Caller {
  const { accountId, extension } = (context ?? {}) as {
    accountId?: unknown;
    extension?: { issue?: { id?: unknown; key?: unknown } };
  };
  if (typeof accountId !== 'string' || accountId === '') throw new Refused('forbidden', 'Sign in to Jira to use this.');
  const { id, key } = extension?.issue ?? {};
  const issue =
    (typeof id === 'string' || typeof id === 'number') && typeof key === 'string' ? { id: String(id), key } : undefined;
  return { accountId, ...(issue === undefined ? {} : { issue }) };
}
