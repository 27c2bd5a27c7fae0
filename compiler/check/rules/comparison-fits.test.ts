import { describe, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

describe('a comparison', () => {
  it.each([
    ['~~Subject~~ is before 2026-01-01', 'comparison-does-not-fit'],
    ['~~Vip__c~~ is at least true', 'comparison-does-not-fit'],
    ['~~Score__c~~ contains "1"', 'comparison-does-not-fit'],
    ['~~Origin~~ is at most "Web"', 'comparison-does-not-fit'],
    ['~~Total__c~~ is at least 5', 'formula-in-condition'],
  ])('fits the type of its field: `%s`', (condition, code) => {
    expectFindings(itemWith(`  where ${condition}`), [code]);
  });
  it.each(['Score__c is at least 5', 'Due__c is after 2026-01-01', 'Origin contains "e"', 'Description is not empty'])(
    'may be `%s`',
    condition => {
      expectFindings(itemWith(`  where ${condition}`), []);
    },
  );
});
