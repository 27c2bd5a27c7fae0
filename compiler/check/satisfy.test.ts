import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../runtime/engine/condition.ts';
import { conditions as anyConditions } from '../../test/kit/conditions.ts';
import { field } from '../../test/kit/plan.ts';
import type { FieldMetadata } from '../metadata/model.ts';
import type { Condition, SalesforceField, Scalar } from '../plan/ir.ts';
import { domainOf, type Value } from './domain.ts';
import { type Formula, formulaOf } from './formula.ts';
import { budgetOf, satisfy, type Witness } from './satisfy.ts';

const origin = field('Origin', 'picklist');
const vip = field('Vip', 'boolean', { nillable: false });
const count = field('Count', 'int');
const rate = field('Account.Rate', 'double');
const day = field('Account.Day', 'date');
const name = field('Name', 'string', { length: 3 });
const parts = field('Parts', 'multipicklist', { nillable: false });

const listed = (...values: readonly string[]): FieldMetadata =>
  ({ values: values.map(value => ({ value, label: value, active: true })) }) as unknown as FieldMetadata;
const described = new Map<SalesforceField, FieldMetadata>([
  [origin, listed('Web', 'Phone')],
  [parts, listed('a', 'b')],
]);
const formula = (condition: Condition): Formula => formulaOf(condition, of => domainOf(of, described.get(of)))!;

const texts = ['a', 'b', 'A', 'ab', 'ba', 'aab'];
const scalars = new Map<SalesforceField, readonly Scalar[]>([
  [origin, ['Web', 'web', 'Phone']],
  [vip, [true, false]],
  [count, [0, 1, 2, 1.5]],
  [rate, [0, 1, 2.5]],
  [day, ['2026-01-01', '2026-01-02', '2026-01-04']],
  [name, texts],
  [parts, ['a', 'b', 'b;a']],
]);
const words = ['', ...'abx'].flatMap(a => ['', ...'abx'].flatMap(b => ['', ...'abx'].map(c => a + b + c)));
/** Every value that a comparison with the scalars above could tell from another one. */
const whole = new Map<SalesforceField, readonly Value[]>([
  [origin, ['Web', 'Phone', null]],
  [vip, [true, false]],
  [count, [-1, 0, 1, 2, 3, null]],
  [rate, [-1, 0, 0.5, 1, 2, 2.5, 9, null]],
  [day, ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', null]],
  [name, [...new Set(words.filter(word => word !== '')), null]],
  [parts, ['a', 'b', 'a;b']],
]);

const ordered = ['is-at-least', 'is-at-most', 'is-before', 'is-after'] as const;
const comparison: fc.Arbitrary<Condition> = fc.constantFrom(...scalars.keys()).chain(of => {
  const value = fc.constantFrom(...scalars.get(of)!);
  const more = ['int', 'double', 'date'].includes(of.type)
    ? ordered
    : of === name || of === origin
      ? (['contains', 'starts-with'] as const)
      : [];
  return fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      field: fc.constant(of),
      comparison: fc.constantFrom('is', 'is-not', ...more),
      value,
    }),
    fc.record({ kind: fc.constant('is-empty' as const), field: fc.constant(of), negated: fc.boolean() }),
    fc.record({
      kind: fc.constant('one-of' as const),
      field: fc.constant(of),
      negated: fc.boolean(),
      values: fc.array(value, { minLength: 1, maxLength: 2 }),
    }),
  ) as fc.Arbitrary<Condition>;
});
const { conditions } = fc.letrec<{ conditions: Condition }>(tie => ({
  conditions: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    fc.record({ kind: fc.constant('not' as const), of: tie('conditions') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('conditions'), { minLength: 2, maxLength: 5 }),
    }),
  ),
}));

type Json = Record<string, unknown>;
/** As a query answers: parents inside. */
function recordOf(given: Witness): Json {
  const record: Json = {};
  for (const { field: of, value } of given) {
    let at = record;
    for (const step of of.path.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Json;
    }
    at[of.path.at(-1)!] = value;
  }
  return record;
}

const fieldsIn = (condition: Condition): readonly SalesforceField[] =>
  condition.kind === 'all' || condition.kind === 'any'
    ? condition.of.flatMap(fieldsIn)
    : condition.kind === 'not'
      ? fieldsIn(condition.of)
      : [condition.field];

function bruteForce(condition: Condition): boolean {
  const meets = compileCondition(condition);
  const fields = [...new Set(fieldsIn(condition))];
  const tryFrom = (index: number, given: Witness): boolean => {
    const of = fields[index];
    if (of === undefined) return meets(recordOf(given));
    return whole.get(of)!.some(value => tryFrom(index + 1, [...given, { field: of, value }]));
  };
  return tryFrom(0, []);
}

