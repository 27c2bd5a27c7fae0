/**
 * A condition of the tree as the plan carries it: fields in the org's spelling, values of their field's type.
 * Nothing where a name leads nowhere or a value does not fit: the checks say so, and no plan is made of it.
 */
import type * as ast from '../../dsl/ast.ts';
import { type BoundPath, fieldOf } from '../bind/bound.ts';
import { scalarOf } from '../bind/literal.ts';
import { picklistSpelling } from '../bind/spelling.ts';
import type { Condition, Scalar } from './ir.ts';

/** Where a path of the condition leads. */
export type PathOf = (node: ast.Path) => BoundPath | undefined;

export function lowerCondition(node: ast.Condition, pathOf: PathOf): Condition | undefined {
  if (node.kind === 'missing') return undefined;
  if (node.kind === 'all' || node.kind === 'any') {
    const of: Condition[] = [];
    for (const part of node.of) {
      const lowered = lowerCondition(part, pathOf);
      if (lowered === undefined) return undefined;
      of.push(lowered);
    }
    return { kind: node.kind, of };
  }
  if (node.kind === 'not') {
    const of = lowerCondition(node.of, pathOf);
    return of && { kind: 'not', of };
  }
  const found = node.path.kind === 'path' ? fieldOf(pathOf(node.path)) : undefined;
  if (found === undefined) return undefined;
  const { field, metadata } = found;
  if (node.kind === 'is-empty') return { kind: 'is-empty', field, negated: node.negated };
  const scalar = (literal: ast.Literal | ast.Missing): Scalar | undefined =>
    literal.kind === 'missing' ? undefined : picklistSpelling(metadata, scalarOf(literal, field.type));
  if (node.kind === 'compare') {
    const value = scalar(node.value);
    return value === undefined ? undefined : { kind: 'compare', field, comparison: node.comparison, value };
  }
  const values: Scalar[] = [];
  for (const literal of node.values) {
    const value = scalar(literal);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { kind: 'one-of', field, negated: node.negated, values };
}
