import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

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
  it('S-4 shows what it pairs by closest match, and warns of what stays out', () => {
    const found = analyseText(itemWith('  status Status { "Escalated" -> "In Progress" }')).diagnostics;
    const [left, , matched] = found;
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['status-not-covered', 'warning'],
      ['comes-back-as-other-row', 'hint'],
      ['status-matches', 'hint'],
    ]);
    expect(matched?.message).toMatch('`New` -> `To Do`');
    expect(matched?.message).toMatch('`Closed` <- `Done`');
    expect(left?.message).toBe('`Waiting` of Jira is paired with nothing');
  });
  it('S-4 says of a status that it comes back as another one', () => {
    const rows = '"Escalated" -> "In Progress" "Working" <-> "In Progress" otherwise keep';
    const [found] = expectFindings(itemWith(`  ~~status~~ Status { ${rows} }`), ['comes-back-as-other-row']);
    expect(found?.severity).toBe('hint');
    expect(found?.reason).toBe(
      '`Escalated` becomes `In Progress` in Jira, and when somebody sets `In Progress` there, it comes back as `Working`',
    );
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
