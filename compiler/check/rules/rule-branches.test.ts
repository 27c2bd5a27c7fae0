import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const when = 'when Subject is "x" move to "Done"';
describe('a rule', () => {
  it.each([
    [
      'needs an otherwise, said at the first when',
      `~~when~~ Subject is "y" move to "Done" ${when}`,
      'rule-without-otherwise',
    ],
    ['has one otherwise', `${when} otherwise leave ~~otherwise~~ move to "Done"`, 'second-otherwise'],
    ['ends with it', `${when} otherwise leave ~~when~~ Subject is "y" move to "Done"`, 'rule-after-otherwise'],
    ['begins with a when', '~~otherwise~~ leave', 'otherwise-without-rule'],
  ])('S-6 %s', (_, clauses, code) => {
    const source = itemWith(`  ${clauses}`);
    expectFindings(source, [code]);
    if (/second|without-rule/.test(code)) expectFixesToHelp(source, code);
  });
  it('S-6 may leave the status', () => expectFindings(itemWith(`  ${when} otherwise leave`), []));
  it('is not blamed for a line that was broken', () => {
    const { diagnostics } = analyseText(itemWith(`  ${when}\n  otherwise move "Done"`));
    expect(diagnostics.map(({ code }) => code)).not.toContain('rule-without-otherwise');
  });
});
