/** The rows that a WHERE clause means, through the narrowest index that one of its conditions gives. */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { notModelled, SalesforceError } from '../errors.ts';
import type { Row, Scalar, State } from '../state.ts';
import { compileCondition, type Operand } from './condition.ts';
import { dateFunction } from './dates.ts';
import { soqlError } from './parse.ts';
import { valueAt } from './paths.ts';
import { innermost, labelOf, path, type QueryContext, queriedObject, type Scope, scopeOf } from './scope.ts';
import { buildTree, compileTree, conjuncts, type Hint, type RawCondition, type Tree } from './where.ts';

export function matches(
  context: QueryContext,
  object: CatalogueObject,
  tree: Tree<Row> | undefined,
  /** Where any rows of that number will do. */
  most = Number.POSITIVE_INFINITY,
): readonly Row[] {
  const test = tree ? compileTree(tree) : undefined;
  const { rows, ordered } = candidates(context, object, tree);
  const found: Row[] = [];
  for (const row of rows) {
    if ((row.deleted && !context.all) || context.hides(row)) continue;
    if (!test || test(row)) found.push(row);
    if (ordered && found.length >= most) break;
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
  const parts = tree ? conjuncts(tree) : [];
  let best: readonly Row[] | undefined;
  let from: string | undefined;
  for (const part of parts) {
    if (part.kind !== 'test' || !part.hint) continue;
    if (part.hint.kind === 'since') {
      if (part.hint.path.steps.length === 0 && (from === undefined || part.hint.from > from)) from = part.hint.from;
      continue;
    }
    const found = equalRows(context.state, object, part.hint.field, part.hint.values);
    if (found && (!best || found.length < best.length)) best = found;
  }
  if (best) return { rows: best, ordered: false };
  if (from !== undefined) return { rows: context.state.since(object.name, from), ordered: false };
  for (const part of parts) {
    const rows = part.kind === 'or' ? anyOf(context, object, part.parts) : undefined;
    if (rows) return { rows, ordered: false };
  }
  return { rows: context.state.scan(object.name), ordered: true };
}

/** Rows that meet one of the conditions, where an index answers each: what changed, or whose parents did. */
function anyOf(context: QueryContext, object: CatalogueObject, parts: readonly Tree<Row>[]): Iterable<Row> | undefined {
  const found = new Map<string, Row>();
  for (const part of parts) {
    if (part.kind !== 'test' || !part.hint) return undefined;
    const rows =
      part.hint.kind === 'since'
        ? sinceRows(context, object, part.hint)
        : equalRows(context.state, object, part.hint.field, part.hint.values);
    if (!rows) return undefined;
    for (const row of rows) found.set(row.id, row);
  }
  return found.values();
}

/** From the stamped ones back over the references that lead to them. */
function sinceRows(
  { state, catalogue }: QueryContext,
  object: CatalogueObject,
  { from, path: { steps, object: stamped } }: Extract<Hint, { kind: 'since' }>,
): readonly Row[] | undefined {
  const owners = [object.name, ...steps.map(step => step.referenceTo[0] as string)];
  let rows: readonly Row[] = [...state.since(stamped?.name ?? object.name, from)];
  for (let at = steps.length - 1; at >= 0; at--) {
    const owner = catalogue.object(owners[at] as string)?.name;
    const step = (steps[at] as FieldDefinition).name;
    const children = rows.map(row => (owner === undefined ? undefined : state.equal(owner, step, row.id)));
    if (children.includes(undefined)) return undefined;
    rows = children.flatMap(some => some ?? []);
  }
  return rows;
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

export function bindWhere(scope: Scope, query: Query): Tree<Row> {
  const { context, text } = scope;
  const conditions = {
    text,
    now: context.now,
    select: (inner: Query, left: Operand<Row>) => semiJoin(scope, left, inner),
  };
  checkSemiJoins(scope, query.where as NonNullable<Query['where']>);
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

/** The most sub-queries of one WHERE. */
const mostSemiJoins = 2;

const refused = (scope: Scope, token: string, message: string): SalesforceError =>
  soqlError('MALFORMED_QUERY', scope.text, token, message);

/** At most two, each a condition that every row has to meet. */
function checkSemiJoins(scope: Scope, where: NonNullable<Query['where']>): void {
  // In this tree a test's operator is the field of its semi join; empty where it has none.
  const tree = buildTree<never>(scope.text, where, ({ field = '', valueQuery }) => ({
    kind: 'test',
    test: () => false,
    operator: valueQuery ? field : '',
  }));
  const joins = (part: Tree<never>): readonly string[] => {
    if (part.kind === 'test') return part.operator === '' ? [] : [part.operator];
    return part.kind === 'not' ? joins(part.part) : part.parts.flatMap(joins);
  };
  const all = joins(tree);
  if (all.length === 0) return;
  if (scope.inner) throw refused(scope, all[0] as string, 'Nesting of semi join sub-selects is not supported');
  if (all.length > mostSemiJoins)
    throw refused(scope, all[2] as string, `Maximum ${mostSemiJoins} semi join sub-selects are allowed`);
  if (conjuncts(tree).flatMap(part => (part.kind === 'test' ? joins(part) : [])).length < all.length)
    throw refused(
      scope,
      all[0] as string,
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    );
}

function semiJoin(outer: Scope, left: Operand<Row>, query: Query): ReadonlySet<Scalar> {
  const { context, text } = outer;
  const selected = query.fields ?? [];
  const only = selected[0];
  if (selected.length !== 1 || !only || (only.type !== 'Field' && only.type !== 'FieldRelationship'))
    throw new SalesforceError('MALFORMED_QUERY', 'only one field may be selected in a semi join');
  const object = queriedObject(context, text, query.sObject ?? '');
  const scope = { ...scopeOf(context, text, object, query.sObjectAlias), inner: true };
  const bound = path(scope, 'rawValue' in only && only.rawValue ? only.rawValue : only.field);
  if (bound.field.type !== 'id' && bound.field.type !== 'reference')
    throw soqlError('MALFORMED_QUERY', text, only.field, `Invalid selected field for semi join: ${only.field}`);
  if (object === outer.object)
    throw refused(outer, query.sObject ?? '', 'The inner and outer selects should not be on the same object type');
  const leads = (field: FieldDefinition, from: string | undefined) =>
    field.type === 'id' ? [from] : field.referenceTo;
  const targets = leads(left.field, left.path?.object?.name);
  if (!leads(bound.field, bound.object?.name).some(target => targets.includes(target as string)))
    throw refused(
      outer,
      left.written,
      `The selected field '${bound.name}' in the subquery and the left operand field '${left.written}' in the where expression in the outer query should point to the same object type`,
    );
  const tree = query.where ? bindWhere(scope, query) : undefined;
  return new Set(
    matches(context, object, tree)
      .map(row => valueAt(context, row, bound) as Scalar)
      .filter(value => value !== null),
  );
}

const linkRestriction =
  "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.";

export function checkLinkFilter(text: string, tree: Tree<Row> | undefined): void {
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
