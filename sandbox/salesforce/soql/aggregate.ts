/**
 * COUNT(), GROUP BY, HAVING and the aggregate functions. Rows of such an answer have the type `AggregateResult`; an
 * expression without an alias is called `expr0`, `expr1`, …
 */
import type { FieldType, Query } from '@jetstreamapp/soql-parser-js';
import type { CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { notModelled, SalesforceError } from '../errors.ts';
import type { Row, Scalar } from '../state.ts';
import { compileCondition } from './condition.ts';
import { dateFunction } from './dates.ts';
import { compareNullable } from './order.ts';
import type { soqlError } from './parse.ts';
import { type Path, valueAt } from './paths.ts';
import { innermost, type Json, type QueryContext, type QueryResult } from './scope.ts';
import { buildTree, compileTree, type RawFunction } from './where.ts';

export interface AggregateInput {
  readonly scope: { readonly context: QueryContext; readonly text: string; readonly object: CatalogueObject };
  readonly query: Query;
  readonly matching: () => readonly Row[];
  readonly path: (written: string) => Path;
  readonly fail: typeof soqlError;
}

interface Group {
  readonly rows: readonly Row[];
  /** Keys that this row sums over, in a roll-up or a cube. */
  readonly over?: ReadonlySet<Expression>;
}

/** A value of a group: a grouped field, a date function of one, or an aggregate. */
interface Expression {
  /** Normal spelling, by which HAVING and ORDER BY find it again. */
  readonly id: string;
  readonly field: FieldDefinition;
  readonly value: (group: Group) => Scalar;
}

/** The most groups that one answer holds; there is no query-more for them. */
const mostGroups = 2000;

export function aggregateRows(input: AggregateInput): QueryResult {
  const { query } = input;
  const fields = query.fields ?? [];
  const only = fields[0];
  if (
    fields.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    /^count$/i.test(only.functionName) &&
    only.parameters.length === 0 &&
    !query.groupBy
  ) {
    const found = input.matching().length;
    return { totalSize: Math.min(found, query.limit ?? found), length: 0, render: () => ({}) };
  }
  const { keys, sets } = bindGroups(input);
  if (keys.length === 0 && query.limit !== undefined)
    throw input.fail(
      'MALFORMED_QUERY',
      input.scope.text,
      'LIMIT',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    );
  const columns = bindColumns(input, fields, keys);
  let groups = groupRows(input.matching(), keys, sets);
  groups = having(input, groups, keys);
  groups = ordered(input, groups, keys, columns);
  if (groups.length > mostGroups && query.limit === undefined)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  groups = groups.slice(query.offset ?? 0, query.limit === undefined ? undefined : (query.offset ?? 0) + query.limit);
  const render = (group: Group): Json => {
    const answer: Record<string, unknown> = { attributes: { type: 'AggregateResult' } };
    for (const { name, expression } of columns) answer[name] = expression.value(group);
    return answer;
  };
  return { totalSize: groups.length, length: groups.length, render: at => render(groups[at] as Group) };
}

const clausesOf = <T>(clauses: T | T[] | undefined): readonly T[] =>
  clauses === undefined ? [] : Array.isArray(clauses) ? clauses : [clauses];

type GroupClause = { readonly field?: string; readonly fn?: RawFunction };

/** The most fields of a roll-up or a cube. */
const mostSummed = 3;

/** What is grouped by, and which sets of it: one, or those that a roll-up or a cube sums over. */
function bindGroups(input: AggregateInput): {
  readonly keys: readonly Expression[];
  readonly sets: readonly (readonly Expression[])[];
} {
  const clauses = clausesOf(input.query.groupBy) as readonly GroupClause[];
  const only = clauses.length === 1 ? clauses[0]?.fn : undefined;
  const summed = /^(ROLLUP|CUBE)$/.exec((only?.functionName ?? '').toUpperCase())?.[1];
  if (!only || summed === undefined) {
    const keys = clauses.map(clause => groupKey(input, clause));
    return { keys, sets: [keys] };
  }
  const keys = (only.parameters ?? []).map(each =>
    groupKey(input, typeof each === 'string' ? { field: each } : { fn: each }),
  );
  if (keys.length > mostSummed)
    throw input.fail('MALFORMED_QUERY', input.scope.text, summed, `${summed} takes at most ${mostSummed} fields`);
  const sets =
    summed === 'ROLLUP' ? keys.map((_, at) => keys.slice(0, keys.length - at)).concat([[]]) : subsetsOf(keys);
  return { keys, sets };
}

/** All of them first, none of them last. */
const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** items.length }, (_, without) => items.filter((_item, at) => !(without & (1 << at))));

