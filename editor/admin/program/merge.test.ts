import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFiles } from './merge.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }).map(lines => lines.join('\n'));
const files = fc.dictionary(fc.constantFrom('x', 'y', 'z'), text);

describe('two people’s changes to one program', () => {
  it('A-3 are one’s own where the other changed nothing, and the same whoever came first', () => {
    fc.assert(
      fc.property(files, files, files, (base, mine, theirs) => {
        expect(mergeFiles(base, mine, base)).toEqual({ files: mine, apart: [] });
        expect(mergeFiles(base, base, theirs)).toEqual({ files: theirs, apart: [] });
        expect(mergeFiles(base, mine, mine)).toEqual({ files: mine, apart: [] });
        const [one, other] = [mergeFiles(base, mine, theirs), mergeFiles(base, theirs, mine)];
        expect([...one.apart].sort()).toEqual([...other.apart].sort());
        if (one.apart.length === 0) expect(one.files).toEqual(other.files);
      }),
    );
  });

  it.each([
    ['apart', '1\n2\n3\n4\n5', 'one\n2\n3\n4\n5', '1\n2\n3\n4\nfive', 'one\n2\n3\n4\nfive'],
    ['a line more here, a line less there', '1\n2\n3\n4\n5', '0\n1\n2\n3\n4\n5', '1\n2\n3\n5', '0\n1\n2\n3\n5'],
    ['the same line', '1\n2\n3', '1\ntwo\n3', '1\nzwei\n3', undefined],
    ['lines that touch', '1\n2\n3', 'one\n2\n3', '1\ntwo\n3', undefined],
  ])('A-3 %s', (_, was, mine, theirs, together) => {
    const merged = mergeFiles({ x: was }, { x: mine }, { x: theirs });
    expect(merged).toEqual(
      together === undefined ? { files: { x: theirs }, apart: ['x'] } : { files: { x: together }, apart: [] },
    );
  });
});
