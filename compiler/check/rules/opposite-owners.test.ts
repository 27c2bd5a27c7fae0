import { describe, expect, it } from 'vitest';
import { expectFindings } from '../../../test/kit/check.ts';

const item = (id: string, clauses: string, type = 'Incident') =>
  `item ${id} "I" {\n  salesforce Case\n  jira SUP / "${type}"\n  sync custom\n  ${clauses}\n}\n`;
const besides = ['shared-jira-field', 'shared-salesforce-field', 'empty-into-required'];

describe('two items of one issue type', () => {
  it.each([
    [item('a', 'fields { Subject -> Customer }'), item('b', 'fields { ~~Subject <- Customer~~ }')],
    [item('a', 'fields { Subject <- Customer }'), item('b', 'fields { ~~Subject -> Customer~~ }')],
  ])('S-11 that own two fields in opposite directions get a warning at the later one', (first, second) => {
    const [found] = expectFindings(first + second, ['opposite-owners'], { besides });
    expect(found?.severity).toBe('warning');
    expect(found?.message).toBe('the item `a` owns `Subject` and `Customer` the other way round');
    expect(found?.reason).toBe(
      'any `Case` is seen by both; linked by both with one issue, what somebody edits in Salesforce is put back on both sides',
    );
  });
  it.each([
    [
      'no record is seen by both',
      item('a', 'where Origin is "Web"\n  fields { Subject -> Customer }'),
      item('b', 'where Origin is "Phone"\n  fields { Subject <- Customer }'),
    ],
    [
      'no issue can be of both',
      item('a', 'fields { Subject -> Customer }'),
      item('b', 'fields { Subject <- Customer }', 'Task'),
    ],
    ['they agree', item('a', 'fields { Subject -> Customer }'), item('b', 'fields { Subject -> Customer }')],
    ['the fields differ', item('a', 'fields { Subject -> Customer }'), item('b', 'fields { Notes__c <- summary }')],
  ])('S-11 are fine where %s', (_, first, second) => {
    expectFindings(first + second, [], { besides: [...besides, 'too-long-for-target'] });
  });
});
