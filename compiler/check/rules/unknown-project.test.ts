import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a project', () => {
  it('that the site does not have is reported, with the nearest key', () => {
    const source = itemWith('jira ~~SUPP~~ / "Incident"');
    expect(expectFindings(source, ['unknown-project'])[0]?.help).toBe('did you mean `SUP`?');
    expectFixesToHelp(source, 'unknown-project');
  });
  it('is found by its name too, and keys are exact', () => {
    expect(expectFindings(itemWith('jira ~~Operations~~ / "Task"'), ['unknown-project'])[0]?.help).toMatch('OPS');
    expectFindings(itemWith('jira ~~sup~~ / "Incident"'), ['unknown-project']);
  });
});
