import type { Span } from '../../../dsl/source.ts';
import { type BoundItem, fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Within an item each field of either side is written by one mapping, setting or status clause. */
export const secondWriter: Rule = {
  name: 'second-writer',
  items(_, report) {
    // Who wrote a field last, over all items: next to none writes one twice, and only those are looked into.
    const last: Readonly<Record<Side, Map<string, BoundItem>>> = { Jira: new Map(), Salesforce: new Map() };
    return {
      item(item) {
        let twice = false;
        eachWrite(item, (side, key) => {
          if (last[side].get(key) === item) twice = true;
          else last[side].set(key, item);
        });
        if (twice) reportSeconds(item, report);
      },
    };
  },
};

type Side = 'Jira' | 'Salesforce';
type Visit = (side: Side, key: string, field: string, span: Span, once?: true) => void;

function eachWrite({ mappings, settings, status, rules }: BoundItem, visit: Visit): void {
  for (const { node, source, target, arrow } of mappings) {
    const jira = jiraFieldOf(target);
    if (jira && writesJira(arrow)) visit('Jira', jira.field.id, jira.field.name, node.target.span);
    const salesforce = source.kind === 'path' ? fieldOf(source.path) : undefined;
    if (salesforce?.hops === 0 && writesSalesforce(arrow)) {
      const { name } = salesforce.metadata;
      visit('Salesforce', name, name, node.source.span);
    }
  }
  for (const { target, node } of settings) {
    const jira = jiraFieldOf(target);
    if (jira) visit('Jira', jira.field.id, jira.field.name, node.field.span, true);
  }
  const statusField = fieldOf(status?.field);
  // A rule switches status sync off, so the clause writes nothing.
  if (statusField && rules.length === 0) {
    const { name } = statusField.metadata;
    visit('Salesforce', name, name, status!.node.field.span);
  }
}

interface Writer {
  readonly key: string;
  readonly field: string;
  readonly side: Side;
  readonly span: Span;
  /** When the issue is created. */
  readonly once: boolean;
}

function reportSeconds(item: BoundItem, report: Report): void {
  const writers: Writer[] = [];
  eachWrite(item, (side, key, field, span, once) =>
    writers.push({ key: `${side} ${key}`, field, side, span, once: once === true }),
  );
  const first = new Map<string, Writer>();
  for (const writer of writers.sort((a, b) => a.span.start - b.span.start)) {
    const { key, field, side, span } = writer;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, writer);
      continue;
    }
    const related = seeAlso(item.file, before.span, 'the first writer');
    report(item.file, span, 'second-writer', { field, side, once: before.once || writer.once }, { related });
  }
}
