import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a status', () => {
  it('that the workflow does not have is reported in rules, tables and tests', () => {
    const source = itemWith(
      '  status Status { "New" <-> ~~"Todo"~~ }\n  when Subject is "x" move to ~~"Dnoe"~~\n  otherwise move to "done"',
      'test "t" for support { expect status = ~~"Finished"~~ }',
    );
    const found = expectFindings(source, ['unknown-status', 'unknown-status', 'unknown-status'], {
      besides: ['status-off-by-rule'],
    });
    expect(found.map(({ help }) => help)).toEqual([
      'did you mean `To Do`?',
      'did you mean `Done`?',
      'it has `To Do`, `In Progress`, `Waiting` and `Done`',
    ]);
    expectFixesToHelp(source, 'unknown-status');
  });
});
