import { describe, expect, it } from 'vitest';
import { expectFindings } from '../../../test/kit/check.ts';

const item = (id: string, type: string, clauses: string) =>
  `item ${id} "I" { salesforce Case jira SUP / "${type}" sync custom ${clauses} }\n`;
const besides = [
  'shared-jira-field',
  'status-matches',
  'status-not-covered',
  'unreachable-status',
  'lossy-conversion',
  'empty-into-required',
];

describe('a Salesforce field that two items write', () => {
  it('is reported at the later one, with a record that both see', () => {
    const [found] = expectFindings(
      item('a', 'Incident', 'where Origin is "Web" fields { Subject <- summary }') +
        item('b', 'Task', 'where Vip__c is true fields { ~~Subject~~ <-> summary }'),
      ['shared-salesforce-field'],
      { besides },
    );
    expect(found?.severity).toBe('warning');
    expect(found?.reason).toMatch(/^a `Case` with `Origin` `Web` and `Vip__c` `true` is seen by both/);
  });
  it('may be the status', () => {
    expectFindings(
      item('a', 'Incident', 'status Status') + item('b', 'Task', 'status ~~Status~~'),
      ['shared-salesforce-field'],
      {
        besides,
      },
    );
  });
  it.each([
    [
      'no record is seen by both',
      'where Origin is "Web" fields { Subject <- summary }',
      'where Origin is "Phone" fields { Subject <- summary }',
    ],
    ['they write different fields', 'fields { Subject <- summary }', 'fields { Notes__c <- summary }'],
    ['one of them only reads it', 'fields { Subject -> summary }', 'fields { Subject <- summary }'],
  ])('is fine where %s', (_, first, second) => {
    expectFindings(item('a', 'Incident', first) + item('b', 'Task', second), [], { besides });
  });
});
