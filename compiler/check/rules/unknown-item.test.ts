import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a test', () => {
  it('names an item that exists', () => {
    const source = itemWith('', 'test "t" for ~~suport~~ { expect created, nowhere = "x" }');
    expectFindings(source, ['unknown-item']);
    expectFixesToHelp(source, 'unknown-item');
  });
  it('is looked for among all files, which are to be named together', () => {
    const [found] = expectFindings('test "t" for ~~a~~ { expect created }', ['unknown-item']);
    expect(found?.help).toContain('name them together with the file or folder that has it');
  });
});
