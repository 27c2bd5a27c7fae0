/**
 * Salesforce's REST API as the engine needs it, over a `fetch` that is passed in: queries five to a
 * call, updates two hundred to a call, describes. A session that has ended is renewed once and the call
 * repeated; the token lives in the secret store until Salesforce refuses it (C-4).
 */
import {
  type Outcome,
  PortError,
  type QueryAnswer,
  type SalesforceChange,
  type SalesforcePort,
  type Store,
} from '../ports.ts';
import { errorOf, failureOf } from './failures.ts';
import { type Fetch, failure, type HttpAnswer, type HttpRequest, send } from './http.ts';
import { requestToken, type Token } from './oauth.ts';

export const apiVersion = '67.0';

const base = `/services/data/v${apiVersion}`;
/** Salesforce's limits of one composite call and one collection. */
const queriesPerCall = 5;
const changesPerCall = 200;

export interface SalesforceOptions {
  readonly fetch: Fetch;
  readonly store: Pick<Store, 'connection' | 'secret' | 'token' | 'saveToken'>;
}

/** The client of the saved connection. */
export function createSalesforce({ fetch, store }: SalesforceOptions): SalesforcePort {
  let current: Promise<Session> | undefined;

  const renew = async (): Promise<Session> => {
    const [connection, clientSecret] = await Promise.all([store.connection(), store.secret()]);
    if (connection === undefined || clientSecret === undefined)
      throw failure('unauthorized', 'NOT_CONNECTED', 'There is no Salesforce connection. Save one on the admin page.');
    const { loginUrl, clientId } = connection;
    const token = await requestToken(fetch, { loginUrl, clientId, clientSecret });
    if (token.orgId !== undefined && token.orgId !== connection.orgId)
      throw failure(
        'unauthorized',
        'OTHER_ORG',
        'These credentials now lead to another Salesforce org than the one that was connected. Save the connection again.',
      );
    await store.saveToken({ token: token.token, instanceUrl: token.instanceUrl });
    return token;
  };
  const session = (): Promise<Session> => {
    current ??= store.token().then(kept => kept ?? renew());
    return current;
  };

  return restOf({
    async call(request) {
      const before = session();
      const answer = await callWith(fetch, await before, request);
      if (answer.status !== 401) return answer;
      // Calls that run side by side renew once between them.
      if (current === before) current = renew();
      return callWith(fetch, await session(), request);
    },
    instanceUrl: async () => (await session()).instanceUrl,
  });
}

/** The client of one token, for checking a connection before it is saved. */
export const salesforceWith = (fetch: Fetch, token: Token): SalesforcePort =>
  restOf({ call: request => callWith(fetch, token, request), instanceUrl: async () => token.instanceUrl });

