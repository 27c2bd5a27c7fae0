import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp } from '../../../test/kit/check.ts';

const table = (rows: string) => `values v { ${rows} }`;
describe('rows of a table', () => {
  it('hold a value on one `<->` row at most, said at the second', () => {
    const source = table('"a" <-> "x" ~~"b" <-> "x"~~');
    const [found] = expectFindings(source, ['two-way-table-not-reversible']);
    expect(found?.reason).toBe('on the way back `x` would have to become both `a` and `b`');
    expectFixesToHelp(source, 'two-way-table-not-reversible');
    expectFindings(table('"a" <-> "x" ~~"A" <-> "y"~~'), ['two-way-table-not-reversible']);
  });
  it('may be many to one where an arrow says so', () => {
    expectFindings(table('"a" <-> "x" "b" -> "x" "c" -> "x" "c" <- "y"'), []);
  });
  it('hold a value once in one direction', () => {
    const source = table('"a" -> "x" ~~"a" -> "y"~~');
    expectFindings(source, ['row-twice']);
    expectFixesToHelp(source, 'row-twice');
    expectFindings(table('"a" <-> "x" ~~"a" <-> "x"~~'), ['row-twice']);
    expectFindings(table('"a" <-> "x" ~~"b" <- "X"~~'), ['row-twice']);
  });
  it('have one otherwise', () => {
    expectFindings(table('"a" -> "x" otherwise keep ~~otherwise skip~~'), ['second-table-otherwise']);
  });
});