function groupKey(input: AggregateInput, clause: GroupClause): Expression {
  const { context, text } = input.scope;
  const shown = (key: Expression): Expression => {
    const own: Expression = { ...key, value: group => (group.over?.has(own) ? null : key.value(group)) };
    return own;
  };
  if (clause.fn) return shown(dateExpression(input, clause.fn));
  const bound = input.path(clause.field as string);
  if (!bound.field.groupable)
    throw input.fail(
      'MALFORMED_QUERY',
      text,
      clause.field as string,
      `field '${bound.field.name}' can not be grouped in a query call`,
    );
  return shown({
    id: bound.name.toLowerCase(),
    field: bound.field,
    value: group => (group.rows[0] ? (valueAt(context, group.rows[0], bound) as Scalar) : null),
  });
}

/** 1 where the row sums over the field, else 0. */
function grouping(input: AggregateInput, fn: RawFunction, keys: readonly Expression[]): Expression {
  const bound = input.path(innermost(fn));
  const key = keys.find(one => one.id === bound.name.toLowerCase());
  if (!key)
    throw input.fail(
      'MALFORMED_QUERY',
      input.scope.text,
      innermost(fn),
      `Field must be grouped or aggregated: ${bound.name}`,
    );
  return {
    id: `grouping(${key.id})`,
    field: { ...bound.field, type: 'int' },
    value: group => (group.over?.has(key) ? 1 : 0),
  };
}

function dateExpression(input: AggregateInput, fn: RawFunction): Expression {
  const { context } = input.scope;
  const name = (fn.functionName ?? '').toUpperCase();
  const bound = input.path(innermost(fn));
  const compute = dateFunction(name, row => valueAt(context, row, bound));
  if (!compute) throw notModelled(`the function ${name}`);
  return {
    id: `${name}(${bound.name})`.toLowerCase(),
    field: { ...bound.field, type: name === 'DAY_ONLY' ? 'date' : 'int' },
    value: group => (group.rows[0] ? (compute(group.rows[0]) as Scalar) : null),
  };
}

function aggregate(input: AggregateInput, fn: RawFunction, keys: readonly Expression[]): Expression {
  const { context, text, object } = input.scope;
  const name = (fn.functionName ?? '').toUpperCase();
  if (name === 'GROUPING') return grouping(input, fn, keys);
  if (!/^(COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)$/.test(name)) return dateExpression(input, fn);
  const written = innermost(fn);
  if (written === '' && name === 'COUNT') {
    const id = object.field('Id') as FieldDefinition;
    return { id: 'count()', field: { ...id, type: 'int' }, value: group => group.rows.length };
  }
  const bound = input.path(written);
  const numeric = /^(int|double|currency|percent)$/.test(bound.field.type);
  if (!bound.field.aggregatable || ((name === 'SUM' || name === 'AVG') && !numeric))
    throw input.fail(
      'MALFORMED_QUERY',
      text,
      fn.rawValue ?? written,
      `field ${bound.field.name} does not support aggregate operator ${name}`,
    );
  const isCount = name.startsWith('COUNT');
  return {
    id: `${name}(${bound.name})`.toLowerCase(),
    field: isCount ? { ...bound.field, type: 'int' } : bound.field,
    value: group =>
      fold(
        name,
        group.rows.map(row => valueAt(context, row, bound) as Scalar).filter(value => value !== null),
      ),
  };
}

function fold(name: string, values: readonly Exclude<Scalar, null>[]): Scalar {
  if (name === 'COUNT') return values.length;
  if (name === 'COUNT_DISTINCT')
    return new Set(values.map(value => (typeof value === 'string' ? value.toLowerCase() : value))).size;
  if (values.length === 0) return null;
  if (name === 'SUM' || name === 'AVG') {
    const sum = values.reduce<number>((total, value) => total + Number(value), 0);
    return name === 'SUM' ? sum : sum / values.length;
  }
  return values.reduce((best, value) => ((name === 'MIN' ? value < best : value > best) ? value : best));
}

interface Column {
  readonly name: string;
  readonly expression: Expression;
}

