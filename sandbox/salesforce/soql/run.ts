/**
 * A query from text to rows: bound to the catalogue, checked, answered by the narrowest index, sorted, grouped and
 * projected. A query answers its whole result; paging is the route's business.
 */
import type { FieldType, Query } from '@jetstreamapp/soql-parser-js';
import type { CatalogueObject } from '../catalogue/index.ts';
import { notModelled, SalesforceError } from '../errors.ts';
import type { Row } from '../state.ts';
import { stampOf } from '../time.ts';
import { aggregateRows } from './aggregate.ts';
import { bindWhere, checkLinkFilter, matches } from './find.ts';
import { bindOrder } from './order.ts';
import { soqlError } from './parse.ts';
import { path, type QueryContext, type QueryResult, queriedObject, type Scope, scopeOf } from './scope.ts';
import { bindSelect } from './select.ts';
import { compileTree, type Predicate } from './where.ts';

/** The furthest OFFSET. */
const maxOffset = 2000;
const mostSubqueries = 20;

export function runSoql(context: QueryContext, text: string): QueryResult {
  return run(context, text, context.parse(text));
}

/**
 * Whether a record meets a condition that is written as a WHERE clause; for searches, and for validation rules, which
 * may look at fields that no query can filter.
 */
export function compileWhere(
  context: QueryContext,
  object: CatalogueObject,
  where: string,
  anyField = false,
): Predicate<Row> {
  const text = `SELECT Id FROM ${object.name} WHERE ${where}`;
  const query = context.parse(text);
  return query.where
    ? compileTree(bindWhere({ ...scopeOf(context, text, object, undefined), anyField }, query))
    : () => true;
}

function run(context: QueryContext, text: string, query: Query): QueryResult {
  const object = queriedObject(context, text, query.sObject ?? '');
  const scope = scopeOf(context, text, object, query.sObjectAlias);
  checkClauses(scope, query);
  const tree = query.where ? bindWhere(scope, query) : undefined;
  if (object.name === 'ContentDocumentLink') checkLinkFilter(text, tree);
  const grouped = query.groupBy !== undefined || (query.fields ?? []).some(isAggregate);
  if (grouped) {
    const matching = () => matches(context, object, tree);
    return aggregateRows({ scope, query, matching, path: written => path(scope, written), fail: soqlError });
  }
  const order = bindOrder(scope, query);
  const select = bindSelect(scope, query.fields ?? []);
  const most = query.limit === undefined ? undefined : (query.offset ?? 0) + query.limit;
  let rows = order ? [...matches(context, object, tree)].sort(order) : matches(context, object, tree, most);
  if (query.offset || query.limit !== undefined) rows = rows.slice(query.offset ?? 0, most);
  if (query.for) seen(context, rows, query.for.toUpperCase() === 'VIEW');
  return { totalSize: rows.length, length: rows.length, render: at => select(rows[at] as Row) };
}

/** No change in the sense of stamps: `SystemModstamp` stays. */
function seen({ state, now }: QueryContext, rows: readonly Row[], viewed: boolean): void {
  const stamp = stampOf(now);
  for (const row of rows)
    state.put({
      ...row,
      values: { ...row.values, LastReferencedDate: stamp, ...(viewed ? { LastViewedDate: stamp } : {}) },
    });
}

function checkClauses({ text, object }: Scope, query: Query): void {
  if ((query.offset ?? 0) > maxOffset)
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maxOffset}`);
  if (query.withDataCategory) throw notModelled('WITH DATA CATEGORY');
  if (query.update) throw notModelled(`UPDATE ${query.update}`);
  const subqueries = (query.fields ?? []).filter(field => field.type === 'FieldSubquery').length;
  if (subqueries > mostSubqueries)
    throw new SalesforceError('MALFORMED_QUERY', `SOQL statements cannot have more than ${mostSubqueries} sub-queries`);
  checkFor(text, query, object);
  if (query.usingScope && !/^(everything|mine)$/i.test(query.usingScope))
    throw notModelled(`USING SCOPE ${query.usingScope}`);
  for (const field of query.fields ?? [])
    if (field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'FIELDS') {
      const what = String(field.parameters[0]).toUpperCase();
      if (what !== 'STANDARD' && (query.limit === undefined || query.limit > 200))
        throw soqlError('MALFORMED_QUERY', text, 'FIELDS', 'The SOQL FIELDS function must have a LIMIT of at most 200');
    }
}

/** `FOR VIEW` and `FOR REFERENCE` stamp what a person saw; that a query of a poller does not see, nor may change. */
function checkFor(text: string, query: Query, object: CatalogueObject): void {
  const wanted = query.for?.toUpperCase();
  if (wanted === undefined) return;
  const grouped = query.groupBy !== undefined || (query.fields ?? []).some(isAggregate);
  if (wanted === 'UPDATE' || grouped || !object.field('LastViewedDate'))
    throw soqlError('MALFORMED_QUERY', text, 'FOR', `FOR ${wanted} not allowed in this context`);
}

const aggregates = /^(count|count_distinct|sum|avg|min|max)$/i;
const isAggregate = (field: FieldType): boolean =>
  field.type === 'FieldFunctionExpression' && aggregates.test(field.functionName);
