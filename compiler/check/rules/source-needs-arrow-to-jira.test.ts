import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('what is only read', () => {
  it.each([
    ['Account.Name ~~<-~~ "Customer"', 'path-needs-arrow-to-jira'],
    ['Account.Name ~~<->~~ "Customer"', 'path-needs-arrow-to-jira'],
    ['"{Subject}!" ~~<-~~ "Customer"', 'template-needs-arrow-to-jira'],
  ])('is not written: `%s`', (mapping, code) => {
    const source = itemWith(`  fields { ${mapping} cut at 255 }`);
    expectFindings(source, [code]);
    expectFixesToHelp(source, code);
  });
  it('goes to Jira', () => expectFindings(itemWith('  fields { Account.Name -> "Customer" }'), []));
});
