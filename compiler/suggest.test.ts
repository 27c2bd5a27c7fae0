import { describe, expect, it } from 'vitest';
import { nearest } from './suggest.ts';

describe('nearest', () => {
  it.each([
    ['Csae', 'Case'],
    ['case', 'Case'],
    ['Acount', 'Account'],
    ['Opportunties', 'Opportunity'],
    ['region', 'Region__c'],
    ['Sales Region', 'Region__c'],
    ['Cast', 'Case', 'Cash'],
    ['Zebra'],
    ['cut'],
    ['x'],
  ])('takes `%s` for %s', (written, ...meant) => {
    const known = [
      { name: 'Case' },
      { name: 'Account' },
      { name: 'Opportunity' },
      { name: 'Region__c', label: 'Sales Region' },
      { name: 'Cash', label: 'Cash' },
      { name: 'Due__c', label: 'Due' },
    ];
    expect(nearest(written, known)).toEqual(meant);
  });
});
