import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, itemWith } from '../../../test/kit/check.ts';

describe('an item', () => {
  it('has an object, a place in Jira and a mode', () => {
    const found = analyseText('item a "A" { }').diagnostics;
    expect(found.map(({ code, span }) => [code, span.start])).toEqual(Array(3).fill(['missing-clause', 5]));
    expect(found.map(({ message }) => message).join()).toMatch(/salesforce.*jira.*sync|jira.*salesforce.*sync/);
  });
  it('that only displays also says what it shows', () => {
    expectFindings(itemWith('jira SUP\n  sync display-only').replace('support', '~~support~~'), ['missing-clause']);
  });
});
