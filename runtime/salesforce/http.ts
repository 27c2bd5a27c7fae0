/**
 * One request to Salesforce: https to a checked host, redirects looked at before they are followed,
 * bodies read as what they are. What never got an answer becomes `unknown` (it may have been applied)
 * or `unavailable` (it cannot have been).
 */
import { type FailureKind, PortError } from '../ports.ts';
import { checkHost } from './hosts.ts';

/** The part of `fetch` that is in use; `@forge/api`'s own fits. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string | ArrayBuffer;
    readonly redirect?: 'manual';
  },
) => Promise<FetchAnswer>;
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Absolute; its host is checked. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | ArrayBuffer;
  /** A good answer is a file. */
  readonly bytes?: true;
  /** It changes nothing, whatever its method. */
  readonly reading?: true;
}

export interface HttpAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The parsed body, or `undefined` when it is not JSON (HTML error pages, empty bodies). */
  readonly json: unknown;
  /** Of a file. */
  readonly bytes?: Uint8Array;
}

const mostRedirects = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export async function send(fetch: Fetch, request: HttpRequest): Promise<HttpAnswer> {
  let url = request.url;
  for (let hop = 0; ; hop++) {
    const allowed = checkHost(new URL(url).origin);
    if (!allowed.ok) throw failure('refused', 'HOST_REFUSED', allowed.reason);
    const answer = await attempt(fetch, { ...request, url });
    if (!redirects.has(answer.status)) return read(answer, request);

    const location = answer.headers.get('location');
    const target = location === null ? undefined : parse(location, url);
    const next = target === undefined ? undefined : checkHost(target.origin);
    if (target === undefined || next === undefined)
      throw failure('refused', String(answer.status), 'Salesforce redirected to nowhere.');
    if (!next.ok) throw failure('refused', 'HOST_REFUSED', `Salesforce redirected to another place. ${next.reason}`);
    // A body with credentials or changes is not sent to a host that nobody entered.
    if (request.method !== 'GET')
      throw failure('refused', 'REDIRECTED', `This org has moved: enter \`${next.origin}\` as the login URL.`);
    if (hop >= mostRedirects) throw failure('refused', 'REDIRECTED', 'Salesforce redirected too many times.');
    url = target.href;
  }
}

async function attempt(fetch: Fetch, request: HttpRequest): Promise<FetchAnswer> {
  const { method, url, headers, body } = request;
  try {
    return await fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
  } catch (problem) {
    throw unanswered(problem, request);
  }
}

async function read(answer: FetchAnswer, request: HttpRequest): Promise<HttpAnswer> {
  const { status } = answer;
  const header = (name: string) => answer.headers.get(name) ?? undefined;
  try {
    if (request.bytes && status >= 200 && status < 300)
      return { status, header, json: undefined, bytes: new Uint8Array(await answer.arrayBuffer()) };
    return { status, header, json: parseJson(await answer.text()) };
  } catch (problem) {
    throw unanswered(problem, request);
  }
}

/** Errors by which a request never reached the other side. */
const neverSent = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT|EGRESS/;

function unanswered(problem: unknown, { method, reading }: HttpRequest): PortError {
  if (problem instanceof PortError) return problem;
  const code = errorCode(problem);
  if (/EGRESS/.test(code))
    return failure('refused', code, 'Forge did not let the request leave: the host is not in the manifest.');
  if (neverSent.test(code) || method === 'GET' || reading)
    return failure('unavailable', code, 'Salesforce could not be reached. It will be tried again.');
  return failure('unknown', code, 'Salesforce did not answer, so it is unclear whether the change was made.');
}

/** A code, never the message: messages of network errors can quote the request. */
export function errorCode(problem: unknown): string {
  for (let at = problem, depth = 0; at !== null && typeof at === 'object' && depth < 4; depth++) {
    const { code, cause, message } = at as { code?: unknown; cause?: unknown; message?: unknown };
    if (typeof code === 'string') return code;
    if (typeof message === 'string' && message.includes('EGRESS')) return 'REQUEST_EGRESS_ALLOWLIST_ERR';
    at = cause;
  }
  return 'NO_ANSWER';
}

export function failure(
  kind: FailureKind,
  code: string,
  message: string,
  fields: readonly string[] = [],
  retryAfterMs?: number,
): PortError {
  return new PortError({
    system: 'salesforce',
    kind,
    code,
    message,
    fields,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

const parse = (location: string, base: string): URL | undefined => {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
};

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
