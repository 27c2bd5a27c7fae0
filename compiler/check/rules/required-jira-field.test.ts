import { describe, expect, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

const scope = 'jira OPS / "Task"\n';
describe('required fields of the issue type', () => {
  it('I-5 are said to be missing, before create is on', () => {
    const [found] = expectFindings(itemWith(`${scope}  ~~create~~ all`), ['required-jira-field-not-mapped']);
    expect(found?.message).toMatch('`Severity` and `Summary`');
    expect(found?.severity).toBe('warning');
  });
  it('I-5 may be mapped or set', () => {
    expectFindings(
      itemWith(`${scope}  create all fields { Subject -> summary or else "x" } new issue { Severity = "Major" }`),
      [],
    );
  });
  it('I-5 do not matter while nothing is created', () => {
    expectFindings(itemWith(scope), []);
    expectFindings(itemWith(`${scope}  create off`), []);
  });
  it('I-5 are not given by Jira itself', () => {
    expectFindings(
      itemWith(`${scope}  ~~create~~ all fields { Subject <- summary } new issue { Severity = "Major" }`),
      ['required-jira-field-not-mapped'],
    );
  });
});