type Session = Pick<Token, 'token' | 'instanceUrl'>;
interface Request {
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Transport {
  call(request: Request): Promise<HttpAnswer>;
  instanceUrl(): Promise<string>;
}

const callWith = (fetch: Fetch, { token, instanceUrl }: Session, request: Request): Promise<HttpAnswer> =>
  send(fetch, {
    method: request.method,
    url: `${instanceUrl}${request.path}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });

function restOf({ call, instanceUrl }: Transport): SalesforcePort {
  const ok = async (request: Request): Promise<HttpAnswer> => {
    const answer = await call(request);
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer);
    // Reading can be repeated; a change whose answer is unreadable may have been made.
    if (answer.json === undefined)
      throw failure(
        request.method === 'PATCH' ? 'unknown' : 'unavailable',
        'NOT_JSON',
        'Salesforce answered with a page instead of data.',
      );
    return answer;
  };

  /** Reads paths five to a composite call; a reading composite changes nothing, so losing it is `unavailable`. */
  const readAll = async (paths: readonly string[]) => {
    const bodies: unknown[] = [];
    let serverTime: number | undefined;
    for (let from = 0; from < paths.length; from += queriesPerCall) {
      const some = paths.slice(from, from + queriesPerCall);
      const compositeRequest = some.map((url, index) => ({ method: 'GET', url, referenceId: `q${index}` }));
      const answer = await asReading(() =>
        ok({ method: 'POST', path: `${base}/composite`, body: { allOrNone: false, compositeRequest } }),
      );
      serverTime ??= timeOf(answer);
      const parts = (answer.json as { compositeResponse?: unknown }).compositeResponse;
      if (!Array.isArray(parts) || parts.length !== some.length) throw garbled();
      for (const part of parts as { httpStatusCode?: unknown; body?: unknown }[]) {
        if (part.httpStatusCode !== 200) throw new PortError(failureOf(part.body, Number(part.httpStatusCode)));
        bodies.push(part.body);
      }
    }
    return { bodies, serverTime };
  };

  const port: SalesforcePort = {
    async query(requests) {
      const rows: Record<string, unknown>[][] = requests.map(() => []);
      let open = requests.map(({ soql, all }, index) => ({
        index,
        path: `${base}/${all === true ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`,
      }));
      let serverTime: number | undefined;
      while (open.length > 0) {
        const round = await readAll(open.map(({ path }) => path));
        serverTime ??= round.serverTime;
        open = open.flatMap(({ index }, at) => {
          const page = pageOf(round.bodies[at]);
          for (const row of page.records) rows[index]!.push(row);
          return page.next === undefined ? [] : [{ index, path: page.next }];
        });
      }
      const answers: readonly QueryAnswer[] = rows.map(found => ({ rows: found }));
      // Without a Date header there is no server time to move a watermark to, so it stays where it was.
      return { answers, serverTime: serverTime ?? 0 };
    },

    async update(changes) {
      const outcomes: Outcome<void>[] = new Array(changes.length);
      for (const some of batches(changes)) {
        const results = await updateBatch(
          ok,
          some.map(({ change }) => change),
        );
        for (const [at, { index }] of some.entries()) outcomes[index] = results[at]!;
      }
      return outcomes;
    },

    async describe(object) {
      if (!/^\w{1,80}$/.test(object)) throw failure('refused', 'INVALID_TYPE', 'This is not the name of an object.');
      return (await ok({ method: 'GET', path: `${base}/sobjects/${object}/describe` })).json;
    },
    async describeGlobal() {
      return (await ok({ method: 'GET', path: `${base}/sobjects` })).json;
    },
    async organization() {
      const { answers } = await port.query([{ soql: 'SELECT Id, Name FROM Organization' }]);
      const { Id: id, Name: name } = answers[0]?.rows[0] ?? {};
      if (typeof id !== 'string' || typeof name !== 'string') throw garbled();
      return { id, name };
    },
    instanceUrl,
  };
  return port;
}

async function asReading<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (problem) {
    if (problem instanceof PortError && problem.failure.kind === 'unknown')
      throw new PortError({ ...problem.failure, kind: 'unavailable' });
    throw problem;
  }
}

interface Indexed {
  readonly index: number;
  readonly change: SalesforceChange;
}

/** Objects together: Salesforce works a collection off in stretches of one object, at most ten of them. */
function batches(changes: readonly SalesforceChange[]): readonly (readonly Indexed[])[] {
  const indexed = changes.map((change, index) => ({ index, change }));
  return [...Map.groupBy(indexed, ({ change }) => change.object).values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.length / changesPerCall) }, (_, at) =>
      group.slice(at * changesPerCall, (at + 1) * changesPerCall),
    ),
  );
}

async function updateBatch(
  ok: (request: Request) => Promise<HttpAnswer>,
  changes: readonly SalesforceChange[],
): Promise<readonly Outcome<void>[]> {
  const records = changes.map(({ object, id, fields }) => ({ attributes: { type: object }, id, ...fields }));
  try {
    const { json } = await ok({
      method: 'PATCH',
      path: `${base}/composite/sobjects`,
      body: { allOrNone: false, records },
      // An update by the bridge never hands a case to somebody else by the org's assignment rules.
      headers: { 'sforce-auto-assign': 'FALSE' },
    });
    if (!Array.isArray(json) || json.length !== changes.length) throw garbled('unknown');
    return json.map((row: { success?: unknown; errors?: unknown }) =>
      row.success === true ? { ok: true, value: undefined } : { ok: false, failure: failureOf(row.errors) },
    );
  } catch (problem) {
    if (!(problem instanceof PortError)) throw problem;
    return changes.map(() => ({ ok: false, failure: problem.failure }));
  }
}

function pageOf(body: unknown): { readonly records: readonly Record<string, unknown>[]; readonly next?: string } {
  const { records, done, nextRecordsUrl } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(records)) throw garbled();
  if (done !== false) return { records };
  if (typeof nextRecordsUrl !== 'string' || !nextRecordsUrl.startsWith('/services/data/')) throw garbled();
  return { records, next: nextRecordsUrl };
}

const garbled = (kind: 'unavailable' | 'unknown' = 'unavailable') =>
  failure(kind, 'UNEXPECTED_ANSWER', 'Salesforce answered in a form that is not known.');

function timeOf(answer: HttpAnswer): number | undefined {
  const time = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}
