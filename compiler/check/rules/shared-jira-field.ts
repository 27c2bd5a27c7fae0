import type { BoundItem } from '../../bind/bound.ts';
import { jiraFieldOf, writesJira } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Two items of one project and issue type that write the same Jira field: said at the later one. */
export const sharedJiraField: Rule = {
  name: 'shared-jira-field',
  program({ items }, report) {
    const first = new Map<string, { readonly item: BoundItem; readonly start: number; readonly end: number }>();
    for (const item of items) {
      const project = item.projects[0]?.project;
      if (project === undefined || item.issueType === undefined) continue;
      for (const { arrow, target } of item.mappings) {
        const field = jiraFieldOf(target)?.field;
        if (field === undefined || !writesJira(arrow)) continue;
        const { span } = target!.node;
        const key = `${project.id}/${item.issueType.id}/${field.id}`;
        const before = first.get(key);
        if (before === undefined) first.set(key, { item, ...span });
        else if (before.item !== item) {
          const related = seeAlso(before.item.file, { start: before.start, end: before.end }, 'written here');
          report(item.file, span, 'shared-jira-field', { field: field.name, item: before.item.id ?? '' }, { related });
        }
      }
    }
  },
};
