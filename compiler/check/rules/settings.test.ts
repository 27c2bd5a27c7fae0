import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, itemWith } from '../../../test/kit/check.ts';

describe('constants of new issues', () => {
  it.each([
    ['duedate = ~~"soon"~~', 'it takes a date (`2026-01-31`)'],
    ['summary = ~~["a", "b"]~~', 'it holds one value, not several'],
    ['summary = ~~empty~~', 'new issues need it'],
    ['assignee = ~~"ada@example.com"~~', 'a person is named by account id here'],
  ])('are values that their field takes: `%s`', (setting, why) => {
    expect(expectFindings(itemWith(`  new issue { ${setting} }`), ['setting-does-not-fit'])[0]?.reason).toBe(why);
  });
  it('reach the plan as REST takes them', () => {
    const { plan } = analyseText(
      itemWith(
        '  new issue { labels = ["a", "b"] priority = "high" duedate = 2026-01-31 Score = 5 assignee = "557058:ada" }',
      ),
    );
    const values = plan?.items[0]?.newIssue.map(({ target, value }) => [target.id, value]);
    expect(Object.fromEntries(values ?? [])).toEqual({
      labels: ['a', 'b'],
      priority: { name: 'High' },
      duedate: '2026-01-31',
      customfield_10043: 5,
      assignee: { accountId: '557058:ada' },
    });
  });
});
