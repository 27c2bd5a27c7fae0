import { describe, expect, it } from 'vitest';
import { expectFindings } from '../../../test/kit/check.ts';

const item = (id: string, type: string, target: string) =>
  `item ${id} "I" { salesforce Case jira SUP / "${type}" sync one-way fields { Subject -> ${target} } }\n`;
describe('a Jira field of two items', () => {
  it('is pointed out at the later one', () => {
    const [found] = expectFindings(item('a', 'Incident', 'Customer') + item('b', 'Incident', '~~Customer~~'), [
      'shared-jira-field',
    ]);
    expect(found?.severity).toBe('hint');
  });
  it('of different issue types is fine', () => {
    expectFindings(item('a', 'Incident', 'Customer') + item('b', 'Task', 'Customer'), []);
  });
});
