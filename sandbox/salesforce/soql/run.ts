/**
 * A query from text to rows: bound to the catalogue, checked, answered by the narrowest index, sorted, grouped and
 * projected. A query answers its whole result; paging is the route's business.
 */
import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Catalogue, CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { can } from '../describe.ts';
import { notModelled, SalesforceError } from '../errors.ts';
import type { Reader } from '../reader.ts';
import type { Row, Scalar, State } from '../state.ts';
import { aggregateRows } from './aggregate.ts';
import { parseSoql, soqlError } from './parse.ts';
import { bindPath, followTo, type Path, valueAt } from './paths.ts';
import {
  buildTree,
  compileCondition,
  compileTree,
  conjuncts,
  dateFunction,
  type Operand,
  type Predicate,
  type RawCondition,
  type RawFunction,
  type Tree,
} from './where.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface QueryContext {
  readonly catalogue: Catalogue;
  readonly state: State;
  readonly reader: Reader;
  readonly now: number;
  /** `67.0`; in the addresses of records. */
  readonly version: string;
  /** Deleted rows too. */
  readonly all: boolean;
}

/** `count` rows, rendered one at a time, so that a page costs what it shows. */
export interface QueryResult {
  readonly totalSize: number;
  /** Rows that can be rendered; 0 for `COUNT()`. */
  readonly length: number;
  render(at: number): Json;
}

/** The furthest OFFSET. */
const maxOffset = 2000;

export function runSoql(context: QueryContext, text: string): QueryResult {
  return run(context, text, parseSoql(text), undefined);
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
  const query = parseSoql(text);
  return query.where
    ? compileTree(bindWhere({ ...scopeOf(context, text, object, undefined), anyField }, query))
    : () => true;
}

interface Scope {
  readonly context: QueryContext;
  readonly text: string;
  readonly object: CatalogueObject;
  readonly alias: string | undefined;
  readonly anyField?: boolean;
}

const scopeOf = (context: QueryContext, text: string, object: CatalogueObject, alias: string | undefined): Scope => ({
  context,
  text,
  object,
  alias,
});

function run(context: QueryContext, text: string, query: Query, within: Predicate<Row> | undefined): QueryResult {
  const object = queriedObject(context, text, query.sObject ?? '');
  const scope = scopeOf(context, text, object, query.sObjectAlias);
  checkClauses(scope, query);
  const tree = query.where ? bindWhere(scope, query) : undefined;
  if (object.name === 'ContentDocumentLink') checkLinkFilter(text, tree);
  const grouped = query.groupBy !== undefined || (query.fields ?? []).some(isAggregate);
  if (grouped) {
    const matching = () => matches(context, object, tree, within);
    return aggregateRows({ scope, query, matching, path: written => path(scope, written), fail: soqlError });
  }
  const order = bindOrder(scope, query);
  const select = bindSelect(scope, query.fields ?? []);
  let rows = order ? [...matches(context, object, tree, within)].sort(order) : matches(context, object, tree, within);
  if (query.offset || query.limit !== undefined)
    rows = rows.slice(query.offset ?? 0, query.limit === undefined ? undefined : (query.offset ?? 0) + query.limit);
  return { totalSize: rows.length, length: rows.length, render: at => select(rows[at] as Row) };
}

