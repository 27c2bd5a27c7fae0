import type { Mapping } from '../../../dsl/ast.ts';
import type { Fix } from '../../../dsl/diagnostic.ts';
import { lineStart } from '../../../dsl/source.ts';
import {
  type BoundItem,
  jiraFieldOf,
  type PathResult,
  writesJira,
  writtenFieldOf,
  writtenStatusOf,
} from '../../bind/bound.ts';
import { jiraSets } from '../../catalogue/index.ts';
import { removal, replace, towardsJira } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { behindEntry, withoutEntry } from '../yaml-edits.ts';

/** What is written can be written: by Jira, by the org, by the integration user. */
export const readOnlyTarget: Rule = {
  name: 'read-only-target',
  item(item, report) {
    const { file, mappings, settings, status, mode } = item;
    for (const mapping of mappings) {
      const { arrow, target, node } = mapping;
      const jira = jiraFieldOf(target);
      if (jira?.field.id === 'status') {
        report(file, target!.node.span, 'status-in-fields', {}, { fixes: statusClause(item, node) });
        continue;
      }
      if (jira && writesJira(arrow) && jiraSets(jira.field.id)) {
        const holes = { field: jira.field.name, side: 'Jira', why: 'Jira sets it itself', toJira: true };
        report(file, target!.node.span, 'read-only-target', holes);
      }
      const salesforce = writtenFieldOf(mapping);
      if (salesforce && !isWritable(salesforce)) {
        const holes = { field: salesforce.metadata.name, side: 'Salesforce', why: reasonOf(salesforce), toJira: false };
        const fixes = towardsJira(file, node);
        report(file, node.source.span, 'read-only-target', holes, { fixes });
      }
    }
    const field = mode === 'display-only' ? undefined : writtenStatusOf(item);
    if (field !== undefined && !isWritable(field)) {
      const holes = { field: field.metadata.name, side: 'Salesforce', why: reasonOf(field), toJira: false };
      report(file, status!.node.field.span, 'read-only-target', { ...holes, status: true });
    }
    for (const { target } of settings) {
      const jira = jiraFieldOf(target);
      if (jira?.field.id === 'status') report(file, target!.node.span, 'status-in-fields', {});
      else if (jira && jiraSets(jira.field.id)) {
        const holes = { field: jira.field.name, side: 'Jira', why: 'Jira sets it itself', toJira: true };
        report(file, target!.node.span, 'read-only-target', holes);
      }
    }
  },
};

/** The clause that moves the status, in place of the mapping: below its block, or for the whole of it. */
function statusClause({ file, clauses, status, rules }: BoundItem, { source, span }: Mapping): readonly Fix[] {
  const title = 'write a `status` clause';
  if (status !== undefined || rules.length > 0) return [];
  if (source.kind !== 'path' || source.segments.length !== 1) return [];
  const field = file.text.slice(source.span.start, source.span.end);
  const clause = file.notation === 'yaml' ? `status: { field: ${field} }` : `status ${field}`;
  const around = clauses.fields.find(block => block.span.start < span.start && block.span.end >= span.end);
  if (around === undefined || !around.closed) return [];
  if (around.mappings.length === 1) return [replace(file, around.span, clause, title)];
  if (file.notation === 'yaml')
    return [{ title, edits: [withoutEntry(file, span), behindEntry(file, around.span, clause)] }];
  const before = file.text.slice(lineStart(file, around.span.start), around.span.start);
  const indent = /[ \t]*$/.exec(before)![0];
  return removal(file, span, title).map(fix => ({
    title,
    edits: [
      ...fix.edits,
      { file, span: { start: around.span.end, end: around.span.end }, text: `\n${indent}${clause}` },
    ],
  }));
}

type Found = Extract<PathResult, { kind: 'field' }>;

const isWritable = ({ metadata, object }: Found): boolean => metadata.updateable && object.updateable;

function reasonOf({ metadata: { calculated, createable, updateable }, object }: Found): string {
  if (calculated) return 'it is calculated';
  if (updateable) return `the org does not let the integration user change a \`${object.name}\``;
  return createable
    ? 'it is set once, when the record is created'
    : 'the org does not let the integration user write it, or Salesforce sets it itself';
}
