import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFiles } from './merge.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 }).map(lines => lines.join('\n'));
const files = fc.dictionary(fc.constantFrom('x', 'y', 'z'), text);

describe('two people’s changes to one program', () => {
  it('A-3 are one’s own where the other changed nothing, and the same whoever came first', () => {
    const only = (theirs: object) => ({ theirs, mine: theirs, apart: [] });
    fc.assert(
      fc.property(files, files, files, (base, mine, theirs) => {
        expect(mergeFiles(base, mine, base)).toEqual(only(mine));
        expect(mergeFiles(base, base, theirs)).toEqual(only(theirs));
        expect(mergeFiles(base, mine, mine)).toEqual(only(mine));
        const [one, other] = [mergeFiles(base, mine, theirs), mergeFiles(base, theirs, mine)];
        expect([...one.apart].sort()).toEqual([...other.apart].sort());
        expect(one.mine).toEqual(other.theirs);
        expect(one.theirs).toEqual(other.mine);
        if (one.apart.length === 0) expect(one.mine).toEqual(one.theirs);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['apart', '1\n2\n3\n4\n5', 'one\n2\n3\n4\n5', '1\n2\n3\n4\nfive', 'one\n2\n3\n4\nfive'],
    ['a line more here, a line less there', '1\n2\n3\n4\n5', '0\n1\n2\n3\n4\n5', '1\n2\n3\n5', '0\n1\n2\n3\n5'],
    ['around each other', '1\n2\n3\n4\n5', 'one\n2\n3\n4\nfive', '1\n2\nthree\n4\n5', 'one\n2\nthree\n4\nfive'],
    ['the same change', '1\n2\n3', '1\ntwo\n3', '1\ntwo\n3', '1\ntwo\n3'],
  ])('A-3 %s: both are kept', (_, was, mine, theirs, together) => {
    expect(mergeFiles({ x: was }, { x: mine }, { x: theirs })).toEqual({
      theirs: { x: together },
      mine: { x: together },
      apart: [],
    });
  });

  it.each([
    ['the same line', '1\n2\n3', '1\ntwo\n3', '1\nzwei\n3', '1\ntwo\n3', '1\nzwei\n3'],
    ['lines that touch', '1\n2\n3', 'one\n2\n3', '1\ntwo\n3', 'one\n2\n3', '1\ntwo\n3'],
    [
      'one line, and others elsewhere',
      '1\n2\n3\n4\n5\n6\n7',
      'one\n2\n3\nvier\n5\n6\n7',
      '1\n2\n3\nfour\n5\n6\nseven',
      'one\n2\n3\nvier\n5\n6\nseven',
      'one\n2\n3\nfour\n5\n6\nseven',
    ],
  ])('A-3 %s: a person chooses there, and nothing else is lost', (_, was, own, other, mine, theirs) => {
    expect(mergeFiles({ x: was }, { x: own }, { x: other })).toEqual({
      theirs: { x: theirs },
      mine: { x: mine },
      apart: ['x'],
    });
  });
});
