import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('status sync', () => {
  it('O-3 needs an object with a status-like field', () => {
    const source = itemWith('salesforce Account\n  ~~status~~ Rating');
    expectFindings(source, ['no-status-field']);
    expectFixesToHelp(source, 'no-status-field');
  });
  it('O-3 works on that field', () => {
    const source = itemWith('  status ~~Priority~~');
    expectFindings(source, ['not-the-status-field']);
    expectFixesToHelp(source, 'not-the-status-field');
  });
  it('S-4 shows what it pairs by closest match, and what stays out', () => {
    const [found] = expectFindings(itemWith('  ~~status~~ Status { "Escalated" -> "In Progress" }'), [
      'status-matches',
    ]);
    expect(found?.severity).toBe('hint');
    expect(found?.message).toMatch('`New` -> `To Do`');
    expect(found?.message).toMatch('`Closed` <- `Done`');
    expect(found?.reason).toMatch('`Waiting` of Jira');
  });
  it('is silent where the table says otherwise keep', () => {
    expectFindings(itemWith('  status Status { "New" <-> "To Do" otherwise keep }'), []);
  });
  it('S-6 is off where the item has a rule', () => {
    expectFindings(itemWith('  ~~status~~ Status when Subject is "x" move to "Done" otherwise leave'), [
      'status-off-by-rule',
    ]);
  });
});
