import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('where issues live', () => {
  it('I-3 a synchronized item has one project and one type', () => {
    const source = itemWith('jira SUP, ~~OPS~~');
    expectFindings(source, ['several-projects']);
    expectFixesToHelp(source, 'several-projects');
    expectFindings(itemWith('jira ~~SUP~~'), ['missing-issue-type']);
  });
  it('I-2 a display-only item may have several projects, each once', () => {
    expectFindings(itemWith('jira SUP, OPS\n  sync display-only\n  show Subject'), []);
    expectFindings(itemWith('jira SUP, ~~SUP~~\n  sync display-only\n  show Subject'), ['project-twice']);
  });
});
