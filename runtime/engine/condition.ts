/**
 * Conditions as closures, without generating code. Total: whatever a record holds, the answer is true or
 * false. An empty field makes every comparison false, except the negated ones, which are true for it.
 *
 * Each closure reads and compares at once: a call of a further one costs more than either. `condition.test.ts` holds all
 * of it to its definition, and `bench/deciding` to libraries that make code with `eval`.
 */
import { foldsTo, foldText } from '../../compiler/conversion/index.ts';
import type { Condition, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import { type Fields, instantOf, readerOf } from './values.ts';

export type Predicate = (fields: Fields) => boolean;

export function compileCondition(condition: Condition): Predicate {
  switch (condition.kind) {
    case 'all':
      return every(condition.of.map(compileCondition));
    case 'any':
      return some(condition.of.map(compileCondition));
    case 'not': {
      const inner = compileCondition(condition.of);
      return fields => !inner(fields);
    }
    case 'is-empty': {
      const read = readerOf(condition.field.path);
      const { negated } = condition;
      return fields => isEmpty(read(fields)) !== negated;
    }
    case 'one-of': {
      const { field, values, negated } = condition;
      const isOne = values.every(value => isPlainText(field, value))
        ? oneOfTexts(field.path, values.map(String))
        : onValue(field.path, anyOf(values.map(value => equalTo(field, value))));
      return negated ? fields => !isOne(fields) : isOne;
    }
    case 'compare':
      return comparison(condition);
  }
}

/** True without a condition. */
export const compileWhere = (where: Condition | undefined): Predicate =>
  where === undefined ? always : compileCondition(where);

const always: Predicate = () => true;
const never: Predicate = () => false;

/** In order. Pairs and threes, as nearly all are, need no loop. */
function every(all: readonly Predicate[]): Predicate {
  const [one, two, three, ...more] = all;
  if (one === undefined) return always;
  if (two === undefined) return one;
  if (three === undefined) return fields => one(fields) && two(fields);
  if (more.length === 0) return fields => one(fields) && two(fields) && three(fields);
  return fields => {
    for (const holds of all) if (!holds(fields)) return false;
    return true;
  };
}

function some(all: readonly Predicate[]): Predicate {
  const [one, two, three, ...more] = all;
  if (one === undefined) return never;
  if (two === undefined) return one;
  if (three === undefined) return fields => one(fields) || two(fields);
  if (more.length === 0) return fields => one(fields) || two(fields) || three(fields);
  return fields => {
    for (const holds of all) if (holds(fields)) return true;
    return false;
  };
}

function comparison(condition: Extract<Condition, { kind: 'compare' }>): Predicate {
  const { field, value } = condition;
  const { path } = field;
  switch (condition.comparison) {
    case 'is':
      return equality(field, value);
    case 'is-not': {
      const is = equality(field, value);
      return fields => !is(fields);
    }
    case 'is-at-least':
      return atLeast(field, value);
    case 'is-at-most':
      return atMost(field, value);
    case 'is-before':
      return onValue(
        path,
        ordered(field, value, difference => difference < 0),
      );
    case 'is-after':
      return onValue(
        path,
        ordered(field, value, difference => difference > 0),
      );
    case 'contains': {
      const part = foldText(String(value));
      return onText(path, actual => foldText(actual).includes(part));
    }
    case 'starts-with': {
      const start = foldText(String(value));
      return onText(path, actual => foldText(actual).startsWith(start));
    }
  }
}

// ── reading and comparing in one ────────────────────────────────────────────────────────────────

const onValue = (path: readonly string[], holds: (value: unknown) => boolean): Predicate => {
  const read = readerOf(path);
  return fields => {
    const actual = read(fields);
    return !isEmpty(actual) && holds(actual);
  };
};

/** Of what is not empty, as a text. */
const onText = (path: readonly string[], holds: (text: string) => boolean): Predicate => {
  const read = readerOf(path);
  return fields => {
    const actual = read(fields);
    if (typeof actual === 'string') return actual !== '' && holds(actual);
    return !isEmpty(actual) && holds(String(actual));
  };
};

/** Texts that are the same to the letter are so to SOQL, which tells most of those that are equal at once. */
function equality(field: SalesforceField, wanted: Scalar): Predicate {
  const equal = equalTo(field, wanted);
  if (!isPlainText(field, wanted) || wanted === '') return onValue(field.path, equal);
  const read = readerOf(field.path);
  const folded = foldText(wanted);
  return fields => {
    const actual = read(fields);
    if (actual === wanted) return true;
    return typeof actual === 'string' ? foldsTo(actual, folded) : !isEmpty(actual) && equal(actual);
  };
}

function atLeast(field: SalesforceField, wanted: Scalar): Predicate {
  const slow = ordered(field, wanted, difference => difference >= 0);
  if (!isNumber(field, wanted)) return onValue(field.path, slow);
  const read = readerOf(field.path);
  return fields => {
    const actual = read(fields);
    return typeof actual === 'number' ? actual >= wanted : !isEmpty(actual) && slow(actual);
  };
}

function atMost(field: SalesforceField, wanted: Scalar): Predicate {
  const slow = ordered(field, wanted, difference => difference <= 0);
  if (!isNumber(field, wanted)) return onValue(field.path, slow);
  const read = readerOf(field.path);
  return fields => {
    const actual = read(fields);
    return typeof actual === 'number' ? actual <= wanted : !isEmpty(actual) && slow(actual);
  };
}

function oneOfTexts(path: readonly string[], wanted: readonly string[]): Predicate {
  const folded = wanted.map(foldText);
  return onText(path, actual => {
    for (let at = 0; at < folded.length; at++) if (actual === wanted[at] || foldsTo(actual, folded[at]!)) return true;
    return false;
  });
}

const anyOf =
  (all: readonly ((value: unknown) => boolean)[]) =>
  (value: unknown): boolean => {
    for (const holds of all) if (holds(value)) return true;
    return false;
  };

const isPlainText = (field: SalesforceField, value: Scalar): value is string =>
  typeof value === 'string' && !isTime(field) && field.type !== 'multipicklist';

const isNumber = (field: SalesforceField, value: Scalar): value is number =>
  typeof value === 'number' && !isTime(field);

// ── values ──────────────────────────────────────────────────────────────────────────────────────

/** SOQL has no empty texts: they are null. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const textOf = (value: unknown): string => foldText(typeof value === 'string' ? value : String(value));

const isTime = (field: SalesforceField) => field.type === 'datetime' || field.type === 'date';

function equalTo(field: SalesforceField, wanted: Scalar): (actual: unknown) => boolean {
  if (isTime(field)) {
    const instant = instantOf(wanted);
    return actual => instant !== undefined && instantOf(actual) === instant;
  }
  if (field.type === 'multipicklist') {
    const parts = partsOf(wanted);
    return actual => partsOf(actual) === parts;
  }
  if (typeof wanted === 'number') return actual => numberOf(actual) === wanted;
  if (typeof wanted === 'boolean') return actual => actual === wanted || textOf(actual) === String(wanted);
  const folded = foldText(wanted);
  return actual => actual === wanted || foldsTo(typeof actual === 'string' ? actual : String(actual), folded);
}

/** The parts of a multi-picklist, in an order of their own. */
const partsOf = (value: unknown): string =>
  textOf(value)
    .split(';')
    .map(part => part.trim())
    .sort()
    .join(';');

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function ordered(
  field: SalesforceField,
  wanted: Scalar,
  holds: (difference: number) => boolean,
): (actual: unknown) => boolean {
  const against = <T>(read: (value: unknown) => T | undefined, compare: (a: T, b: T) => number) => {
    const limit = read(wanted);
    if (limit === undefined) return () => false;
    return (actual: unknown) => {
      const value = read(actual);
      return value !== undefined && holds(compare(value, limit));
    };
  };
  const byNumber = (a: number, b: number) => a - b;
  if (isTime(field)) return against(instantOf, byNumber);
  if (typeof wanted === 'number') return against(numberOf, byNumber);
  return against(textOf, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
