/**
 * One condition of WHERE or HAVING, compiled to a test of a row. What an index can answer also says so, for the
 * planner.
 */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../catalogue/index.ts';
import type { SalesforceError } from '../errors.ts';
import type { Scalar } from '../state.ts';
import { parseDatetime, stampOf } from '../time.ts';
import { isIdType, type Literal, likePattern, literalOf, unquote } from './literals.ts';
import { soqlError } from './parse.ts';
import type { Path } from './paths.ts';
import type { Hint, Predicate, RawCondition, Tree } from './where.ts';

export interface ConditionContext<T> {
  readonly text: string;
  readonly now: number;
  /** Runs a semi-join's query and answers the values that it selects. */
  select(query: Query, left: Operand<T>): ReadonlySet<Scalar>;
}

export interface Operand<T> {
  /** As written. */
  readonly written: string;
  readonly field: FieldDefinition;
  readonly path?: Path;
  readonly value: (item: T) => unknown;
}

const textTypes = new Set(['string', 'textarea', 'picklist', 'combobox', 'email', 'phone', 'url', 'encryptedstring']);

export function compileCondition<T>(
  context: ConditionContext<T>,
  operand: Operand<T>,
  condition: RawCondition,
): Tree<T> {
  const { field, path, value } = operand;
  const operator = condition.operator.toUpperCase();
  const fold = foldOf(field);
  const leaf = (test: Predicate<T>, hint?: Hint): Tree<T> => ({ kind: 'test', test, hint, path, operator });
  const equalHint = (values: readonly Scalar[]): Hint | undefined =>
    path && path.steps.length === 0 ? { kind: 'equal', field, values } : undefined;

  if (condition.valueQuery) {
    if (!isIdType(field))
      throw soqlError(
        'INVALID_QUERY_FILTER_OPERATOR',
        context.text,
        operand.written,
        `semi join field must be an id or reference: ${operand.written}`,
      );
    const wanted = context.select(condition.valueQuery, operand);
    if (operator === 'NOT IN') return leaf(item => !wanted.has((value(item) ?? null) as Scalar));
    return leaf(item => wanted.has((value(item) ?? null) as Scalar), equalHint([...wanted]));
  }

  const raw = Array.isArray(condition.value) ? (condition.value as readonly string[]) : [condition.value as string];
  const types = raw.map(
    (_, at) => (Array.isArray(condition.literalType) ? condition.literalType[at] : condition.literalType) as string,
  );

  switch (operator) {
    case 'LIKE': {
      if (!textTypes.has(field.type)) throw invalidOperator(context, operand);
      if (types[0] === 'NULL') return leaf(() => false);
      const patterns = raw.map(text => likePattern(text));
      return leaf(item => {
        const actual = value(item);
        return typeof actual === 'string' && patterns.some(pattern => pattern.test(actual));
      });
    }
    case 'INCLUDES':
    case 'EXCLUDES': {
      if (field.type !== 'multipicklist') throw invalidOperator(context, operand);
      const wanted = raw.map(text =>
        unquote(context, text)
          .split(';')
          .map(part => part.trim().toLowerCase()),
      );
      const includes: Predicate<T> = item => {
        const chosen = new Set(
          String(value(item) ?? '')
            .toLowerCase()
            .split(';'),
        );
        return wanted.some(all => all.every(one => chosen.has(one)));
      };
      return leaf(operator === 'INCLUDES' ? includes : item => !includes(item));
    }
    case 'IN':
    case 'NOT IN': {
      const literals = raw.map((text, at) => literalOf(context, operand, text, types[at] ?? 'STRING'));
      const ranges = literals.filter(literal => typeof literal === 'object' && literal !== null);
      const wanted = new Set(literals.filter(literal => typeof literal !== 'object' || literal === null).map(fold));
      const within: Predicate<T> = item => {
        const actual = fold((value(item) ?? null) as Scalar);
        return wanted.has(actual) || ranges.some(range => compareTo(actual, '=', range));
      };
      return operator === 'IN'
        ? leaf(within, ranges.length === 0 ? equalHint(literals as Scalar[]) : undefined)
        : leaf(item => !within(item));
    }
    default: {
      const literal = literalOf(context, operand, raw[0] as string, types[0] ?? 'STRING');
      if (field.type === 'boolean' && operator !== '=' && operator !== '!=') throw invalidOperator(context, operand);
      const expected = typeof literal === 'object' ? literal : fold(literal);
      const test: Predicate<T> = item => compareTo(fold((value(item) ?? null) as Scalar), operator, expected);
      return leaf(test, hintOf(operator, operand, literal, equalHint));
    }
  }
}

function hintOf<T>(
  operator: string,
  { field, path }: Operand<T>,
  literal: Literal,
  equalHint: (values: readonly Scalar[]) => Hint | undefined,
): Hint | undefined {
  if (typeof literal === 'object' && literal !== null)
    return stamped(path, field) && (operator === '>=' || operator === '=')
      ? { kind: 'since', from: literal.from, path }
      : undefined;
  if (operator === '=') return equalHint([literal]);
  // No field of a row is stamped later than its SystemModstamp.
  if (stamped(path, field) && (operator === '>' || operator === '>=') && typeof literal === 'string')
    return { kind: 'since', from: stampOf(parseDatetime(literal) ?? 0), path };
  return undefined;
}

const stamped = (path: Path | undefined, field: FieldDefinition): path is Path =>
  path?.object !== undefined &&
  (field.name === 'SystemModstamp' || field.name === 'LastModifiedDate' || field.name === 'CreatedDate');

/** Values that Salesforce calls equal become the same. */
function foldOf(field: FieldDefinition): (value: Literal) => Scalar {
  return value => {
    if (value === '' || typeof value === 'object') return null;
    if (typeof value !== 'string' || field.caseSensitive || isIdType(field)) return value;
    return field.type === 'datetime' || field.type === 'date' || field.type === 'time' ? value : value.toLowerCase();
  };
}

function compareTo(actual: Scalar, operator: string, expected: Literal): boolean {
  if (typeof expected === 'object' && expected !== null) {
    const text = typeof actual === 'string' ? actual : undefined;
    const within = text !== undefined && text >= expected.from && text < expected.to;
    if (operator === '=') return within;
    if (operator === '!=') return !within;
    if (text === undefined) return false;
    if (operator === '>') return text >= expected.to;
    if (operator === '>=') return text >= expected.from;
    if (operator === '<') return text < expected.from;
    return text < expected.to;
  }
  if (operator === '=') return actual === expected;
  if (operator === '!=') return actual !== expected;
  if (actual === null || expected === null) return false;
  if (operator === '<') return actual < expected;
  if (operator === '<=') return actual <= expected;
  if (operator === '>') return actual > expected;
  return actual >= expected;
}

const invalidOperator = <T>(context: ConditionContext<T>, operand: Operand<T>): SalesforceError =>
  soqlError('INVALID_QUERY_FILTER_OPERATOR', context.text, operand.written, 'invalid operator');
