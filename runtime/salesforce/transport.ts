/** How a request travels: with a session's token, to the session's own instance. */

import type { Form } from '../multipart.ts';
import type { Allowance } from '../ports.ts';
import { type Fetch, type HttpAnswer, type HttpRequest, send } from './http.ts';
import type { Token } from './oauth.ts';

export type Session = Pick<Token, 'token' | 'instanceUrl'>;
export interface Request {
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  /** Instead of a body. */
  readonly form?: Form;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer is a file. */
  readonly bytes?: true;
  /** A call that only looks, sent as a `POST`. */
  readonly reading?: true;
}
export interface Transport {
  readonly allowance?: Allowance | undefined;
  call(request: Request): Promise<HttpAnswer>;
  instanceUrl(): Promise<string>;
  bindTo(orgId: string): void;
}

export const callWith = (fetch: Fetch, { token, instanceUrl }: Session, request: Request): Promise<HttpAnswer> => {
  const { method, path, form, bytes, reading } = request;
  const body = form?.body ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  return send(fetch, {
    method,
    url: `${instanceUrl}${path}`,
    headers: {
      accept: bytes ? '*/*' : 'application/json',
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': form?.contentType ?? 'application/json' }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(bytes && { bytes }),
    ...(reading && { reading }),
  });
};

/** `api-usage=18/15000`, as every answer of the REST API says it. */
export function allowanceIn({ header }: HttpAnswer): Allowance | undefined {
  const [, used, of] = /\bapi-usage=(\d+)\/(\d+)/.exec(header('sforce-limit-info') ?? '') ?? [];
  if (used === undefined || of === undefined || Number(of) === 0) return undefined;
  return { left: Math.max(0, Number(of) - Number(used)), of: Number(of) };
}
