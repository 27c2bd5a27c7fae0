import { describe, expect, it } from 'vitest';
import { MAX_FINDINGS } from '../../../dsl/limits.ts';
import { analyseText, expectFindings } from '../../../test/kit/check.ts';

const item = (id: string, clauses: string) =>
  `item ${id} "I" { salesforce Case jira SUP / "Incident" sync custom ${clauses} }\n`;
const rule = (condition: string) => `when ${condition} move to "Done" otherwise leave`;

const besides = ['required-jira-field-not-mapped'];

describe('two items that create issues for one object', () => {
  it('get a warning at the later `create`, with a record that both would create for', () => {
    const [found] = expectFindings(
      item('a', 'where Origin is not "Web" create all') +
        item('b', `where Score__c is at least 5 ~~create~~ matching ${rule('Account.Rating is "Hot"')}`),
      ['overlap'],
      { besides },
    );
    expect(found?.severity).toBe('warning');
    expect(found?.message).toBe('a record can get two issues: `a` creates one too');
    expect(found?.reason).toBe(
      'a `Case` with `Origin` `Phone`, `Score__c` `5` and `Account.Rating` `Hot` meets the conditions of both',
    );
    expect(found?.related[0]?.message).toBe('created here too');
  });
  it.each([
    ['different values', 'where Origin is "Web" create all', 'where Origin is "Phone" create all'],
    ['a value and its denial', 'where Origin is "web" create all', 'where Origin is not "Web" create all'],
    ['ranges apart', 'where Score__c is at most 3 create all', 'where Score__c is at least 3.5 create all'],
    ['empty and not', 'where Subject is empty create all', 'where Subject contains "printer" create all'],
    ['rules apart', `create matching ${rule('Vip__c is true')}`, `create matching ${rule('Vip__c is false')}`],
    ['one that creates nothing', 'create off', 'create all'],
    [
      'the one listing what the other leaves',
      'where Origin is one of "Web", "Email" create all',
      'where not Origin is one of "Web", "Email" create all',
    ],
  ])('are fine with %s', (_, first, second) => {
    expectFindings(item('a', first) + item('b', second), [], { besides });
  });
  it('are not judged while a name in their conditions is wrong', () => {
    expectFindings(item('a', 'where ~~Orign~~ is "Web" create all') + item('b', 'create all'), ['unknown-field'], {
      besides,
    });
  });
  it('take time that grows with their number, not with its square', () => {
    const text = (count: number, each: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => item(`i${n}`, `where ${each(n)} create all`)).join('');
    const apart = analyseText(text(3000, n => `Subject is "${n}" and Origin is "Web"`));
    const findings = (codes: typeof apart.diagnostics) => codes.filter(({ code }) => /overlap|too-many/.test(code));
    // Of this process alone: others may be at work beside it.
    const started = process.cpuUsage();
    expect(findings(apart.diagnostics)).toEqual([]);
    const same = analyseText(text(3000, () => 'Origin is "Web"'));
    expect(findings(same.diagnostics)).toHaveLength(MAX_FINDINGS);
    expect(same.diagnostics.at(-1)!.message).toContain('3,999 more');
    const undecided = analyseText(text(3000, n => `Subject contains "${n}" and not Subject contains "${n % 7}"`));
    expect(findings(undecided.diagnostics).map(({ code }) => code)).toContain('too-many-to-compare');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(15_000);
  });
});
