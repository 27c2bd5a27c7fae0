import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['required-jira-field-not-mapped'];
const rule = 'when Subject is "x" move to "Done" otherwise leave';
describe('create', () => {
  it('I-4 matching needs a rule, all and off do not', () => {
    const source = itemWith('  create ~~matching~~');
    expectFindings(source, ['create-matching-without-rule'], { besides });
    expectFixesToHelp(source, 'create-matching-without-rule');
    expectFindings(itemWith(`  create matching ${rule}`), [], { besides });
    expectFindings(itemWith('  create all since 2026-01-01'), [], { besides });
  });
  it('off takes no since', () => {
    const source = itemWith('  create off since ~~2026-01-01~~');
    expectFindings(source, ['since-with-off']);
    expectFixesToHelp(source, 'since-with-off');
  });
});
