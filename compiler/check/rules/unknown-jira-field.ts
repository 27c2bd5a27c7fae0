import type { BoundItem, BoundTest } from '../../bind/bound.ts';
import type { MetadataLookup } from '../../metadata/lookup.ts';
import type { JiraFieldMetadata } from '../../metadata/model.ts';
import { nearest } from '../../suggest.ts';
import { jiraFieldInstead, replace } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Jira fields of items and tests that lead to none, or to several. */
export const unknownJiraField: Rule = {
  name: 'unknown-jira-field',
  item: (item, report, { lookup }) => checkFields(item, lookup, report),
  program({ tests, lookup }, report) {
    for (const test of tests) checkFields(test, lookup, report);
  },
};

function checkFields({ file, jiraFields }: BoundItem | BoundTest, lookup: MetadataLookup | undefined, report: Report) {
  if (lookup === undefined) return;
  for (const { node, result } of jiraFields) {
    const { name, span } = node;
    if (result.kind === 'ambiguous') {
      const ids = result.fields.map(field => field.id);
      const fixes = ids.map(id => replace(file, span, id, `write ${id}`));
      report(file, span, 'ambiguous-jira-field', { name, ids }, { fixes });
    } else if (result.kind === 'unknown') {
      report(file, span, 'unknown-jira-field', () => {
        const near = nearestFields(name, lookup.metadata.jira.fields);
        return { holes: { name, near }, fixes: jiraFieldInstead(file, span, ...near) };
      });
    }
  }
}

/** Custom fields are known by their names, the others by their ids: next to each number there is another field's. */
function nearestFields(name: string, fields: readonly JiraFieldMetadata[]): readonly string[] {
  if (/^customfield_\d*$/i.test(name)) return fields.flatMap(({ id }) => (id === name.toLowerCase() ? [id] : []));
  return nearest(
    name,
    fields.map(field => (field.custom ? field.name : { name: field.id, label: field.name })),
  );
}
