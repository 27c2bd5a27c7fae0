import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import { conditions, fieldsUsed, records } from '../../test/kit/conditions.ts';
import { field } from '../../test/kit/plan.ts';
import { compileCondition, compileWhere } from './condition.ts';

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
  if (where.type === 'double')
    return value === true || String(value).trim() === '' ? Number.NaN : Number(value) - Number(other);
  if (where.type === 'boolean') return String(value).toLowerCase() === String(other) ? 0 : Number.NaN;
  if (where.type === 'multipicklist') return inOrder(value) === inOrder(other) ? 0 : Number.NaN;
  const [a, b] = [String(value).toLowerCase(), String(other).toLowerCase()];
  return a === b ? 0 : a < b ? -1 : 1;
}

const inOrder = (parts: unknown): string =>
  String(parts)
    .toLowerCase()
    .split(';')
    .map(part => part.trim())
    .sort()
    .join(';');

const empty = [null, undefined, ''];
const equality = ['is', 'is-not'] as const;
const order = ['is-at-least', 'is-at-most', 'is-before', 'is-after'] as const;
const part = ['contains', 'starts-with'] as const;

describe('a condition', () => {
  it.each([
    ['string', ['Bee', 'be', '7'], ['bee', 'Bee', 'BEE', 'b', 'be', 'c', 'abee', 'beehive', 7, 77, 17, ...empty]],
    ['double', [3, -1], [2, 3, 4, '2', '3', '3.0', '4', ' 3 ', ' ', 'three', true, ...empty]],
    ['boolean', [true, false], [true, false, 'true', 'FALSE', 'yes', ...empty]],
    ['multipicklist', ['b;A', 'a'], ['a;B', 'b; a', 'a', 'A', 'a;b;c', 'ab', ...empty]],
    ['date', ['2026-01-02'], ['2026-01-01', '2026-01-02', '2026-01-03', 'some day', 20260102, ...empty]],
    [
      'datetime',
      ['2026-01-01T10:00:00.000Z'],
      ['2026-01-01T10:00:00.000+0000', '2026-01-01T09:59:59.999+0000', '2026-01-01T10:00:00.001Z', 'soon', ...empty],
    ],
  ] as const)('compares every %s as its definition says', (type, values, actuals) => {
    const named = field('Name', type);
    const operators = {
      string: [...equality, ...order, ...part],
      double: [...equality, ...order],
      boolean: equality,
      multipicklist: equality,
      date: [...equality, ...order],
      datetime: [...equality, ...order],
    }[type];
    const all: readonly Condition[] = [
      ...values.flatMap(value =>
        operators.map((comparison): Condition => ({ kind: 'compare', field: named, comparison, value })),
      ),
      ...[false, true].flatMap((negated): Condition[] => [
        { kind: 'is-empty', field: named, negated },
        { kind: 'one-of', field: named, values: ['-', ...values], negated },
        { kind: 'one-of', field: named, values, negated },
      ]),
    ];
    for (const condition of all)
      for (const Name of actuals) {
        const about = JSON.stringify([condition, Name]);
        expect([about, compileCondition(condition)({ Name })]).toEqual([about, naive(condition, { Name })]);
      }
  });

  it.each([0, 1, 2, 3, 4, 5])('asks for all and for any of %i', count => {
    const one = (value: boolean): Condition => ({ kind: 'is-empty', field: field('Name'), negated: !value });
    for (let bits = 0; bits < 2 ** count; bits++) {
      const parts = Array.from({ length: count }, (_, at) => (bits & (2 ** at)) !== 0);
      const of = parts.map(one);
      expect([bits, compileCondition({ kind: 'all', of })({})]).toEqual([bits, parts.every(Boolean)]);
      expect([bits, compileCondition({ kind: 'any', of })({})]).toEqual([bits, parts.some(Boolean)]);
    }
  });

  it('holds for every record where there is none', () => {
    expect(compileWhere(undefined)({})).toBe(true);
    expect(compileWhere({ kind: 'is-empty', field: field('Name'), negated: true })({})).toBe(false);
  });

  it.each([
    [[], true],
    [[0], false],
  ])('takes a list for empty when nothing is in it: %j', (Name, expected) => {
    expect(compileCondition({ kind: 'is-empty', field: field('Name'), negated: false })({ Name })).toBe(expected);
  });

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
  ])('compares text without case, and an empty field is nothing: is %j for %j', (wanted, actual, expected) => {
    const compared = { kind: 'compare', field: field('Name'), value: wanted } as const;
    expect(compileCondition({ ...compared, comparison: 'is' })({ Name: actual })).toBe(expected);
    expect(compileCondition({ ...compared, comparison: 'is-not' })({ Name: actual })).toBe(!expected);
  });

  it('reads over a parent that is not there', () => {
    const empty: Condition = { kind: 'is-empty', field: field('Account.Owner.Name'), negated: false };
    expect(compileCondition(empty)({ Account: null })).toBe(true);
    expect(fieldsUsed.length).toBeGreaterThan(4);
  });
});
