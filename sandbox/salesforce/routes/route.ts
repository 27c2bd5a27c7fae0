/**
 * What a resource of the REST API is here: a row of a table, answered synchronously, so that a request is one
 * transaction and a composite request can call the same rows.
 */
import type { Org } from '../org.ts';

export interface Call {
  readonly org: Org;
  readonly method: string;
  /** After `/services/data/vNN.N`, without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON; parts of a multipart body are put together into the record that they make. */
  readonly body: unknown;
  /** `67.0`. */
  readonly version: string;
  /** The base under which this was asked: `https://sandbox.my.salesforce.com`. */
  readonly base: string;
  readonly userId: string;
  readonly now: number;
}

export interface Answer {
  readonly status: number;
  /** JSON, or bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** Hono's pattern after `/services/data/vNN.N`. */
  readonly path: string;
  readonly handle: (call: Call) => Answer;
  /** Cannot stand in a composite request. */
  readonly alone?: boolean;
  /** Counts among the five queries of a composite request. */
  readonly heavy?: boolean;
}

export const ok = (body: unknown, headers?: Readonly<Record<string, string>>): Answer =>
  headers ? { status: 200, body, headers } : { status: 200, body };
export const noContent: Answer = { status: 204 };

/** `Wed, 21 Oct 2015 07:28:00 GMT` of a conditional header, in milliseconds. */
export function conditionalDate(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  const value = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(value) ? undefined : value;
}
