import { describe, expect, it } from 'vitest';
import { expectFindings, fileOf, itemWith } from '../../../test/kit/check.ts';
import { analyse } from '../../analysis.ts';

describe('without metadata', () => {
  it('L-2 says once that names are not checked, and makes no plan', () => {
    const text = itemWith('  fields { Nothing -> nowhere }');
    expectFindings(text, ['no-metadata'], { metadata: undefined });
    expect(analyse([fileOf(text)]).plan).toBeUndefined();
  });
  it('is silent about a file without items', () => {
    expectFindings('values a { "x" <-> "y" }', [], { metadata: undefined });
  });
});