function queriedObject(context: QueryContext, text: string, name: string): CatalogueObject {
  const object = context.catalogue.object(name);
  if (object && can(object, 'queryable')) return object;
  throw soqlError(
    'INVALID_TYPE',
    text,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function checkClauses({ text }: Scope, query: Query): void {
  if ((query.offset ?? 0) > maxOffset)
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maxOffset}`);
  if (query.withDataCategory) throw notModelled('WITH DATA CATEGORY');
  if (query.update) throw notModelled(`UPDATE ${query.update}`);
  if (query.usingScope && !/^(everything|mine)$/i.test(query.usingScope))
    throw notModelled(`USING SCOPE ${query.usingScope}`);
  for (const field of query.fields ?? [])
    if (field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'FIELDS') {
      const what = String(field.parameters[0]).toUpperCase();
      if (what !== 'STANDARD' && (query.limit === undefined || query.limit > 200))
        throw soqlError('MALFORMED_QUERY', text, 'FIELDS', 'The SOQL FIELDS function must have a LIMIT of at most 200');
    }
}

// ── finding rows ────────────────────────────────────────────────────────────────────────────────

function matches(
  context: QueryContext,
  object: CatalogueObject,
  tree: Tree<Row> | undefined,
  within: Predicate<Row> | undefined,
): readonly Row[] {
  const test = tree ? compileTree(tree) : undefined;
  const { rows, ordered } = candidates(context, object, tree);
  const found: Row[] = [];
  for (const row of rows) {
    if (row.deleted && !context.all) continue;
    if (within && !within(row)) continue;
    if (!test || test(row)) found.push(row);
  }
  if (!ordered) found.sort((a, b) => (a.id < b.id ? -1 : 1));
  return found;
}

/** The narrowest source of rows that an index of the state gives; all rows where none does. */
function candidates(
  context: QueryContext,
  object: CatalogueObject,
  tree: Tree<Row> | undefined,
): { rows: Iterable<Row>; ordered: boolean } {
  let best: readonly Row[] | undefined;
  let from: string | undefined;
  for (const part of tree ? conjuncts(tree) : []) {
    if (part.kind !== 'test' || !part.hint) continue;
    if (part.hint.kind === 'since') {
      if (from === undefined || part.hint.from > from) from = part.hint.from;
      continue;
    }
    const found = equalRows(context.state, object, part.hint.field, part.hint.values);
    if (found && (!best || found.length < best.length)) best = found;
  }
  if (best) return { rows: best, ordered: false };
  if (from !== undefined) return { rows: context.state.since(object.name, from), ordered: false };
  return { rows: context.state.scan(object.name), ordered: true };
}

function equalRows(
  state: State,
  object: CatalogueObject,
  field: FieldDefinition,
  values: readonly Scalar[],
): readonly Row[] | undefined {
  const found = new Map<string, Row>();
  for (const value of values) {
    if (field.type === 'id') {
      const row = state.get(value as string | null);
      if (row?.object === object.name) found.set(row.id, row);
      continue;
    }
    const rows = state.equal(object.name, field.name, value);
    if (!rows) return undefined;
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()];
}

function bindWhere(scope: Scope, query: Query): Tree<Row> {
  const { context, text } = scope;
  const conditions = {
    text,
    now: context.now,
    select: (inner: Query) => semiJoin(context, text, inner),
  };
  return buildTree(text, query.where as NonNullable<Query['where']>, condition =>
    compileCondition(conditions, operandOf(scope, condition), condition),
  );
}

function operandOf(scope: Scope, condition: RawCondition): Operand<Row> {
  const { context, text } = scope;
  if (condition.fn) {
    const name = (condition.fn.functionName ?? '').toUpperCase();
    const inner = path(scope, innermost(condition.fn));
    if (name === 'TOLABEL')
      return {
        written: condition.fn.rawValue ?? name,
        field: inner.field,
        value: row => labelOf(inner.field, valueAt(context, row, inner)),
      };
    const compute = dateFunction(name, row => valueAt(context, row, inner));
    if (!compute) throw notModelled(`${name} in WHERE`);
    const type = name === 'DAY_ONLY' ? 'date' : 'int';
    return { written: condition.fn.rawValue ?? name, field: { ...inner.field, type }, value: compute };
  }
  const bound = path(scope, condition.field as string);
  if (!bound.field.filterable && !scope.anyField)
    throw soqlError(
      'INVALID_FIELD',
      text,
      condition.field as string,
      `field '${bound.field.name}' can not be filtered in a query call`,
    );
  return {
    written: condition.field as string,
    field: bound.field,
    path: bound,
    value:
      bound.steps.length === 0 ? row => context.reader.read(row, bound.field) : row => valueAt(context, row, bound),
  };
}

export function innermost(fn: RawFunction): string {
  const parameter = fn.parameters?.[0];
  return typeof parameter === 'string' ? parameter : parameter ? innermost(parameter) : '';
}

function semiJoin(context: QueryContext, text: string, query: Query): ReadonlySet<Scalar> {
  const selected = query.fields ?? [];
  const only = selected[0];
  if (selected.length !== 1 || !only || (only.type !== 'Field' && only.type !== 'FieldRelationship'))
    throw new SalesforceError('MALFORMED_QUERY', 'only one field may be selected in a semi join');
  const object = queriedObject(context, text, query.sObject ?? '');
  const scope = scopeOf(context, text, object, query.sObjectAlias);
  const bound = path(scope, 'rawValue' in only && only.rawValue ? only.rawValue : only.field);
  if (bound.field.type !== 'id' && bound.field.type !== 'reference')
    throw soqlError('MALFORMED_QUERY', text, only.field, `Invalid selected field for semi join: ${only.field}`);
  const tree = query.where ? bindWhere(scope, query) : undefined;
  return new Set(
    matches(context, object, tree, undefined)
      .map(row => valueAt(context, row, bound) as Scalar)
      .filter(value => value !== null),
  );
}

const linkRestriction =
  "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.";

function checkLinkFilter(text: string, tree: Tree<Row> | undefined): void {
  const parts = tree ? conjuncts(tree) : [];
  const onIds = parts.filter(
    part =>
      part.kind === 'test' &&
      part.path?.steps.length === 0 &&
      (part.path.field.name === 'ContentDocumentId' || part.path.field.name === 'LinkedEntityId') &&
      (part.operator === '=' || part.operator === 'IN'),
  );
  if (onIds.length === 0) throw soqlError('MALFORMED_QUERY', text, 'ContentDocumentLink', linkRestriction);
  const byOneEntity = onIds.some(
    part => part.kind === 'test' && part.path?.field.name === 'LinkedEntityId' && part.operator === '=',
  );
  if (
    !byOneEntity &&
    parts.some(
      part => part.kind !== 'test' || (part.path?.field.type !== 'reference' && part.path?.field.type !== 'id'),
    )
  )
    throw soqlError(
      'MALFORMED_QUERY',
      text,
      'ContentDocumentLink',
      'Implementation restriction: filtering on non-id fields is only permitted when filtering by ContentDocumentLink.LinkedEntityId using the equals operator.',
    );
}

// ── order ───────────────────────────────────────────────────────────────────────────────────────

function bindOrder(scope: Scope, query: Query | Subquery): ((a: Row, b: Row) => number) | undefined {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  if (clauses.length === 0) return undefined;
  const keys = clauses.map(clause => {
    if (!('field' in clause)) throw notModelled('functions in ORDER BY without GROUP BY');
    const bound = path(scope, clause.field);
    if (!bound.field.sortable)
      throw soqlError(
        'INVALID_FIELD',
        scope.text,
        clause.field,
        `field '${bound.field.name}' can not be sorted in a query call`,
      );
    return {
      value: sortValue(scope, bound),
      sign: clause.order === 'DESC' ? -1 : 1,
      nulls: clause.nulls === 'LAST' ? 1 : -1,
    };
  });
  return (a, b) => {
    for (const key of keys) {
      const difference = compareNullable(key.value(a), key.value(b), key.sign, key.nulls);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Nulls stand first unless asked otherwise, whichever the direction. */
export function compareNullable(left: Scalar, right: Scalar, sign: number, nulls: number): number {
  if (left === right) return 0;
  if (left === null) return nulls;
  if (right === null) return -nulls;
  return left < right ? -sign : sign;
}

/** Picklists sort in the order of their values in Setup, texts without regard to case. */
function sortValue({ context }: Scope, bound: Path): (row: Row) => Scalar {
  const { field } = bound;
  const places =
    field.type === 'picklist' ? new Map(field.values.map((entry, at) => [entry.value.toLowerCase(), at])) : undefined;
  return row => {
    const value = valueAt(context, row, bound) as Scalar;
    if (typeof value !== 'string') return value;
    if (places) return String(places.get(value.toLowerCase()) ?? 9999).padStart(4, '0') + value.toLowerCase();
    return field.type === 'id' || field.type === 'reference' ? value : value.toLowerCase();
  };
}

// ── select ──────────────────────────────────────────────────────────────────────────────────────

const path = (scope: Scope, written: string): Path =>
  bindPath({ catalogue: scope.context.catalogue, text: scope.text }, scope.object, scope.alias, written);

const aggregates = /^(count|count_distinct|sum|avg|min|max)$/i;
const isAggregate = (field: FieldType): boolean =>
  field.type === 'FieldFunctionExpression' && aggregates.test(field.functionName);

/** Builds nested objects out of paths: what a row's answer looks like. */
interface Shape {
  readonly leaves: { readonly key: string; readonly value: (row: Row) => unknown }[];
  readonly parents: Map<string, { readonly step: FieldDefinition; readonly shape: Shape }>;
  /** Keys and parents in the order in which they were selected. */
  readonly order: { readonly key: string; readonly parent: boolean }[];
}
const emptyShape = (): Shape => ({ leaves: [], parents: new Map(), order: [] });

function bindSelect(scope: Scope, fields: readonly FieldType[]): (row: Row) => Json {
  const { context, text } = scope;
  const shape = emptyShape();
  const chosen = new Set<string>();
  const once = (name: string, written: string): void => {
    if (chosen.has(name.toLowerCase()))
      throw soqlError('INVALID_FIELD', text, written, `duplicate field selected: ${name}`);
    chosen.add(name.toLowerCase());
  };
  for (const field of fields) {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship': {
        const written = 'rawValue' in field && field.rawValue ? field.rawValue : field.field;
        const bound = path(scope, written);
        once(bound.name, written);
        if ('alias' in field && field.alias)
          throw soqlError('MALFORMED_QUERY', text, field.alias, 'only aggregate expressions use field aliasing');
        addLeaf(context, shape, bound);
        break;
      }
      case 'FieldSubquery':
        addLeafOf(shape, ...subquery(scope, field.subquery));
        break;
      case 'FieldTypeof':
        addLeafOf(shape, ...typeOf(scope, field));
        break;
      case 'FieldFunctionExpression': {
        const name = field.functionName.toUpperCase();
        if (name === 'FIELDS') {
          const what = String(field.parameters[0]).toUpperCase();
          for (const each of scope.object.fields)
            if (what === 'ALL' || (what === 'CUSTOM') === each.custom) {
              once(each.name, 'FIELDS');
              addLeaf(context, shape, path(scope, each.name));
            }
          break;
        }
        const bound = path(scope, innermost(field as RawFunction));
        const key = field.alias ?? bound.field.name;
        once(field.alias ?? bound.name, innermost(field as RawFunction));
        if (name === 'TOLABEL') addLeafOf(shape, key, row => labelOf(bound.field, valueAt(context, row, bound)));
        else if (name === 'FORMAT') addLeafOf(shape, key, row => formatted(valueAt(context, row, bound)));
        else if (name === 'CONVERTCURRENCY') addLeaf(context, shape, bound);
        else throw notModelled(`the function ${name} in SELECT`);
        break;
      }
      default:
        throw notModelled('this kind of SELECT');
    }
  }
  return row => render(context, shape, row);
}

function addLeafOf(shape: Shape, key: string, value: (row: Row) => unknown): void {
  shape.leaves.push({ key, value });
  shape.order.push({ key, parent: false });
}

function addLeaf(context: QueryContext, shape: Shape, bound: Path): void {
  let current = shape;
  for (const step of bound.steps) {
    const key = step.relationship as string;
    let next = current.parents.get(key);
    if (!next) {
      next = { step, shape: emptyShape() };
      current.parents.set(key, next);
      current.order.push({ key, parent: true });
    }
    current = next.shape;
  }
  addLeafOf(current, bound.field.name, row =>
    bound.object ? context.reader.read(row, bound.field) : valueAt(context, row, { ...bound, steps: [] }),
  );
}

function render(context: QueryContext, shape: Shape, row: Row): Json {
  const answer: Record<string, unknown> = { attributes: attributesOf(context.version, row) };
  let leaf = 0;
  for (const { key, parent } of shape.order) {
    if (!parent) {
      answer[key] = shape.leaves[leaf++]?.value(row) ?? null;
      continue;
    }
    const { step, shape: inner } = shape.parents.get(key) as { step: FieldDefinition; shape: Shape };
    const target = followTo(context, row, [step]);
    answer[key] = target ? render(context, inner, target) : null;
  }
  return answer;
}

export function attributesOf(version: string, row: Row): Json {
  return { type: row.object, url: `/services/data/v${version}/sobjects/${row.object}/${row.id}` };
}

function labelOf(field: FieldDefinition, value: unknown): unknown {
  return field.values.find(entry => entry.value === value)?.label ?? value;
}

function formatted(value: unknown): unknown {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}

function subquery(scope: Scope, query: Subquery): [string, (row: Row) => unknown] {
  const { context, text } = scope;
  const relation = scope.object.child(query.relationshipName);
  if (!relation)
    throw soqlError(
      'INVALID_TYPE',
      text,
      query.relationshipName,
      `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  const inner = scopeOf(context, text, relation.object, query.sObjectAlias);
  const select = bindSelect(inner, query.fields ?? []);
  const tree = query.where ? bindWhere(inner, query as unknown as Query) : undefined;
  const test = tree ? compileTree(tree) : undefined;
  const order = bindOrder(inner, query);
  return [
    relation.name as string,
    row => {
      let rows = (context.state.equal(relation.object.name, relation.field.name, row.id) ?? [])
        .filter(child => (context.all || !child.deleted) && (!test || test(child)))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      if (order) rows = rows.sort(order);
      rows = rows.slice(query.offset ?? 0, query.limit === undefined ? undefined : (query.offset ?? 0) + query.limit);
      return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(select) };
    },
  ];
}

