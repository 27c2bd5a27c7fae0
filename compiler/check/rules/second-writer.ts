import type { Span } from '../../../dsl/source.ts';
import { fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Within an item each field of either side is written by one mapping, setting or status clause. */
export const secondWriter: Rule = {
  name: 'second-writer',
  item({ file, mappings, settings, status, rules }, report) {
    const writers: { readonly key: string; readonly field: string; readonly side: string; readonly span: Span }[] = [];
    for (const { node, source, target, arrow } of mappings) {
      const jira = jiraFieldOf(target);
      if (jira && writesJira(arrow)) {
        writers.push({ key: `jira ${jira.field.id}`, field: jira.field.name, side: 'Jira', span: node.target.span });
      }
      const salesforce = source.kind === 'path' ? fieldOf(source.path) : undefined;
      if (salesforce?.hops === 0 && writesSalesforce(arrow)) {
        const field = salesforce.metadata.name;
        writers.push({ key: `salesforce ${field}`, field, side: 'Salesforce', span: node.source.span });
      }
    }
    for (const { target, node } of settings) {
      const jira = jiraFieldOf(target);
      if (jira)
        writers.push({ key: `jira ${jira.field.id}`, field: jira.field.name, side: 'Jira', span: node.field.span });
    }
    const statusField = fieldOf(status?.field);
    // A rule switches status sync off, so the clause writes nothing.
    if (statusField && rules.length === 0) {
      const field = statusField.metadata.name;
      writers.push({ key: `salesforce ${field}`, field, side: 'Salesforce', span: status!.node.field.span });
    }
    const first = new Map<string, Span>();
    for (const { key, field, side, span } of writers.sort((a, b) => a.span.start - b.span.start)) {
      const before = first.get(key);
      if (before === undefined) first.set(key, span);
      else report(file, span, 'second-writer', { field, side }, { related: seeAlso(file, before, 'the first writer') });
    }
  },
};
