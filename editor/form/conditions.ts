/** Conditions as rows: what a form can show side by side, and back. What nests deeper stays text for the code. */

import type { SalesforceType } from '../../compiler/plan/ir.ts';
import type { Comparison, Condition } from '../../dsl/ast.ts';
import { literal, literalText, nowhere, path, pathText } from './nodes.ts';

export type Operator = Comparison | 'is-one-of' | 'is-not-one-of' | 'is-empty' | 'is-not-empty';

export interface ConditionRow {
  readonly field: string;
  readonly operator: Operator;
  /** One, or several for `is one of`; none for `is empty`. */
  readonly values: readonly string[];
}
export interface Rows {
  readonly join: 'all' | 'any';
  readonly rows: readonly ConditionRow[];
}

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

/** `undefined` where brackets or `not` say more than rows can. */
export function rowsOf(condition: Condition | undefined): Rows | undefined {
  if (condition === undefined || condition.kind === 'missing') return { join: 'all', rows: [] };
  if (condition.kind === 'all' || condition.kind === 'any') {
    const rows = condition.of.map(rowOf);
    return rows.every(row => row !== undefined) ? { join: condition.kind, rows } : undefined;
  }
  const row = rowOf(condition);
  return row === undefined ? undefined : { join: 'all', rows: [row] };
}

function rowOf(condition: Condition): ConditionRow | undefined {
  switch (condition.kind) {
    case 'compare':
      return {
        field: pathText(condition.path),
        operator: condition.comparison,
        values: [literalText(condition.value)],
      };
    case 'one-of':
      return {
        field: pathText(condition.path),
        operator: condition.negated ? 'is-not-one-of' : 'is-one-of',
        values: condition.values.map(literalText),
      };
    case 'is-empty':
      return { field: pathText(condition.path), operator: condition.negated ? 'is-not-empty' : 'is-empty', values: [] };
    default:
      return undefined;
  }
}

/** `undefined` without rows. A row that is not filled in yet is left out. */
export function conditionOf(
  { join, rows }: Rows,
  typeOf: (field: string) => SalesforceType | undefined,
): Condition | undefined {
  const of = rows.filter(isWhole).map((row): Condition => {
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
  });
  if (of.length < 2) return of[0];
  return join === 'all' ? { kind: 'all', span: nowhere, of } : ({ kind: 'any', span: nowhere, of } as Condition);
}

export const isWhole = ({ field, operator, values }: ConditionRow): boolean =>
  field !== '' && (!needsValue(operator) || (values.length > 0 && values.every(value => value !== '')));
