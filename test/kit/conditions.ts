/** Arbitrary conditions and records that have a chance to meet. */
import fc from 'fast-check';
import type { Condition, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import { field } from './plan.ts';

const texts = ['web', 'Web', 'Phone', "O'Neil", 'a%b_c', 'back\\slash', '"', 'line\nbreak', 'ünï'];
const numbers = [-1, 0, 0.5, 3, 1e21];
const days = ['2026-01-01', '2026-02-28', '2025-12-31'];
const moments = ['2026-01-01T00:00:00.000Z', '2026-01-01T10:30:00.000Z'];

const choices = {
  string: fc.constantFrom<Scalar>(...texts),
  picklist: fc.constantFrom<Scalar>(...texts),
  double: fc.constantFrom<Scalar>(...numbers),
  boolean: fc.boolean() as fc.Arbitrary<Scalar>,
  date: fc.constantFrom<Scalar>(...days),
  datetime: fc.constantFrom<Scalar>(...moments),
  textarea: fc.constantFrom<Scalar>(...texts),
};

type Kind = keyof typeof choices;
export const fieldsUsed: readonly (SalesforceField & { readonly type: Kind })[] = [
  field('Name', 'string'),
  field('Account.Type', 'picklist'),
  field('Account.Owner.Name', 'string'),
  field('Amount', 'double'),
  field('Active', 'boolean'),
  field('CloseDate', 'date'),
  field('SeenAt', 'datetime'),
  field('Notes', 'textarea'),
] as readonly (SalesforceField & { readonly type: Kind })[];

const anyField = fc.constantFrom(...fieldsUsed);
const equality = ['is', 'is-not'] as const;
const order = ['is-at-least', 'is-at-most', 'is-before', 'is-after'] as const;
const part = ['contains', 'starts-with'] as const;

const comparison: fc.Arbitrary<Condition> = anyField.chain(on => {
  const text = on.type === 'string' || on.type === 'picklist' || on.type === 'textarea';
  const operators = on.type === 'boolean' ? equality : text ? [...equality, ...part] : [...equality, ...order];
  return fc.record({
    kind: fc.constant('compare' as const),
    field: fc.constant(on),
    comparison: fc.constantFrom(...operators),
    value: choices[on.type],
  });
});

export const { conditions } = fc.letrec<{ conditions: Condition }>(tie => ({
  conditions: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.record({ kind: fc.constant('is-empty' as const), field: anyField, negated: fc.boolean() }),
    anyField.chain(on =>
      fc.record({
        kind: fc.constant('one-of' as const),
        field: fc.constant(on),
        negated: fc.boolean(),
        values: fc.array(choices[on.type], { minLength: 1, maxLength: 3 }),
      }),
    ),
    fc.record({ kind: fc.constant('not' as const), of: tie('conditions') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('conditions'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const orEmpty = (value: fc.Arbitrary<Scalar>) => fc.option(value, { nil: null });

const orNone = <T>(parent: fc.Arbitrary<T>) => fc.option(parent, { nil: null });

/** As REST gives them: null for empty, datetimes with `+0000`. */
export const records: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record({
  Name: orEmpty(choices.string),
  Account: orNone(
    fc.record({ Type: orEmpty(choices.picklist), Owner: orNone(fc.record({ Name: orEmpty(choices.string) })) }),
  ),
  Amount: orEmpty(choices.double),
  Active: fc.boolean(),
  CloseDate: orEmpty(choices.date),
  SeenAt: orEmpty(choices.datetime.map(moment => String(moment).replace('Z', '+0000'))),
  Notes: orEmpty(choices.textarea),
});