describe('finding a record that meets a condition', () => {
  it('finds one exactly where trying every record does, and the engine agrees that it meets the condition', () => {
    let undecided = 0;
    fc.assert(
      fc.property(
        conditions.filter(condition => new Set(fieldsIn(condition)).size <= 4),
        condition => {
          const verdict = satisfy(formula(condition));
          if (verdict.kind === 'unknown') undecided++;
          if (verdict.kind === 'met') expect(compileCondition(condition)(recordOf(verdict.record))).toBe(true);
          if (verdict.kind === 'never') expect(bruteForce(condition)).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
    expect(undecided).toBeLessThan(30);
  });

  it('never hands out a record that the engine would refuse, whatever the fields', () => {
    fc.assert(
      fc.property(anyConditions, condition => {
        const asked = formulaOf(condition, of => domainOf(of, undefined));
        const verdict = asked && satisfy(asked);
        if (verdict?.kind !== 'met') return;
        expect(compileCondition(condition)(recordOf(verdict.record))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  const compare = (of: SalesforceField, comparison: 'contains' | 'starts-with' | 'is-not' | 'is', value: Scalar) =>
    ({ kind: 'compare', field: of, comparison, value }) as const satisfies Condition;
  const empty = (of: SalesforceField) => ({ kind: 'is-empty', field: of, negated: false }) as const satisfies Condition;
  const verdictOf = (...of: readonly Condition[]) => satisfy(formula({ kind: 'all', of })).kind;
  const long = field('Long', 'string', { length: 255 });

  it.each<[string, string, readonly Condition[]]>([
    ['a beginning and another one', 'never', [compare(long, 'starts-with', 'ab'), compare(long, 'starts-with', 'b')]],
    ['a beginning inside the other', 'met', [compare(long, 'starts-with', 'ab'), compare(long, 'starts-with', 'A')]],
    [
      'a part that a denied part is in',
      'never',
      [compare(long, 'contains', 'printer'), { kind: 'not', of: compare(long, 'contains', 'print') }],
    ],
    [
      'parts that only fit when they share letters',
      'met',
      [compare(name, 'contains', 'ab'), compare(name, 'contains', 'ba')],
    ],
    ['a text longer than the field', 'never', [compare(name, 'contains', 'abab')]],
    [
      'a whole number between two neighbours',
      'never',
      [
        { kind: 'compare', field: count, comparison: 'is-after', value: 1 },
        { kind: 'compare', field: count, comparison: 'is-before', value: 2 },
      ],
    ],
    [
      'a number between two neighbours',
      'met',
      [
        { kind: 'compare', field: rate, comparison: 'is-after', value: 1 },
        { kind: 'compare', field: rate, comparison: 'is-before', value: 2 },
      ],
    ],
  ])('%s: %s', (_, expected, of) => expect(verdictOf(...of)).toBe(expected));

  it('knows that a record without a parent has none of its values', () => {
    const required = field('Account.Name');
    const rating = field('Account.Rating');
    const key = field('AccountId', 'reference');
    const facts = new Map<SalesforceField, FieldMetadata>([
      [required, { nillable: false } as FieldMetadata],
      [key, { relationship: 'Account', nillable: true } as FieldMetadata],
    ]);
    const ask = (...of: readonly Condition[]) =>
      satisfy(formulaOf({ kind: 'all', of }, one => domainOf(one, facts.get(one)))!).kind;
    expect(ask(empty(required), compare(rating, 'is', 'Hot'))).toBe('unknown');
    expect(ask(empty(key), compare(rating, 'is', 'Hot'))).toBe('unknown');
    expect(ask(empty(key), empty(rating))).toBe('met');
    expect(ask(empty(rating), compare(required, 'is', 'Edge'))).toBe('met');
  });

  it('claims nothing when the budget is spent, and stays within it', () => {
    const many = Array.from(
      { length: 40 },
      (_, n): Condition => ({
        kind: 'any',
        of: [compare(field(`A${n}`), 'contains', 'a'), compare(field(`B${n}`), 'contains', 'b')],
      }),
    );
    const none = [
      compare(long, 'is', 'a'),
      { kind: 'any', of: [compare(long, 'is', 'b'), compare(long, 'is', 'c')] } as const,
    ];
    const budget = budgetOf(10);
    expect(satisfy(formula({ kind: 'all', of: many }), budget).kind).toBe('unknown');
    expect(budget.left).toBeGreaterThan(-10);
    expect(satisfy(formula({ kind: 'all', of: [...many, ...none] })).kind).toBe('never');
  });
});
