import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('an issue type', () => {
  it('that the project does not have is reported, with those that it has', () => {
    expect(expectFindings(itemWith('jira OPS / ~~"Incident"~~'), ['unknown-issue-type'])[0]?.help).toBe(
      'it has `Task`',
    );
    const source = itemWith('jira SUP / ~~"incidnet"~~');
    expectFindings(source, ['unknown-issue-type']);
    expectFixesToHelp(source, 'unknown-issue-type');
  });
  it('is found by other capitals, and not looked up in an unknown project', () => {
    expectFindings(itemWith('jira SUP / "incident"'), []);
    expectFindings(itemWith('jira ~~NONE~~ / "Nothing"'), ['unknown-project']);
  });
});
