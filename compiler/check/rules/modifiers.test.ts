import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('modifiers', () => {
  it.each([
    ['twice', 'Subject -> "Customer" cut at 5 ~~cut at 6~~', 'modifier-twice'],
    ['twice', 'Subject -> "Customer" or else skip ~~or else keep~~', 'modifier-twice'],
    ['two tables', 'Subject -> "Customer" { "a" -> "b" otherwise keep } ~~by v~~', 'two-tables'],
    ['below one', 'Subject -> "Customer" cut at ~~0~~', 'cut-at-below-one'],
    ['no whole number', 'Subject -> "Customer" cut at ~~2.5~~', 'cut-at-below-one'],
    ['far below one, both ways', 'Subject <-> "Customer" cut at ~~-509940903~~', 'cut-at-below-one'],
    [
      'more than a number can say, both ways',
      'Subject <-> "Customer" cut at ~~99999999999999999999~~',
      'cut-at-below-one',
    ],
    ['one owner', 'Subject -> "Customer" ~~on conflict hold~~', 'on-conflict-with-one-owner'],
  ])('are checked: %s, `%s`', (_, mapping, code) => {
    const source = itemWith(`  fields { ${mapping} }`, 'values v { "a" -> "b" otherwise keep }');
    expectFindings(source, [code]);
    expectFixesToHelp(source, code);
  });
  it.each([
    ['0', ['remove it']],
    ['0.4', ['remove it']],
    ['-255', ['write 255', 'remove it']],
    ['2.5', ['write 3']],
    ['99999999999999999999', ['remove it']],
  ])('offer for `cut at %s` what could be meant: nobody means a single letter', (length, titles) => {
    const source = itemWith(`  fields { Subject -> "Customer" cut at ~~${length}~~ }`);
    const [found] = expectFindings(source, ['cut-at-below-one']);
    expect(found!.fixes.map(({ title }) => title)).toEqual(titles);
    expectFixesToHelp(source, 'cut-at-below-one');
  });
  it('come in any order', () => {
    const { plan } = analyseText(itemWith('  fields { Subject <-> summary on conflict hold or else skip cut at 9 }'));
    expect(plan?.items[0]?.mappings[0]).toMatchObject({ onConflict: 'hold', orElse: { kind: 'skip' }, cutAt: 9 });
  });
});
