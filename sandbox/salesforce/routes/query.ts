/** SOQL over REST: query, queryAll, and the further pages that locators lead to. */
import { SalesforceError } from '../errors.ts';
import { runSoql } from '../soql/run.ts';
import type { QueryResult } from '../soql/scope.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

/** Rows a page: the default and the most; fewer only if asked for. */
const pageSize = 2000;
const smallestPage = 200;
/** Two days. */
const locatorLife = 2 * 24 * 60 * 60 * 1000;

const query =
  (all: boolean) =>
  (call: Call): Answer => {
    const text = call.query.get('q');
    if (text === null || text.trim() === '')
      throw new SalesforceError(
        'MALFORMED_QUERY',
        text === null ? 'The query parameter q is required' : "unexpected token: '<EOF>'",
      );
    const result = runSoql(call.org.queryContext(call.version, all, call.now), text.trim());
    return ok(page(call, result, 0, '', batchSize(call), all));
  };

/** `Sforce-Query-Options: batchSize=500`. */
function batchSize(call: Call): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(call.headers.get('Sforce-Query-Options') ?? '')?.[1] ?? pageSize);
  return Math.min(pageSize, Math.max(smallestPage, asked));
}

function page(call: Call, result: QueryResult, from: number, known: string, size: number, all: boolean): unknown {
  const to = Math.min(result.length, from + size);
  const records = [];
  for (let at = from; at < to; at++) records.push(result.render(at));
  if (to >= result.length) return { totalSize: result.totalSize, done: true, records };
  let id = known;
  if (id === '') {
    id = `01g${String(call.org.state.next('locator')).padStart(15, '0')}`;
    call.org.locators.set(id, { result, size, madeAt: call.now });
  }
  return {
    totalSize: result.totalSize,
    done: false,
    nextRecordsUrl: `/services/data/v${call.version}/${all ? 'queryAll' : 'query'}/${id}-${to}`,
    records,
  };
}

const more =
  (all: boolean) =>
  (call: Call): Answer => {
    const match = /^(01g\w{15})-(\d+)$/.exec(call.params.locator ?? '');
    const locator = match ? call.org.locators.get(match[1] as string) : undefined;
    if (!match || !locator || call.now - locator.madeAt > locatorLife)
      throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    return ok(page(call, locator.result, Number(match[2]), match[1] as string, locator.size, all));
  };

export const queryRoutes: readonly Route[] = [
  { method: 'GET', path: '/query', handle: query(false), heavy: true },
  { method: 'GET', path: '/queryAll', handle: query(true), heavy: true },
  { method: 'GET', path: '/query/:locator', handle: more(false), heavy: true },
  { method: 'GET', path: '/queryAll/:locator', handle: more(true), heavy: true },
];
