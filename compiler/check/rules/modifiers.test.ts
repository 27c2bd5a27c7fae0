import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('modifiers', () => {
  it.each([
    ['twice', 'Subject -> "Customer" cut at 5 ~~cut at 6~~', 'modifier-twice'],
    ['twice', 'Subject -> "Customer" or else skip ~~or else keep~~', 'modifier-twice'],
    ['two tables', 'Subject -> "Customer" { "a" -> "b" otherwise keep } ~~by v~~', 'two-tables'],
    ['below one', 'Subject -> "Customer" cut at ~~0~~', 'cut-at-below-one'],
    ['no whole number', 'Subject -> "Customer" cut at ~~2.5~~', 'cut-at-below-one'],
    ['one owner', 'Subject -> "Customer" ~~on conflict hold~~', 'on-conflict-with-one-owner'],
  ])('are checked: %s, `%s`', (_, mapping, code) => {
    const source = itemWith(`  fields { ${mapping} }`, 'values v { "a" -> "b" otherwise keep }');
    expectFindings(source, [code]);
    expectFixesToHelp(source, code);
  });
  it('come in any order', () => {
    const { plan } = analyseText(itemWith('  fields { Subject <-> summary on conflict hold or else skip cut at 9 }'));
    expect(plan?.items[0]?.mappings[0]).toMatchObject({ onConflict: 'hold', orElse: { kind: 'skip' }, cutAt: 9 });
  });
});
