import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from './suggest.ts';

describe('nearest', () => {
  it.each([
    ['Csae', 'Case'],
    ['case', 'Case'],
    ['Acount', 'Account'],
    ['Opportunties', 'Opportunity'],
    ['region', 'Region__c'],
    ['Sales Region', 'Region__c'],
    ['Zebra', undefined],
    ['x', undefined],
  ])('takes `%s` for %s', (written, meant) => {
    const known = [
      { name: 'Case' },
      { name: 'Account' },
      { name: 'Opportunity' },
      { name: 'Region__c', label: 'Sales Region' },
    ];
    expect(nearest(written, known)).toBe(meant);
  });
});

describe('distance', () => {
  const word = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', 'd') });
  it('is the plain distance up to its limit, and symmetric', () => {
    fc.assert(
      fc.property(word, word, fc.nat(12), (a, b, limit) => {
        const whole = distance(a, b, 99);
        expect(distance(b, a, 99)).toBe(whole);
        expect(whole === 0).toBe(a === b);
        const bounded = distance(a, b, limit);
        expect(whole <= limit ? bounded === whole : bounded > limit).toBe(true);
      }),
    );
  });
});
