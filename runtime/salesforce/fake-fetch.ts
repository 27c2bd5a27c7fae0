/** A `fetch` for tests: answers from a list, and remembers what it was asked. */
import type { Fetch } from './http.ts';

export interface FakeAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Rejects instead of answering. */
  readonly error?: unknown;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function fakeFetch(answer: (asked: Asked, index: number) => FakeAnswer): { fetch: Fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    const one: Asked = { method, url, headers, body: typeof body === 'string' ? body : undefined };
    asked.push(one);
    const { status = 200, json, text = '', headers: given = {}, error } = answer(one, asked.length - 1);
    if (error !== undefined) throw error;
    const known = new Headers(given);
    return {
      status,
      headers: { get: name => known.get(name) },
      text: async () => (json === undefined ? text : JSON.stringify(json)),
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    };
  };
  return { fetch, asked };
}
