import { isMissing } from '../../../dsl/ast.ts';
import { removal, seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** A synchronized item has one project and one issue type; a display-only one several projects and no type. */
export const jiraScope: Rule = {
  name: 'jira-scope',
  item({ file, node, clauses, mode, projects }, report) {
    const [clause] = clauses.jira;
    if (clause === undefined) return;
    const seen = new Map<string, (typeof projects)[number]>();
    for (const [at, project] of projects.entries()) {
      const { text: key, span } = project.node;
      const before = seen.get(key);
      if (before) {
        const start = projects[at - 1]!.node.span.end;
        const fixes = removal(file, { start, end: span.end }, 'remove this one');
        const related = seeAlso(file, before.node.span, 'the first one');
        report(file, span, 'project-twice', { key }, { related, fixes });
      } else seen.set(key, project);
    }
    if (mode === undefined || mode === 'display-only') return;
    if (clause.projects.length > 1) {
      const [first, ...others] = clause.projects;
      const span = { start: others[0]!.span.start, end: others.at(-1)!.span.end };
      const fixes = removal(file, { start: first!.span.end, end: span.end }, 'keep the first project');
      report(file, span, 'several-projects', { mode }, { fixes });
    } else if (clause.issueType === undefined && !node.broken && projects[0] && !isMissing(projects[0].node)) {
      report(file, projects[0].node.span, 'missing-issue-type', { mode, project: projects[0].node.text });
    }
  },
};
