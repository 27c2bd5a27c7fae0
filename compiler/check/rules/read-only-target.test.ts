import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['empty-into-required'];
describe('fields that cannot be written', () => {
  it.each([
    ['~~CaseNumber~~ <- "Customer" cut at 30', 'read-only-target'],
    ['~~Total__c~~ <-> Score', 'read-only-target'],
    ['Called__c -> ~~created~~', 'read-only-target'],
    ['Status -> ~~status~~', 'status-in-fields'],
  ])('are reported: `%s`', (mapping, code) => {
    expectFindings(itemWith(`  fields { ${mapping} }`), [code], { besides });
  });
  it('have a turned arrow as their fix in Salesforce', () => {
    expectFixesToHelp(itemWith('  fields { Total__c <-> Score }'), 'read-only-target');
  });
  it('are reported in new issue', () => {
    expectFindings(itemWith('  new issue { ~~status~~ = "Done" ~~created~~ = 2026-01-01T10:00Z }'), [
      'status-in-fields',
      'read-only-target',
    ]);
  });
  it('may be read', () => expectFindings(itemWith('  fields { Total__c -> Score }'), []));
});
