import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, itemWith } from '../../../test/kit/check.ts';

const besides = [
  'status-matches',
  'status-not-covered',
  'fallible-conversion-needs-or-else',
  'lossy-conversion',
  'empty-into-required',
];
describe('a field', () => {
  it.each([
    ['two mappings in Jira', '  fields { Subject -> "Customer" Account.Name -> ~~customfield_10040~~ }'],
    ['two mappings in Salesforce', '  fields { Subject <- summary ~~subject~~ <- "Customer" }'],
    ['a mapping and new issue', '  fields { Subject -> "Customer" }\n  new issue { ~~Customer~~ = "x" }'],
    ['two settings', '  new issue { labels = "a" ~~labels~~ = "b" }'],
    ['a mapping and status sync', '  fields { Status <- "Customer" }\n  status ~~Status~~'],
  ])('has one writer: %s', (_, clauses) => {
    const [found] = expectFindings(itemWith(clauses), ['second-writer'], { besides });
    expect(found?.related).toHaveLength(1);
  });
  it('may be read by several mappings, each with an id of its own in the plan', () => {
    const { plan } = analyseText(itemWith('  fields { Subject <- summary Notes__c <- summary }'));
    expect(plan?.items[0]?.mappings.map(({ id }) => id)).toEqual(['summary:Subject', 'summary:Notes__c']);
  });
});
