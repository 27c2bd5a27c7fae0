import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['status-matches', 'status-not-covered', 'table-value-not-covered'];
describe('values of picklists and options', () => {
  it.each([
    ['in where', '  where Origin is ~~"Wep"~~', 'unknown-picklist-value'],
    ['in a list', '  where Origin is one of "Web", ~~"Fax"~~', 'unknown-picklist-value'],
    [
      'in a rule',
      '  when Account.Rating is not ~~"Hott"~~ move to "Done"\n  otherwise leave',
      'unknown-picklist-value',
    ],
    [
      'on the left of a table',
      '  fields { Priority -> priority { ~~"Hihg"~~ -> "High" otherwise keep } }',
      'unknown-picklist-value',
    ],
    [
      'on the right of a table',
      '  fields { Priority -> priority { "High" -> ~~"Hihgest"~~ otherwise keep } }',
      'unknown-option',
    ],
    ['in a status table', '  status Status { ~~"Nwe"~~ <-> "To Do" }', 'unknown-picklist-value'],
    ['in new issue', '  new issue { priority = ~~"Urgent"~~ }', 'unknown-option'],
  ])('are checked %s', (_, clauses, code) => {
    expectFindings(itemWith(clauses), [code], { besides });
  });
  it('are checked in tests', () => {
    expectFindings(
      itemWith('', 'test "t" for support { salesforce Origin = ~~"Fax"~~ expect priority = ~~"Huge"~~ }'),
      ['unknown-picklist-value', 'unknown-option'],
    );
  });
  it('are told from what people see', () => {
    const source = itemWith('  where Origin is ~~"By telephone"~~');
    const [found] = expectFindings(source, ['unknown-picklist-value']);
    expect(found?.reason).toBe('`By telephone` is what people see; the value behind it is `Phone`');
    expectFixesToHelp(source, 'unknown-picklist-value');
  });
  it('are found by other capitals, and parts of texts are not looked up', () => {
    expectFindings(itemWith('  where Origin is "web" and Origin starts with "W"'), []);
  });
});
