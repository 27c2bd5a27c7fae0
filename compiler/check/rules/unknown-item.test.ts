import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a test', () => {
  it('names an item that exists', () => {
    const source = itemWith('', 'test "t" for ~~suport~~ { expect created, nowhere = "x" }');
    expectFindings(source, ['unknown-item']);
    expectFixesToHelp(source, 'unknown-item');
  });
});
