import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import { conditions, fieldsUsed, records } from '../../test/kit/conditions.ts';
import { field } from '../../test/kit/plan.ts';
import { compileCondition } from './condition.ts';

/** The words of the plan's types, one after the other, with no thought for speed. */
function naive(condition: Condition, record: Readonly<Record<string, unknown>>): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.reduce((so, one) => naive(one, record) && so, true);
    case 'any':
      return condition.of.reduce((so, one) => naive(one, record) || so, false);
    case 'not':
      return !naive(condition.of, record);
    case 'is-empty':
      return (read(condition.field, record) === null) === !condition.negated;
    case 'one-of': {
      const found = condition.values.some(
        value => compare(condition.field, read(condition.field, record), value) === 0,
      );
      return condition.negated ? !found : found;
    }
    case 'compare': {
      const value = read(condition.field, record);
      const order = compare(condition.field, value, condition.value);
      const fold = (text: unknown) => String(text).toLowerCase();
      switch (condition.comparison) {
        case 'is':
          return order === 0;
        case 'is-not':
          return order !== 0;
        case 'is-at-least':
          return order >= 0;
        case 'is-at-most':
          return order <= 0;
        case 'is-before':
          return order < 0;
        case 'is-after':
          return order > 0;
        case 'contains':
          return value !== null && fold(value).indexOf(fold(condition.value)) >= 0;
        case 'starts-with':
          return value !== null && fold(value).indexOf(fold(condition.value)) === 0;
      }
    }
  }
}

function read(where: SalesforceField, record: unknown): unknown {
  let value = record as Record<string, unknown> | null | undefined;
  for (const step of where.path) value = value?.[step] as typeof value;
  return value === undefined || (value as unknown) === '' ? null : value;
}

/** `NaN` compares as nothing does. */
function compare(where: SalesforceField, value: unknown, other: Scalar): number {
  if (value === null) return Number.NaN;
  if (where.type === 'date' || where.type === 'datetime') {
    return Date.parse(String(value).replace('+0000', 'Z')) - Date.parse(String(other));
  }
  if (where.type === 'double') return typeof value === 'number' ? value - Number(other) : Number.NaN;
  if (where.type === 'boolean') return value === other ? 0 : Number.NaN;
  const [a, b] = [String(value).toLowerCase(), String(other).toLowerCase()];
  return a === b ? 0 : a < b ? -1 : 1;
}

describe('a condition', () => {
  it('holds exactly where its definition says so', () => {
    fc.assert(
      fc.property(conditions, records, (condition, record) => {
        expect(compileCondition(condition)(record)).toBe(naive(condition, record));
      }),
      { numRuns: 3000 },
    );
  });

  it('has an answer for anything that could stand in a record', () => {
    fc.assert(
      fc.property(
        conditions,
        fc.dictionary(fc.constantFrom('Name', 'Account', '__proto__', 'Amount'), fc.jsonValue()),
        (condition, record) => {
          expect(typeof compileCondition(condition)(record)).toBe('boolean');
        },
      ),
    );
  });

  it.each<[Scalar, unknown, boolean]>([
    ['Web', 'web', true],
    ['Straße', 'STRASSE', false],
    ['x', null, false],
    ['x', '', false],
    ['x', undefined, false],
  ])('compares text without case, and an empty field is nothing: is %j for %j', (wanted, actual, expected) => {
    const compared = { kind: 'compare', field: field('Name'), value: wanted } as const;
    expect(compileCondition({ ...compared, comparison: 'is' })({ Name: actual })).toBe(expected);
    expect(compileCondition({ ...compared, comparison: 'is-not' })({ Name: actual })).toBe(!expected);
  });

  it('takes a multi-picklist for the same in any order', () => {
    const wanted: Condition = {
      kind: 'compare',
      field: field('Tags', 'multipicklist'),
      comparison: 'is',
      value: 'b;A',
    };
    expect(compileCondition(wanted)({ Tags: 'a;B' })).toBe(true);
    expect(compileCondition(wanted)({ Tags: 'a' })).toBe(false);
  });

  it('reads over a parent that is not there', () => {
    const empty: Condition = { kind: 'is-empty', field: field('Account.Owner.Name'), negated: false };
    expect(compileCondition(empty)({ Account: null })).toBe(true);
    expect(fieldsUsed.length).toBeGreaterThan(4);
  });
});
