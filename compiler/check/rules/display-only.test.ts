import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a display-only item', () => {
  it.each([
    ['~~where~~ Subject is "x"', 'where-in-display-only'],
    ['~~create~~ all', 'create-in-display-only'],
    ['~~fields~~ { Subject -> "Customer" }', 'fields-in-display-only'],
    ['~~new issue~~ { labels = "x" }', 'new-issue-in-display-only'],
    ['~~status~~ Status', 'status-in-display-only'],
    ['~~otherwise~~ leave', 'otherwise-in-display-only'],
    ['~~when~~ Subject is "x" move to "Done"', 'rule-in-display-only'],
    ['~~comments~~ on', 'comments-in-display-only'],
    ['~~attachments~~ on', 'attachments-in-display-only'],
  ])('I-4 refuses `%s`', (clause, code) => {
    const source = itemWith(`jira SUP, OPS\n  sync display-only\n  ${clause}\n  show Subject`);
    expect(expectFindings(source, [code])[0]!.message).toMatch(/cannot have (an `[aeiou]|a `[^aeiou])/);
    expectFixesToHelp(source, code);
  });
  it('I-2 refuses an issue type', () => {
    const source = itemWith('jira SUP / ~~"Incident"~~\n  sync display-only\n  show Subject');
    expectFindings(source, ['issue-type-in-display-only']);
    expectFixesToHelp(source, 'issue-type-in-display-only');
  });
  it('I-4 takes associations', () => {
    expectFindings(itemWith('jira SUP\n  sync display-only\n  associations on\n  show Subject'), []);
  });
});
