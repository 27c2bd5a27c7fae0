import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('slips with texts', () => {
  it('a text on the left is no field, and the field is offered', () => {
    const source = itemWith('  fields { ~~"Subject"~~ -> "Customer" }');
    expect(expectFindings(source, ['template-without-holes'])[0]?.severity).toBe('warning');
    expectFixesToHelp(source, 'template-without-holes');
    expectFindings(itemWith('  fields { ~~"always"~~ -> "Customer" }'), ['template-without-holes']);
  });
  it('a text on the left with a lone brace may be meant to have a field', () => {
    expectFindings(itemWith('  fields { "a ~~{~~ b" -> "Customer" }'), ['lone-brace']);
    expectFindings(itemWith('  fields { ~~"a {{ b }}"~~ -> "Customer" }'), ['template-without-holes']);
  });
  it('fields in braces are filled in in two places only', () => {
    expectFindings(itemWith('  where Subject is ~~"{Origin}"~~ new issue { Customer = ~~"for {Subject}"~~ }'), [
      'braces-not-filled',
      'braces-not-filled',
    ]);
    expectFindings(itemWith('  where Subject is "{}" or Subject is "a { b }"'), []);
  });
  it('L-2 is not filled in by a test either, whose values are what they look like', () => {
    const item = itemWith('  create all\n  fields { Subject -> summary or else "Case {CaseNumber}" }');
    const source = `${item}test "t" for support {\n  salesforce Subject = empty\n  expect summary = ~~"Case {CaseNumber}"~~\n}\n`;
    expect(expectFindings(source, ['braces-not-filled'])[0]?.help).toMatch(/^write the text/);
  });
});
