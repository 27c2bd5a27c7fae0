import { nearest } from '../../suggest.ts';
import { textInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** The project has the issue type. */
export const unknownIssueType: Rule = {
  name: 'unknown-issue-type',
  item({ file, clauses, projects, issueType }, report) {
    const written = clauses.jira[0]?.issueType;
    const project = projects[0]?.project;
    if (written?.kind !== 'text' || written.unclosed || project === undefined || issueType !== undefined) return;
    report(file, written.span, 'unknown-issue-type', () => {
      const names = project.issueTypes.map(type => type.name);
      const near = nearest(written.value, names);
      const holes = { name: written.value, project: project.key, names, near };
      return { holes, fixes: textInstead(file, written.span, ...near) };
    });
  },
};