function bindColumns(
  input: AggregateInput,
  fields: readonly FieldType[],
  keys: readonly Expression[],
): readonly Column[] {
  const { text } = input.scope;
  let unnamed = 0;
  const columns: Column[] = [];
  for (const field of fields) {
    let expression: Expression;
    let name: string | undefined;
    if (field.type === 'FieldFunctionExpression') {
      expression = aggregate(input, field as RawFunction, keys);
      name = field.alias ?? `expr${unnamed++}`;
    } else if (field.type === 'Field' || field.type === 'FieldRelationship') {
      const written = 'rawValue' in field && field.rawValue ? field.rawValue : field.field;
      const bound = input.path(written);
      const key = keys.find(candidate => candidate.id === bound.name.toLowerCase());
      if (!key)
        throw input.fail('MALFORMED_QUERY', text, written, `Field must be grouped or aggregated: ${bound.name}`);
      expression = key;
      name = ('alias' in field ? field.alias : undefined) ?? bound.field.name;
    } else
      throw input.fail(
        'MALFORMED_QUERY',
        text,
        'SELECT',
        'Only aggregate expressions and grouped fields can be selected',
      );
    if (columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
      throw input.fail('MALFORMED_QUERY', text, name, `duplicate alias: ${name}`);
    columns.push({ name, expression });
  }
  return columns;
}

function groupRows(
  rows: readonly Row[],
  keys: readonly Expression[],
  sets: readonly (readonly Expression[])[],
): readonly Group[] {
  if (keys.length === 0) return [{ rows }];
  return sets.flatMap(set => {
    const over = new Set(keys.filter(key => !set.includes(key)));
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const of = { rows: [row] };
      const values = set.map(key => key.value(of));
      const id = JSON.stringify(values.map(value => (typeof value === 'string' ? value.toLowerCase() : value)));
      const group = groups.get(id);
      if (group) group.push(row);
      else groups.set(id, [row]);
    }
    return Array.from(groups.values(), (each): Group => (over.size > 0 ? { rows: each, over } : { rows: each }));
  });
}

function having(input: AggregateInput, groups: readonly Group[], keys: readonly Expression[]): readonly Group[] {
  const clause = input.query.having;
  if (!clause) return groups;
  const { text, context } = input.scope;
  const conditions = {
    text,
    now: context.now,
    select: (): never => {
      throw new SalesforceError('MALFORMED_QUERY', 'semi joins are not allowed in HAVING');
    },
  };
  const tree = buildTree<Group>(text, clause as NonNullable<Query['where']>, condition => {
    const expression = condition.fn
      ? aggregate(input, condition.fn, keys)
      : keys.find(key => key.id === condition.field?.toLowerCase());
    if (!expression)
      throw input.fail(
        'MALFORMED_QUERY',
        text,
        condition.field ?? '',
        `Field must be grouped or aggregated: ${condition.field}`,
      );
    return compileCondition(
      conditions,
      { written: condition.field ?? condition.fn?.rawValue ?? '', field: expression.field, value: expression.value },
      condition,
    );
  });
  const test = compileTree(tree);
  return groups.filter(test);
}

function ordered(
  input: AggregateInput,
  groups: readonly Group[],
  keys: readonly Expression[],
  columns: readonly Column[],
): readonly Group[] {
  const clauses = clausesOf(input.query.orderBy);
  if (clauses.length === 0) return groups;
  const sorts = clauses.map(clause => {
    const written = 'field' in clause ? clause.field : '';
    const expression =
      'fn' in clause && clause.fn
        ? aggregate(input, clause.fn as RawFunction, keys)
        : (columns.find(column => column.name.toLowerCase() === written.toLowerCase())?.expression ??
          keys.find(key => key.id === input.path(written).name.toLowerCase()));
    if (!expression)
      throw input.fail(
        'MALFORMED_QUERY',
        input.scope.text,
        written,
        `Ordered field must be grouped or aggregated: ${written}`,
      );
    return { expression, sign: clause.order === 'DESC' ? -1 : 1, nulls: clause.nulls === 'LAST' ? 1 : -1 };
  });
  return [...groups].sort((a, b) => {
    for (const { expression, sign, nulls } of sorts) {
      const difference = compareNullable(lower(expression.value(a)), lower(expression.value(b)), sign, nulls);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

const lower = (value: Scalar): Scalar => (typeof value === 'string' ? value.toLowerCase() : value);
