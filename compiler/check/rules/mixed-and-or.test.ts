import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const [a, b, c, d] = ['Subject is "a"', 'Origin is "Web"', 'Priority is "Low"', 'Vip__c is true'];
describe('and beside or', () => {
  it.each([
    [`${a} or ${b} and ${c}`, `${a} or (${b} and ${c})`, `(${a} or ${b}) and ${c}`],
    [`${a} and ${b} or ${c} and ${d}`, `(${a} and ${b}) or (${c} and ${d})`, `${a} and (${b} or ${c}) and ${d}`],
  ])('needs brackets, and offers both readings of `%s`', (condition, andFirst, orFirst) => {
    const source = itemWith(`  where ~~${condition}~~`);
    expectFindings(source, ['mixed-and-or']);
    const fixed = expectFixesToHelp(source, 'mixed-and-or');
    expect(fixed[0]).toMatch(`where ${andFirst}\n`);
    expect(fixed[1]).toMatch(`where ${orFirst}\n`);
    for (const text of fixed) expect(analyseText(text).diagnostics).toEqual([]);
  });
  it('is fine with them', () => {
    expectFindings(
      itemWith(`  where ${a} or (${b} and ${c}) when (${a} or ${b}) and not ${c} move to "Done" otherwise leave`),
      [],
    );
  });
  it('keeps brackets that are there', () => {
    const text = itemWith(`  where (${a} and ${b}) or ${c} and ${d}`);
    for (const fixed of expectFixesToHelp(text, 'mixed-and-or')) expect(analyseText(fixed).diagnostics).toEqual([]);
  });
});