function typeOf(scope: Scope, field: Extract<FieldType, { type: 'FieldTypeof' }>): [string, (row: Row) => unknown] {
  const { context, text } = scope;
  const step = scope.object.parent(field.field);
  if (!step || step.referenceTo.length < 2)
    throw soqlError('INVALID_TYPE_ON_FIELD_IN_RECORD', text, field.field, `TYPEOF is not allowed on '${field.field}'`);
  const branches = new Map<string, (row: Row) => Json>();
  let otherwise: ((row: Row) => Json) | undefined;
  for (const condition of field.conditions) {
    if (condition.type === 'ELSE') {
      const names = condition.fieldList;
      otherwise = row => ({
        attributes: attributesOf(context.version, row),
        ...Object.fromEntries(names.map(name => [name, readNamed(context, row, name)])),
      });
      continue;
    }
    const object = queriedObject(context, text, condition.objectType ?? '');
    branches.set(object.name, bindSelect(scopeOf(context, text, object, undefined), condition.fieldList.map(asField)));
  }
  return [
    step.relationship as string,
    row => {
      const target = followTo(context, row, [step]);
      if (!target) return null;
      const branch = branches.get(target.object) ?? otherwise;
      return branch ? branch(target) : { attributes: attributesOf(context.version, target) };
    },
  ];
}

const asField = (name: string): FieldType =>
  name.includes('.')
    ? {
        type: 'FieldRelationship',
        field: name.split('.').at(-1) as string,
        relationships: name.split('.').slice(0, -1),
        rawValue: name,
      }
    : { type: 'Field', field: name };

function readNamed(context: QueryContext, row: Row, name: string): unknown {
  const field = context.reader.objectOf(row).field(name);
  return field ? context.reader.read(row, field) : null;
}
