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
      report(file, node.span, 'unknown-project', () => {
        const known = lookup.metadata.jira.projects.map(({ key, name }) => ({ name: key, label: name }));
        const near = nearest(node.text, known);
        return {
          holes: { name: node.text, near, known: known.map(({ name }) => name) },
          fixes: nameInstead(file, node.span, ...near),
        };
      });
    }
  },
};
