/**
 * Salesforce's REST API as the engine needs it, over a `fetch` that is passed in: queries five to a
 * call, updates two hundred to a call, describes. A session that has ended is renewed once and the call
 * repeated; the token lives in the secret store until Salesforce refuses it, or would by its age (C-4).
 */

import {
  type Allowance,
  type Clock,
  type Failure,
  type FailureKind,
  type KeptToken,
  type Outcome,
  orgChanged,
  PortError,
  type QueryAnswer,
  type QueryRest,
  type SalesforcePort,
  type Store,
} from '../ports.ts';
import { createDescribes } from './describes.ts';
import { errorOf, failureOf, queryFailure } from './failures.ts';
import { createFiles } from './files.ts';
import { type Fetch, failure, type HttpAnswer } from './http.ts';
import { requestToken, type Token } from './oauth.ts';
import { allowanceIn, callWith, type Request, type Session, type Transport } from './transport.ts';

export const apiVersion = '67.0';

const base = `/services/data/v${apiVersion}`;
/** Salesforce's limits of one composite call and one collection. */
const queriesPerCall = 5;
const changesPerCall = 200;

export interface SalesforceOptions {
  readonly fetch: Fetch;
  readonly store: Pick<Store, 'connection' | 'secret' | 'token' | 'saveToken'>;
  readonly clock: Clock;
}

/**
 * A session ends two hours after its last use unless the org says otherwise (Setup, Session Settings). An older token
 * is not tried: the refusal would be a call more, while an agent waits for a panel. Orgs with shorter sessions refuse
 * earlier, and then it is renewed as well.
 */
const goodMs = 110 * 60_000;

/** The client of the saved connection. */
export function createSalesforce({ fetch, store, clock }: SalesforceOptions): SalesforcePort {
  let current: Promise<Session> | undefined;
  let bound: string | undefined;
  let latest: Allowance | undefined;

  const renew = async (): Promise<Session> => {
    const [connection, clientSecret] = await Promise.all([store.connection(), store.secret()]);
    if (connection === undefined || clientSecret === undefined)
      throw failure('unauthorized', 'NOT_CONNECTED', 'There is no Salesforce connection. Save one on the admin page.');
    const { loginUrl, clientId, orgId } = connection;
    if (bound !== undefined && orgId !== bound)
      throw failure(
        'unauthorized',
        orgChanged,
        'Another Salesforce org was connected meanwhile, so what was under way with the one before has ended.',
      );
    // What keeps a login from coming about is no word on what the call was to do.
    const login = requestToken(fetch, { loginUrl, clientId, clientSecret });
    const token = await failingAs('unauthorized', 'refused', login);
    if (token.orgId !== undefined && token.orgId !== orgId)
      throw failure(
        'unauthorized',
        'OTHER_ORG',
        'These credentials now lead to another Salesforce org than the one that was connected. Save the connection again.',
      );
    await store.saveToken({ token: token.token, instanceUrl: token.instanceUrl, orgId, at: clock.now() });
    return token;
  };
  const isGood = ({ orgId, at = clock.now() }: KeptToken): boolean =>
    clock.now() - at <= goodMs && (bound === undefined || orgId === undefined || orgId === bound);
  const session = (): Promise<Session> => {
    current ??= store.token().then(kept => (kept === undefined || !isGood(kept) ? renew() : kept));
    return current;
  };

  const noted = (answer: HttpAnswer) => {
    latest = allowanceIn(answer) ?? latest;
    return answer;
  };

  return restOf({
    get allowance() {
      return latest;
    },
    async call(request) {
      const before = session();
      const answer = noted(await callWith(fetch, await before, request));
      if (answer.status !== 401) return answer;
      // Calls that run side by side renew once between them.
      if (current === before) current = renew();
      return noted(await callWith(fetch, await session(), request));
    },
    instanceUrl: async () => (await session()).instanceUrl,
    bindTo(orgId) {
      bound = orgId;
    },
  });
}

/** The client of one token, for checking a connection before it is saved. */
export const salesforceWith = (fetch: Fetch, token: Token): SalesforcePort =>
  restOf({
    call: request => callWith(fetch, token, request),
    instanceUrl: async () => token.instanceUrl,
    // A token has one org.
    bindTo() {},
  });

