/**
 * Conditions in the form that proofs work on: comparisons with one field each, joined by "all" and "any", with
 * `not` moved down to the comparisons. A comparison answers for a value as the engine does: texts without case,
 * an empty field makes it false, and its denial is true for an empty field.
 */
import { foldText } from '../conversion/index.ts';
import type { Condition, SalesforceField, Scalar } from '../plan/ir.ts';
import type { Domain, Value } from './domain.ts';

export interface Atom {
  readonly kind: 'atom';
  readonly field: SalesforceField;
  /** The field's path as one text. */
  readonly key: string;
  readonly domain: Domain;
  readonly negated: boolean;
  readonly operation: Operation;
  holds(value: Value): boolean;
}

export type Operation =
  | { readonly kind: 'equals'; readonly values: readonly Scalar[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'order'; readonly limit: number }
  | { readonly kind: 'contains' | 'starts-with'; readonly text: string };

export type Formula =
  | Atom
  | { readonly kind: 'all'; readonly of: readonly Formula[] }
  | { readonly kind: 'any'; readonly of: readonly Formula[] };

export const all = (...of: readonly Formula[]): Formula => ({ kind: 'all', of });

export type DomainOf = (field: SalesforceField) => Domain;

/** Nothing where a comparison makes no sense for its field: another check says so, and nothing is proved. */
export function formulaOf(condition: Condition, domainOf: DomainOf, negated = false): Formula | undefined {
  switch (condition.kind) {
    case 'not':
      return formulaOf(condition.of, domainOf, !negated);
    case 'all':
    case 'any': {
      const of: Formula[] = [];
      for (const part of condition.of) {
        const formula = formulaOf(part, domainOf, negated);
        if (formula === undefined) return undefined;
        of.push(formula);
      }
      return { kind: (condition.kind === 'all') === negated ? 'any' : 'all', of };
    }
    default:
      return atomOf(condition, domainOf, negated);
  }
}

export function denied(formula: Formula): Formula {
  if (formula.kind !== 'atom') return { kind: formula.kind === 'all' ? 'any' : 'all', of: formula.of.map(denied) };
  const { holds } = formula;
  return { ...formula, negated: !formula.negated, holds: value => !holds(value) };
}

/** Whether a record meets it. */
export function evaluate(formula: Formula, given: (key: string) => Value): boolean {
  switch (formula.kind) {
    case 'atom':
      return formula.holds(given(formula.key));
    case 'all':
      return formula.of.every(part => evaluate(part, given));
    case 'any':
      return formula.of.some(part => evaluate(part, given));
  }
}

type Comparison = Extract<Condition, { kind: 'compare' | 'one-of' | 'is-empty' }>;

function atomOf(condition: Comparison, domainOf: DomainOf, denial: boolean): Atom | undefined {
  const { field } = condition;
  const domain = domainOf(field);
  const operation = operationOf(condition, domain);
  if (operation === undefined) return undefined;
  const isDenied = condition.kind === 'compare' ? condition.comparison === 'is-not' : condition.negated;
  const negated = isDenied !== denial;
  const positive = testOf(condition, operation, domain);
  const { path } = field;
  return {
    kind: 'atom',
    field,
    key: path.length === 1 ? path[0]! : path.join('.'),
    domain,
    negated,
    operation,
    holds: negated ? value => !positive(value) : positive,
  };
}

function operationOf(condition: Comparison, domain: Domain): Operation | undefined {
  if (condition.kind === 'is-empty') return { kind: 'empty' };
  if (domain.kind === 'anything') return undefined;
  const values = condition.kind === 'one-of' ? condition.values : [condition.value];
  const equality = condition.kind === 'one-of' || /^is(-not)?$/.test(condition.comparison);
  if (equality) return values.every(value => domain.holds(value)) ? { kind: 'equals', values } : undefined;
  if (condition.comparison === 'contains' || condition.comparison === 'starts-with') {
    const isText = domain.kind === 'text' || domain.kind === 'listed';
    return isText ? { kind: condition.comparison, text: foldText(String(condition.value)) } : undefined;
  }
  const limit = domain.kind === 'ordered' ? domain.read(condition.value) : undefined;
  return limit === undefined ? undefined : { kind: 'order', limit };
}

function testOf(condition: Comparison, operation: Operation, domain: Domain): (value: Value) => boolean {
  switch (operation.kind) {
    case 'empty':
      return value => value === null;
    case 'equals': {
      const wanted = new Set(operation.values.map(value => domain.keyOf(value)));
      return value => value !== null && wanted.has(domain.keyOf(value));
    }
    case 'contains':
      return value => value !== null && foldText(String(value)).includes(operation.text);
    case 'starts-with':
      return value => value !== null && foldText(String(value)).startsWith(operation.text);
    case 'order': {
      const { limit } = operation;
      const read = domain.kind === 'ordered' ? domain.read : () => undefined;
      const test = orders[(condition as { comparison: keyof typeof orders }).comparison];
      return value => {
        const number = value === null ? undefined : read(value);
        return number !== undefined && test(number, limit);
      };
    }
  }
}

const orders = {
  'is-at-least': (a: number, b: number) => a >= b,
  'is-at-most': (a: number, b: number) => a <= b,
  'is-before': (a: number, b: number) => a < b,
  'is-after': (a: number, b: number) => a > b,
} as const;
