import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';
import { metadata as org } from '../../../test/kit/metadata.ts';

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
  it('are all of them where the integration user may not change the record, the status too', () => {
    const objects = org.salesforce.objects.map(object => ({ ...object, updateable: false }));
    const metadata = { ...org, salesforce: { ...org.salesforce, objects } };
    const source = itemWith('  fields { ~~Subject~~ <- Customer }\n  status ~~Status~~ { otherwise keep }');
    const [found] = expectFindings(source, ['read-only-target', 'read-only-target'], { metadata });
    expect(found?.reason).toBe('the org does not let the integration user change a `Case`');
    const ruled = '  status Status\n  when Vip__c is true move to "Done"\n  otherwise leave';
    expectFindings(itemWith(ruled), [], { metadata, besides: ['status-off-by-rule'] });
  });
  it('may be read', () => expectFindings(itemWith('  fields { Total__c -> Score }'), []));
});