function restOf(transport: Transport): SalesforcePort {
  const { call, instanceUrl, bindTo } = transport;
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
  const readAll = async (paths: readonly { readonly path: string; readonly optional: boolean }[]) => {
    const bodies: (unknown | Refused)[] = [];
    let serverTime: number | undefined;
    for (let from = 0; from < paths.length; from += queriesPerCall) {
      const some = paths.slice(from, from + queriesPerCall);
      const compositeRequest = some.map(({ path }, index) => ({ method: 'GET', url: path, referenceId: `q${index}` }));
      const answer = await asReading(() =>
        ok({ method: 'POST', path: `${base}/composite`, body: { allOrNone: false, compositeRequest }, reading: true }),
      );
      serverTime ??= timeOf(answer);
      const parts = (answer.json as { compositeResponse?: unknown }).compositeResponse;
      if (!Array.isArray(parts) || parts.length !== some.length) throw garbled();
      for (const [at, part] of (parts as { httpStatusCode?: unknown; body?: unknown }[]).entries()) {
        if (part.httpStatusCode === 200) {
          bodies.push(part.body);
          continue;
        }
        const refused = queryFailure(part.body, Number(part.httpStatusCode));
        if (some[at]?.optional !== true || !lasting.has(refused.kind)) throw new PortError(refused);
        bodies.push(new Refused(refused));
      }
    }
    return { bodies, serverTime };
  };

  const port: SalesforcePort = {
    get allowance() {
      return transport.allowance;
    },
    async query(requests) {
      const rows: Record<string, unknown>[][] = requests.map(() => []);
      const failures = new Map<number, Failure>();
      const rests = new Map<number, QueryRest>();
      let open = requests.map((request, index) => {
        if ('locator' in request) return { index, optional: true, paged: true, path: request.locator };
        const { soql, all, optional = false, paged = false } = request;
        const path = `${base}/${all === true ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
        return { index, optional, paged, path };
      });
      let serverTime: number | undefined;
      while (open.length > 0) {
        const round = await readAll(open);
        serverTime ??= round.serverTime;
        open = open.flatMap(({ index, optional, paged }, at) => {
          const body = round.bodies[at];
          if (body instanceof Refused) {
            failures.set(index, body.failure);
            return [];
          }
          const page = pageOf(body);
          for (const row of page.records) rows[index]!.push(row);
          if (page.next === undefined) return [];
          if (!paged) return [{ index, optional, paged, path: page.next }];
          rests.set(index, { locator: page.next });
          return [];
        });
      }
      const answers = rows.map((found, index): QueryAnswer => {
        const refused = failures.get(index);
        const rest = rests.get(index);
        if (refused !== undefined) return { rows: [], failure: refused };
        return rest === undefined ? { rows: found } : { rows: found, rest };
      });
      // Without a Date header there is no server time to move a watermark to, so it stays where it was.
      return { answers, serverTime: serverTime ?? 0 };
    },

    async change(changes) {
      const outcomes: Outcome<void>[] = new Array(changes.length);
      for (const some of batches(changes)) {
        const records = some.map(({ one: { object, id, fields } }) => ({
          attributes: { type: object },
          id,
          ...fields,
        }));
        const results = await saveBatch(ok, 'PATCH', records);
        for (const [at, { index }] of some.entries()) {
          const result = results[at]!;
          outcomes[index] = result.ok ? { ok: true, value: undefined } : result;
        }
      }
      return outcomes;
    },
    async update(changes, soql) {
      const records = changes.map(({ object, id, fields }) => ({ attributes: { type: object }, id, ...fields }));
      const read = (referenceId: string) => ({
        method: 'GET',
        url: `${base}/queryAll?q=${encodeURIComponent(soql)}`,
        referenceId,
      });
      const write = {
        method: 'PATCH',
        url: `${base}/composite/sobjects`,
        referenceId: 'write',
        httpHeaders: noAssignment,
        body: { allOrNone: false, records },
      };
      const compositeRequest = [read('before'), write, read('after')];
      const parts = await compositeWriting(ok, compositeRequest);
      const rowsOf = ({ httpStatusCode, body }: Part) => {
        const rows = httpStatusCode === 200 ? (body as { records?: unknown } | null)?.records : undefined;
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      };
      const [before, written, after] = parts as [Part, Part, Part];
      const results = resultsOf(written.body, written.httpStatusCode, records.length);
      return {
        outcomes: results.map(result => (result.ok ? { ok: true, value: undefined } : result)),
        before: rowsOf(before),
        after: rowsOf(after),
      };
    },
    async insert(made) {
      const outcomes: Outcome<string>[] = new Array(made.length);
      for (const some of batches(made)) {
        const records = some.map(({ one: { object, fields } }) => ({ attributes: { type: object }, ...fields }));
        const results = await saveBatch(ok, 'POST', records);
        for (const [at, { index }] of some.entries()) outcomes[index] = results[at]!;
      }
      return outcomes;
    },
    ...createFiles(call, base),
    ...createDescribes(ok, base),

    async organization() {
      const { answers } = await port.query([{ soql: 'SELECT Id, Name FROM Organization' }]);
      const { Id: id, Name: name } = answers[0]?.rows[0] ?? {};
      if (typeof id !== 'string' || typeof name !== 'string') throw garbled();
      return { id, name };
    },
    instanceUrl,
    bindTo,
  };
  return port;
}

const asReading = <T>(run: () => Promise<T>): Promise<T> => failingAs('unavailable', 'unknown', run());

/** A failure of one kind is one of another kind here. */
async function failingAs<T>(kind: FailureKind, instead: FailureKind, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (problem) {
    if (problem instanceof PortError && problem.failure.kind === instead)
      throw new PortError({ ...problem.failure, kind });
    throw problem;
  }
}

/** Failures that the same query meets again until something in the org changes. */
const lasting: ReadonlySet<Failure['kind']> = new Set(['refused', 'forbidden', 'gone']);

/** The place of an optional query's page that was refused. */
class Refused {
  readonly failure: Failure;
  constructor(refused: Failure) {
    this.failure = refused;
  }
}

/** Objects together: Salesforce works a collection off in stretches of one object, at most ten of them. */
function batches<T extends { readonly object: string }>(
  all: readonly T[],
): readonly (readonly { readonly index: number; readonly one: T }[])[] {
  const indexed = all.map((one, index) => ({ index, one }));
  return [...Map.groupBy(indexed, ({ one }) => one.object).values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.length / changesPerCall) }, (_, at) =>
      group.slice(at * changesPerCall, (at + 1) * changesPerCall),
    ),
  );
}

/** Answers the id of each. */
async function saveBatch(
  ok: (request: Request) => Promise<HttpAnswer>,
  method: 'PATCH' | 'POST',
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly Outcome<string>[]> {
  try {
    const { json } = await ok({
      method,
      path: `${base}/composite/sobjects`,
      body: { allOrNone: false, records },
      headers: noAssignment,
    });
    return resultsOf(json, 200, records.length);
  } catch (problem) {
    if (!(problem instanceof PortError)) throw problem;
    const { failure: why } = problem;
    // A gateway's page instead of data: what it did to a write that makes something is not known.
    const unclear = method === 'POST' && why.code === 'NOT_JSON' ? ({ ...why, kind: 'unknown' } as const) : why;
    return records.map(() => ({ ok: false, failure: unclear }));
  }
}

/** An update by the bridge never hands a case to somebody else by the org's assignment rules. */
const noAssignment = { 'sforce-auto-assign': 'FALSE' };

/** Of a collection that was saved, in its order. */
function resultsOf(body: unknown, status: number, count: number): readonly Outcome<string>[] {
  if (status !== 200) {
    const refused = failureOf(body, status);
    return Array.from({ length: count }, () => ({ ok: false, failure: refused }));
  }
  if (!Array.isArray(body) || body.length !== count) throw garbled('unknown');
  return body.map((row: { success?: unknown; id?: unknown; errors?: unknown }): Outcome<string> => {
    if (row.success !== true) return { ok: false, failure: failureOf(row.errors) };
    return { ok: true, value: typeof row.id === 'string' ? row.id : '' };
  });
}

interface Part {
  readonly httpStatusCode: number;
  readonly body: unknown;
}

/** A composite call that changes something: what became of one whose answer is unreadable is not known. */
async function compositeWriting(
  ok: (request: Request) => Promise<HttpAnswer>,
  compositeRequest: readonly unknown[],
): Promise<readonly Part[]> {
  try {
    const { json } = await ok({
      method: 'POST',
      path: `${base}/composite`,
      body: { allOrNone: false, compositeRequest },
    });
    const parts = (json as { compositeResponse?: unknown }).compositeResponse;
    if (!Array.isArray(parts) || parts.length !== compositeRequest.length) throw garbled('unknown');
    return parts as readonly Part[];
  } catch (problem) {
    if (!(problem instanceof PortError) || problem.failure.code !== 'NOT_JSON') throw problem;
    throw new PortError({ ...problem.failure, kind: 'unknown' });
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
