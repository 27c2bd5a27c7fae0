import type { Span } from '../../../dsl/source.ts';
import type { BoundItem } from '../../bind/bound.ts';
import { jiraFieldOf, writesJira } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Two items of one project and issue type that write the same Jira field: said at the later one. */
export const sharedJiraField: Rule = {
  name: 'shared-jira-field',
  items(_, report) {
    const places = new Map<string, BoundItem[]>();
    return {
      item(item) {
        const project = item.projects[0]?.project;
        if (project === undefined || item.issueType === undefined) return;
        const place = `${project.id}/${item.issueType.id}`;
        const before = places.get(place);
        if (before === undefined) places.set(place, [item]);
        else before.push(item);
      },
      end() {
        for (const items of places.values()) if (items.length > 1) compare(items, report);
      },
    };
  },
};

function compare(items: readonly BoundItem[], report: Report): void {
  const first = new Map<string, { readonly item: BoundItem; readonly span: Span }>();
  for (const item of items) {
    for (const { arrow, target } of item.mappings) {
      const field = jiraFieldOf(target)?.field;
      if (field === undefined || !writesJira(arrow)) continue;
      const { span } = target!.node;
      const before = first.get(field.id);
      if (before === undefined) first.set(field.id, { item, span });
      else if (before.item !== item) {
        const related = seeAlso(before.item.file, before.span, 'written here');
        report(item.file, span, 'shared-jira-field', { field: field.name, item: before.item.id ?? '' }, { related });
      }
    }
  }
}
