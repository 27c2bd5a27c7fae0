import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './nearest.ts';

describe('editDistance', () => {
  const word = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', 'd') });
  it('is the plain distance up to its limit, and symmetric', () => {
    fc.assert(
      fc.property(word, word, fc.nat(12), (a, b, limit) => {
        const whole = editDistance(a, b, 99);
        expect(editDistance(b, a, 99)).toBe(whole);
        expect(whole === 0).toBe(a === b);
        const bounded = editDistance(a, b, limit);
        expect(bounded).toBe(Math.min(whole, limit));
      }),
    );
  });
});
