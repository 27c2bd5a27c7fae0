import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** The site has the projects. */
export const unknownProject: Rule = {
  name: 'unknown-project',
  item({ file, projects }, report, { lookup }) {
    if (lookup === undefined) return;
    for (const { node, project } of projects) {
      if (project !== undefined) continue;
      const known = lookup.metadata.jira.projects.map(({ key, name }) => ({ name: key, label: name }));
      const suggestion = nearest(node.text, known);
      const fixes = nameInstead(file, node.span, suggestion);
      report(file, node.span, 'unknown-project', { name: node.text, suggestion }, { fixes });
    }
  },
};
