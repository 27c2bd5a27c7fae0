import type { Span } from '../../../dsl/source.ts';
import { type BoundItem, jiraFieldOf, writesJira, writtenFieldOf, writtenStatusOf } from '../../bind/bound.ts';
import type { FieldMetadata, JiraFieldMetadata } from '../../metadata/model.ts';
import { seeAlso } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Within an item each field of either side is written by one mapping, setting or status clause. */
export const secondWriter: Rule = {
  name: 'second-writer',
  items(_, report) {
    // Who wrote a field last, over all items: next to none writes one twice, and only those are looked into.
    const last = new Map<Field, BoundItem>();
    return {
      item(item) {
        let twice = false;
        eachWrite(item, (_, field) => {
          if (last.get(field) === item) twice = true;
          else last.set(field, item);
        });
        if (twice) reportSeconds(item, report);
      },
    };
  },
};

type Side = 'Jira' | 'Salesforce';
/** The metadata has one object for each field, which is its own key: texts would be hashed. */
type Field = FieldMetadata | JiraFieldMetadata;
type Visit = (side: Side, field: Field, span: Span, once?: true) => void;

function eachWrite(item: BoundItem, visit: Visit): void {
  for (const mapping of item.mappings) {
    const { node, arrow } = mapping;
    const jira = jiraFieldOf(mapping.target);
    if (jira && writesJira(arrow)) visit('Jira', jira.field, node.target.span);
    const salesforce = writtenFieldOf(mapping);
    if (salesforce) visit('Salesforce', salesforce.metadata, node.source.span);
  }
  for (const { target, node } of item.settings) {
    const jira = jiraFieldOf(target);
    if (jira) visit('Jira', jira.field, node.field.span, true);
  }
  const statusField = writtenStatusOf(item);
  if (statusField) visit('Salesforce', statusField.metadata, item.status!.node.field.span);
}

interface Writer {
  readonly field: Field;
  readonly side: Side;
  readonly span: Span;
  /** When the issue is created. */
  readonly once: boolean;
}

function reportSeconds(item: BoundItem, report: Report): void {
  const writers: Writer[] = [];
  eachWrite(item, (side, field, span, once) => writers.push({ field, side, span, once: once === true }));
  const first = new Map<Field, Writer>();
  for (const writer of writers.sort((a, b) => a.span.start - b.span.start)) {
    const { field, side, span } = writer;
    const before = first.get(field);
    if (before === undefined) {
      first.set(field, writer);
      continue;
    }
    const related = seeAlso(item.file, before.span, 'the first writer');
    report(
      item.file,
      span,
      'second-writer',
      { field: field.name, side, once: before.once || writer.once },
      { related },
    );
  }
}
