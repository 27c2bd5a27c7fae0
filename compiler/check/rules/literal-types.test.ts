import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a value', () => {
  it.each([
    ['Score__c is at least ~~"10"~~', 'Score__c is at least 10'],
    ['Due__c is before ~~"2026-01-31"~~', 'Due__c is before 2026-01-31'],
    ['Vip__c is ~~"true"~~', 'Vip__c is true'],
    ['Called__c is after ~~"2026-01-31T10:00Z"~~', 'Called__c is after 2026-01-31T10:00Z'],
  ])('loses its quotes where its field is no text: `%s`', (condition, fixed) => {
    const source = itemWith(`  where ${condition}`);
    expectFindings(source, ['wrong-literal']);
    expect(expectFixesToHelp(source, 'wrong-literal')[0]).toMatch(fixed);
  });
  it.each(['Score__c is ~~true~~', 'Vip__c is ~~1~~', 'Due__c is ~~2026-01-31T10:00Z~~', 'Score__c is ~~"ten"~~'])(
    'is of the kind of its field: `%s`',
    condition => {
      expectFindings(itemWith(`  where ${condition}`), ['wrong-literal']);
    },
  );
  it.each([
    ['"yes"', ['true']],
    ['"TRUE"', ['true']],
    ['1', ['true']],
    ['"No"', ['false']],
    ['"unchecked"', ['false']],
    ['"done"', ['true', 'false']],
  ])('L-2 of a checkbox is offered as it is written: `%s`', (written, offered) => {
    const source = itemWith(`  where Vip__c is ~~${written}~~`);
    const [found] = expectFindings(source, ['wrong-literal']);
    expect(found?.fixes.map(({ title }) => title)).toEqual(offered.map(word => `write ${word}`));
    for (const [index, fixed] of expectFixesToHelp(source, 'wrong-literal').entries())
      expect(fixed).toContain(`Vip__c is ${offered[index]}`);
  });
  it('of a text or picklist is the text that is written', () => {
    const where = (text: string) => analyseText(itemWith(`  where ${text}`)).plan?.items[0]?.where;
    expect(where('Subject is 1.50')).toMatchObject({ value: '1.50' });
    expect(where('Subject is true')).toMatchObject({ value: 'true' });
    expect(where('Origin is "web"')).toMatchObject({ value: 'Web' });
    expect(where('Called__c is after 2026-01-31T10:00+02:00')).toMatchObject({ value: '2026-01-31T08:00:00.000Z' });
    expect(where('Called__c is after 2026-01-31')).toMatchObject({ value: '2026-01-31T00:00:00.000Z' });
  });
  it('is checked in tables and tests', () => {
    expectFindings(
      itemWith(
        '  fields { Score__c -> Score { ~~"one"~~ -> 1 otherwise keep } }',
        'test "t" for support { salesforce Vip__c = ~~"yes"~~ }',
      ),
      ['wrong-literal', 'wrong-literal'],
    );
  });
});
