import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a value table', () => {
  it('that does not exist is reported, with the nearest', () => {
    const source = itemWith(
      '  fields { Priority -> priority by ~~severty~~ }',
      'values severity { "High" <-> "Highest" otherwise keep }',
    );
    expectFindings(source, ['unknown-table']);
    expectFixesToHelp(source, 'unknown-table');
  });
  it('that two are equally near to is a choice', () => {
    const tables = ['severity', 'sovereign', 'severitz'].map(id => `values ${id} { otherwise keep }`).join('\n');
    const source = itemWith('  fields { Priority -> priority by ~~severit~~ }', tables);
    expect(expectFindings(source, ['unknown-table'])[0]?.help).toBe('did you mean `severity` or `severitz`?');
    expect(expectFixesToHelp(source, 'unknown-table')).toHaveLength(2);
  });
  it('of another file is found', () => {
    expectFindings(itemWith('  status Status by st', 'values st { "New" <-> "To Do" otherwise keep }'), []);
  });
});
