/**
 * A condition as a form shows it: rows in groups, groups in groups. Every condition of the language has such a
 * shape and comes back out of it unchanged; a row that nobody touched keeps its very node.
 */

import type { SalesforceType } from '../../compiler/plan/ir.ts';
import type { Comparison, Condition } from '../../dsl/ast.ts';
import { literal, literalText, nowhere, path, pathText } from './nodes.ts';

export type Operator = Comparison | 'is-one-of' | 'is-not-one-of' | 'is-empty' | 'is-not-empty';

export interface ConditionRow {
  readonly kind: 'row';
  readonly field: string;
  readonly operator: Operator;
  /** One, or several for `is one of`; none for `is empty`. */
  readonly values: readonly string[];
  /** What it was read from, as long as nothing of it was changed. */
  readonly node?: Condition;
}
/** `none` and `not-all` are `not` before brackets. */
export type Join = 'all' | 'any' | 'none' | 'not-all';
export interface ConditionGroup {
  readonly kind: 'group';
  readonly join: Join;
  readonly of: readonly ConditionPart[];
}
export type ConditionPart = ConditionRow | ConditionGroup;

export const joins: readonly (readonly [Join, string])[] = [
  ['all', 'All of these hold'],
  ['any', 'Any of these holds'],
  ['none', 'None of these holds'],
  ['not-all', 'Not all of these hold'],
];

/** The guide's four come first. */
export const operators: readonly (readonly [Operator, string])[] = [
  ['is', 'equals'],
  ['is-not', 'does not equal'],
  ['is-empty', 'is empty'],
  ['is-not-empty', 'is not empty'],
  ['is-one-of', 'is one of'],
  ['is-not-one-of', 'is not one of'],
  ['contains', 'contains'],
  ['starts-with', 'starts with'],
  ['is-at-least', 'is at least'],
  ['is-at-most', 'is at most'],
  ['is-before', 'is before'],
  ['is-after', 'is after'],
];
export const needsValue = (operator: Operator): boolean => operator !== 'is-empty' && operator !== 'is-not-empty';
export const takesSeveral = (operator: Operator): boolean => operator === 'is-one-of' || operator === 'is-not-one-of';

export const emptyRow: ConditionRow = { kind: 'row', field: '', operator: 'is', values: [] };
const group = (join: Join, of: readonly ConditionPart[]): ConditionGroup => ({ kind: 'group', join, of });

export function groupOf(condition: Condition | undefined): ConditionGroup {
  if (condition === undefined || condition.kind === 'missing') return group('all', []);
  const part = partOf(condition);
  return part.kind === 'group' ? part : group('all', [part]);
}

function partOf(condition: Condition): ConditionPart {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return group(condition.kind, condition.of.map(partOf));
    case 'not': {
      const inner = partOf(condition.of);
      if (inner.kind === 'row' || inner.join === 'none' || inner.join === 'not-all') return group('none', [inner]);
      return group(inner.join === 'any' ? 'none' : 'not-all', inner.of);
    }
    case 'compare':
      return {
        kind: 'row',
        field: pathText(condition.path),
        operator: condition.comparison,
        values: [literalText(condition.value)],
        node: condition,
      };
    case 'one-of':
      return {
        kind: 'row',
        field: pathText(condition.path),
        operator: condition.negated ? 'is-not-one-of' : 'is-one-of',
        values: condition.values.map(literalText),
        node: condition,
      };
    case 'is-empty':
      return {
        kind: 'row',
        field: pathText(condition.path),
        operator: condition.negated ? 'is-not-empty' : 'is-empty',
        values: [],
        node: condition,
      };
    case 'missing':
      return emptyRow;
  }
}

type TypeOf = (field: string) => SalesforceType | undefined;

/** `undefined` without rows. What is not filled in yet is left out, and a group of one is that one. */
export function conditionOf({ join, of }: ConditionGroup, typeOf: TypeOf): Condition | undefined {
  const parts = of.flatMap((part): readonly Condition[] => {
    const condition = part.kind === 'row' ? comparisonOf(part, typeOf) : conditionOf(part, typeOf);
    return condition === undefined ? [] : [condition];
  });
  const [first, second] = parts;
  if (first === undefined) return undefined;
  const joined: Condition =
    second === undefined
      ? first
      : { kind: join === 'any' || join === 'none' ? 'any' : 'all', span: nowhere, of: parts };
  return join === 'all' || join === 'any' ? joined : { kind: 'not', span: nowhere, of: joined };
}

function comparisonOf(row: ConditionRow, typeOf: TypeOf): Condition | undefined {
  if (row.node !== undefined) return row.node;
  if (!isWhole(row)) return undefined;
  const { field, operator, values } = row;
  const type = typeOf(field) ?? 'string';
  if (operator === 'is-empty' || operator === 'is-not-empty')
    return { kind: 'is-empty', span: nowhere, path: path(field), negated: operator === 'is-not-empty' };
  if (operator === 'is-one-of' || operator === 'is-not-one-of')
    return {
      kind: 'one-of',
      span: nowhere,
      path: path(field),
      negated: operator === 'is-not-one-of',
      values: values.map(value => literal(value, type)),
    };
  return {
    kind: 'compare',
    span: nowhere,
    path: path(field),
    comparison: operator,
    value: literal(values[0]!, type),
  };
}

export const isWhole = ({ field, operator, values }: ConditionRow): boolean =>
  field !== '' && (!needsValue(operator) || (values.length > 0 && values.every(value => value !== '')));

/** With another field, operator or values; what the old operator asked for and the new one does not take is dropped. */
export function changedRow(
  row: ConditionRow,
  change: Partial<Pick<ConditionRow, 'field' | 'operator' | 'values'>>,
): ConditionRow {
  const { field, operator, values } = { ...row, ...change };
  const kept = change.field === undefined || change.field === row.field ? values : [];
  return {
    kind: 'row',
    field,
    operator,
    values: needsValue(operator) ? kept.slice(0, takesSeveral(operator) ? undefined : 1) : [],
  };
}
