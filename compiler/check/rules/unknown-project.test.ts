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
  it('L-2 that is near none is told with the keys that there are', () => {
    expect(expectFindings(itemWith('jira ~~NOPE~~ / "Incident"'), ['unknown-project'])[0]?.help).toMatch(
      /^the projects that are known are `\w+`(, `\w+`)* and `\w+`; a new one is known once the metadata is read again$/,
    );
  });
});
