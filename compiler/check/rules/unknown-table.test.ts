import { describe, it } from 'vitest';
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
  it('of another file is found', () => {
    expectFindings(itemWith('  status Status by st', 'values st { "New" <-> "To Do" otherwise keep }'), []);
  });
});
