import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('slips with texts', () => {
  it('a text on the left is no field, and the field is offered', () => {
    const source = itemWith('  fields { ~~"Subject"~~ -> "Customer" }');
    expect(expectFindings(source, ['template-without-holes'])[0]?.severity).toBe('warning');
    expectFixesToHelp(source, 'template-without-holes');
    expectFindings(itemWith('  fields { ~~"always"~~ -> "Customer" }'), ['template-without-holes']);
  });
  it('fields in braces are filled in in two places only', () => {
    expectFindings(itemWith('  where Subject is ~~"{Origin}"~~ new issue { Customer = ~~"for {Subject}"~~ }'), [
      'braces-not-filled',
      'braces-not-filled',
    ]);
    expectFindings(itemWith('  where Subject is "{}" or Subject is "a { b }"'), []);
  });
});
