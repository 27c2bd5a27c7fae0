import { isMissing } from '../../../dsl/ast.ts';
import { jiraFieldOf, writesJira } from '../../bind/bound.ts';
import { headOf } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Given with every issue, whatever is mapped. */
const alwaysGiven: ReadonlySet<string> = new Set(['project', 'issuetype', 'reporter']);

/** Said at `create`, since linking an issue by hand needs none of them. */
export const requiredJiraField: Rule = {
  name: 'required-jira-field',
  item({ file, node, clauses, mode, issueType, mappings, settings }, report, { lookup }) {
    const [clause] = clauses.create;
    if (lookup === undefined || issueType === undefined || clause === undefined || mode === 'display-only') return;
    if (node.broken || isMissing(clause.records) || !/^(matching|all)$/.test(clause.records.text)) return;
    // An unknown name might be the one that is due.
    if ([...mappings, ...settings].some(({ target }) => target === undefined || target.result.kind !== 'field')) return;
    const given = new Set([
      ...mappings.flatMap(({ arrow, target }) => (writesJira(arrow) ? [jiraFieldOf(target)!.field.id] : [])),
      ...settings.map(({ target }) => jiraFieldOf(target)!.field.id),
    ]);
    const names = new Map(lookup.metadata.jira.fields.map(field => [field.id, field.name]));
    const fields = issueType.fields
      .filter(({ id, required, hasDefault }) => required && !hasDefault && !given.has(id) && !alwaysGiven.has(id))
      .map(({ id }) => names.get(id) ?? id);
    if (fields.length > 0) {
      const holes = { fields, issueType: issueType.name };
      report(file, headOf(file, clause.span), 'required-jira-field-not-mapped', holes);
    }
  },
};
