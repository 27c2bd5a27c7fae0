/**
 * Conditions as closures, without generating code. Total: whatever a record holds, the answer is true or
 * false. An empty field makes every comparison false, except the negated ones, which are true for it.
 */
import { foldsTo, foldText } from '../../compiler/conversion/index.ts';
import type { Condition, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import { type Fields, instantOf, readerOf } from './values.ts';

export type Predicate = (fields: Fields) => boolean;

export function compileCondition(condition: Condition): Predicate {
  switch (condition.kind) {
    case 'all': {
      const all = condition.of.map(compileCondition);
      return fields => {
        for (const holds of all) if (!holds(fields)) return false;
        return true;
      };
    }
    case 'any': {
      const any = condition.of.map(compileCondition);
      return fields => {
        for (const holds of any) if (holds(fields)) return true;
        return false;
      };
    }
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
      const read = readerOf(condition.field.path);
      const { negated } = condition;
      const equals = condition.values.map(value => equalTo(condition.field, value));
      const isOne = (value: unknown) => {
        for (const same of equals) if (same(value)) return true;
        return false;
      };
      return fields => {
        const value = read(fields);
        return (!isEmpty(value) && isOne(value)) !== negated;
      };
    }
    case 'compare':
      return comparison(condition);
  }
}

/** True without a condition. */
export const compileWhere = (where: Condition | undefined): Predicate =>
  where === undefined ? () => true : compileCondition(where);

function comparison(condition: Extract<Condition, { kind: 'compare' }>): Predicate {
  const { field, value } = condition;
  const read = readerOf(field.path);
  const onValue = (holds: (value: unknown) => boolean): Predicate => {
    return fields => {
      const actual = read(fields);
      return !isEmpty(actual) && holds(actual);
    };
  };
  switch (condition.comparison) {
    case 'is':
      return onValue(equalTo(field, value));
    case 'is-not': {
      const is = onValue(equalTo(field, value));
      return fields => !is(fields);
    }
    case 'is-at-least':
      return onValue(ordered(field, value, difference => difference >= 0));
    case 'is-at-most':
      return onValue(ordered(field, value, difference => difference <= 0));
    case 'is-before':
      return onValue(ordered(field, value, difference => difference < 0));
    case 'is-after':
      return onValue(ordered(field, value, difference => difference > 0));
    case 'contains': {
      const part = foldText(String(value));
      return onValue(actual => textOf(actual).includes(part));
    }
    case 'starts-with': {
      const start = foldText(String(value));
      return onValue(actual => textOf(actual).startsWith(start));
    }
  }
}

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
