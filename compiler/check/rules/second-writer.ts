import type { SourceFile, Span } from '../../../dsl/source.ts';
import { fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Within an item each field of either side is written by one mapping, setting or status clause. */
export const secondWriter: Rule = {
  name: 'second-writer',
  item({ file, mappings, settings, status, rules }, report) {
    const jiraWriters: Writer[] = [];
    const salesforceWriters: Writer[] = [];
    for (const { node, source, target, arrow } of mappings) {
      const jira = jiraFieldOf(target);
      if (jira && writesJira(arrow)) {
        jiraWriters.push({ key: jira.field.id, field: jira.field.name, span: node.target.span });
      }
      const salesforce = source.kind === 'path' ? fieldOf(source.path) : undefined;
      if (salesforce?.hops === 0 && writesSalesforce(arrow)) {
        const field = salesforce.metadata.name;
        salesforceWriters.push({ key: field, field, span: node.source.span });
      }
    }
    for (const { target, node } of settings) {
      const jira = jiraFieldOf(target);
      if (jira) jiraWriters.push({ key: jira.field.id, field: jira.field.name, span: node.field.span });
    }
    const statusField = fieldOf(status?.field);
    // A rule switches status sync off, so the clause writes nothing.
    if (statusField && rules.length === 0) {
      const field = statusField.metadata.name;
      salesforceWriters.push({ key: field, field, span: status!.node.field.span });
    }
    seconds(file, 'Jira', jiraWriters, report);
    seconds(file, 'Salesforce', salesforceWriters, report);
  },
};

interface Writer {
  readonly key: string;
  readonly field: string;
  readonly span: Span;
}

function seconds(file: SourceFile, side: string, writers: Writer[], report: Report): void {
  const first = new Map<string, Span>();
  for (const { key, field, span } of writers.sort((a, b) => a.span.start - b.span.start)) {
    const before = first.get(key);
    if (before === undefined) first.set(key, span);
    else report(file, span, 'second-writer', { field, side }, { related: seeAlso(file, before, 'the first writer') });
  }
}
