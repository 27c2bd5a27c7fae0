import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a table', () => {
  it('is told of values that have no row, in each direction that it serves', () => {
    const { diagnostics } = analyseText(
      itemWith('  fields { Priority <-> priority { "High" <-> "High" "Low" <-> "Low" } }'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['table-value-not-covered', 'table-value-not-covered']);
    const messages = diagnostics.map(({ message }) => message).join('\n');
    expect(messages).toMatch('no row for `Medium` of `Priority`');
    expect(messages).toMatch('no row for `Highest`, `Medium` and `Lowest` of `Priority`');
  });
  it.each([
    ['{ "High" -> "High" }', '{ "High" -> "High" otherwise skip }'],
    ['{\n      "High" -> "High"\n    }', '{\n      "High" -> "High"\n      otherwise skip\n    }'],
    ['{}', '{ otherwise skip }'],
  ])('is offered a last row for the others: `%s`', (table, fixed) => {
    const source = itemWith(`  fields { Priority -> priority ${table} }`);
    expect(expectFixesToHelp(source, 'table-value-not-covered')[0]).toContain(fixed);
  });
  it.each(['otherwise keep }', '} or else skip'])('says what happens to the others: `%s`', end => {
    expectFindings(itemWith(`  fields { Priority -> priority { "High" -> "High" ${end} }`), []);
  });
  it('L-2 is told of a checkbox too, and need not say more than both of its values', () => {
    const fields = (rows: string) => itemWith(`  fields { Vip__c -> priority ${rows} }`);
    expectFindings(fields('{ true -> "High" false -> "Low" }'), []);
    const [found] = expectFindings(fields('~~{ true -> "High" }~~'), ['table-value-not-covered']);
    expect(found!.message).toBe('the table has no row for `false` of `Vip__c`');
  });
  it.each([
    ['a text', 'Subject -> Customer ~~{ "a" -> "b" }~~', '`Subject`'],
    ['a number', 'Score__c -> Customer ~~{ 1 -> "b" }~~', '`Score__c`'],
    ['a text of Jira', 'Description <- Customer ~~{ "a" <- "b" }~~', '`Customer`'],
  ])('L-2 is told that no rows can cover %s', (_, mapping, field) => {
    const source = itemWith(`  fields { ${mapping} }`);
    const [found] = expectFindings(source, ['table-value-not-covered'], { besides: ['empty-into-required'] });
    expect(found!.message).toBe(`the table has rows for some values of ${field} only`);
    expectFixesToHelp(source, 'table-value-not-covered');
  });
  it('is told where the mapping stands, when the table serves several', () => {
    expectFindings(
      itemWith('  fields { Priority -> priority ~~by v~~ }', 'values v { "High" -> "High" "Low" -> "Low" }'),
      ['table-value-not-covered'],
    );
  });
});
