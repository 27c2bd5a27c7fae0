import { describe, expect, it } from 'vitest';
import { analyseText, itemWith } from '../../test/kit/check.ts';
import { costingOf as costingOfPlan } from '../plan/cost.ts';
import { costingOf } from './costing.ts';

const rule = 'when Account.Rating is "Hot" move to "Done"\n  otherwise leave';

describe('what decides the cost of an item', () => {
  it.each([
    '',
    'comments on\n  attachments off',
    'comments off\n  attachments on\n  create all',
    'fields { Owner.Email -> assignee or else skip }',
    'fields { Subject -> Customer\n  Notes__c <- "Resolution notes" }\n  status Status',
    `create matching\n  ${rule}`,
    `status Status\n  ${rule}`,
    'fields { Score__c <-> Score }',
  ])('is the same before and after lowering: `%s`', clauses => {
    const { bound, plan, diagnostics } = analyseText(itemWith(`  ${clauses}`));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(costingOf(bound.items[0]!)).toEqual(costingOfPlan(plan!.items[0]!));
  });
});
