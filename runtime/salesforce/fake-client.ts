/** The client of a connection to an org that is a function: the token endpoint answers `t1`, `t2`, …; all else, the test. */
import type { PortError, Store } from '../ports.ts';
import { createSalesforce } from './client.ts';
import { type Asked, type FakeAnswer, fakeFetch } from './fake-fetch.ts';

export const instanceUrl = 'https://acme.my.salesforce.com';
export const now = Date.UTC(2026, 10, 23, 9);
export const date = 'Mon, 23 Nov 2026 09:00:00 GMT';

type Secrets = Pick<Store, 'connection' | 'secret' | 'token' | 'saveToken'>;
export function secrets(token?: string, at?: number): Secrets & { saved: (string | undefined)[] } {
  const saved: (string | undefined)[] = [];
  let kept = token;
  return {
    saved,
    connection: async () => ({
      loginUrl: instanceUrl,
      clientId: 'id',
      orgId: '00D000000000001EAA',
      orgName: 'Acme',
      instanceUrl,
      savedAt: 0,
    }),
    secret: async () => 'secret',
    token: async () => (kept === undefined ? undefined : { token: kept, instanceUrl, ...(at !== undefined && { at }) }),
    async saveToken(next) {
      kept = next?.token;
      saved.push(next?.token);
    },
  };
}

/** Answers the token endpoint with `t1`, `t2`, …, and everything else by `rest`. */
export function salesforce(
  rest: (asked: Asked, index: number) => FakeAnswer,
  token: string | undefined = 't0',
  at?: number,
) {
  let minted = 0;
  const store = secrets(token, at);
  const calls: Asked[] = [];
  const { fetch, asked } = fakeFetch(one => {
    if (one.url.endsWith('/services/oauth2/token')) {
      minted += 1;
      return {
        json: { access_token: `t${minted}`, instance_url: instanceUrl, id: `${instanceUrl}/id/00D000000000001EAA/005` },
      };
    }
    calls.push(one);
    return rest(one, calls.length - 1);
  });
  return {
    client: createSalesforce({ fetch, store, clock: { now: () => now } }),
    asked,
    calls,
    store,
    minted: () => minted,
  };
}

export interface Sub {
  readonly url: string;
  readonly referenceId: string;
}
export const subsOf = (asked: Asked): readonly Sub[] =>
  (JSON.parse(asked.body!) as { compositeRequest: Sub[] }).compositeRequest;
export const soqlOf = (sub: Sub) => new URL(sub.url, instanceUrl).searchParams.get('q');
export const composite = (bodies: readonly unknown[]): FakeAnswer => ({
  headers: { date },
  json: {
    compositeResponse: bodies.map((body, at) => ({
      body,
      httpHeaders: {},
      httpStatusCode: 200,
      referenceId: `q${at}`,
    })),
  },
});
export const failing = async (run: () => Promise<unknown>) =>
  (
    (await run().then(
      () => undefined,
      (error: unknown) => error,
    )) as PortError
  ).failure;
