import { type BoundJiraField, jiraFieldOf, writesJira } from '../../bind/bound.ts';
import type { Rule } from '../rule.ts';

/** Not in the list of a create screen, yet always there. */
const offScreen: ReadonlySet<string> = new Set([
  'status',
  'created',
  'updated',
  'votes',
  'watches',
  'project',
  'issuetype',
]);

/** A field that is written to Jira is on the screen of its issue type, or Jira refuses it. */
export const fieldOnScreen: Rule = {
  name: 'field-on-screen',
  item({ file, mappings, settings, issueType }, report) {
    // A snapshot without screens knows nothing about them.
    if (issueType === undefined || issueType.fields.length === 0) return;
    const written = (target: BoundJiraField | undefined) => {
      const found = jiraFieldOf(target);
      if (found === undefined || found.screen !== undefined || offScreen.has(found.field.id)) return;
      const holes = { field: found.field.name, issueType: issueType.name };
      report(file, target!.node.span, 'field-not-on-screen', holes);
    };
    for (const { arrow, target } of mappings) if (writesJira(arrow)) written(target);
    for (const { target } of settings) written(target);
  },
};
