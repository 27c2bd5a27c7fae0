import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['lossy-conversion', 'too-long-for-target', 'fallible-conversion-needs-or-else', 'empty-into-required'];
describe('arrows and modes', () => {
  it.each([
    ['one-way', '->', true],
    ['one-way', '<-', false],
    ['one-way', '<->', false],
    ['two-way', '->', false],
    ['two-way', '<-', false],
    ['two-way', '<->', true],
    ['custom', '->', true],
    ['custom', '<-', true],
    ['custom', '<->', true],
  ])('I-4 `sync %s` and `%s`: allowed %s', (mode, arrow, allowed) => {
    const source = itemWith(`sync ${mode}\n  fields { Subject ${allowed ? arrow : `~~${arrow}~~`} "Customer" }`);
    expectFindings(source, allowed ? [] : ['wrong-arrow'], { besides });
    if (!allowed) expect(expectFixesToHelp(source, 'wrong-arrow')).toHaveLength(2);
  });
});
