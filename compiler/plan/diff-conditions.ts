/**
 * Whether a condition lets more records through than another, fewer, or simply others: decided by looking for a
 * record that the one lets through and the other does not. Undecided counts as others.
 */
import { domainOf } from '../check/domain.ts';
import { all, denied, type Formula, formulaOf } from '../check/formula.ts';
import { satisfyBoth } from '../check/satisfy.ts';
import type { Change } from './diff-change.ts';
import type { Condition, ItemPlan } from './ir.ts';

export function conditionEffect(before: Formula | undefined, after: Formula | undefined): Change['effect'] {
  if (before === undefined || after === undefined) return 'other';
  const more = satisfyBoth(after, denied(before)).kind;
  const less = satisfyBoth(before, denied(after)).kind;
  if (more === 'met' && less === 'never') return 'more';
  return more === 'never' && less === 'met' ? 'less' : 'other';
}

const always: Formula = all();
const formula = (condition: Condition): Formula | undefined =>
  formulaOf(condition, field => domainOf(field, undefined));

/** The records that an item sees. */
export const seenBy = ({ where }: ItemPlan): Formula | undefined => (where === undefined ? always : formula(where));

/** The records that meet a branch of the item's rule. */
export function createdBy({ rules }: ItemPlan): Formula | undefined {
  const of: Formula[] = [];
  for (const { when } of rules?.branches ?? []) {
    const branch = formula(when);
    if (branch === undefined) return undefined;
    of.push(branch);
  }
  return { kind: 'any', of };
}
