/**
 * Every place where a program names something, and what it names, worked out once for an analysis: ids of items
 * and tables, objects, fields of both sides, projects, issue types, statuses.
 */
import type { Analysis } from '../../compiler/analysis.ts';
import {
  type BoundItem,
  type BoundJiraField,
  type BoundPath,
  type BoundTest,
  fieldOf,
  jiraFieldOf,
} from '../../compiler/bind/bound.ts';
import { isMissing, type Missing, type Name } from '../../dsl/ast.ts';
import type { SourceFile, Span } from '../../dsl/index.ts';
import type { Location } from './types.ts';

export interface Named extends Location {
  /** Equal for names of the same thing: `item support-cases`, `field Case.Subject`. */
  readonly of: string;
  readonly isDefinition: boolean;
}

const known = new WeakMap<Analysis, readonly Named[]>();

export function namesOf(analysis: Analysis): readonly Named[] {
  let names = known.get(analysis);
  if (names === undefined) {
    names = gather(analysis);
    known.set(analysis, names);
  }
  return names;
}

/** The innermost name at a place. */
export const nameAt = (analysis: Analysis, path: string, offset: number): Named | undefined =>
  namesOf(analysis)
    .filter(({ path: at, span }) => at === path && span.start <= offset && offset <= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];

function gather({ bound }: Analysis): readonly Named[] {
  const names: Named[] = [];
  const put = (file: SourceFile, span: Span, of: string, isDefinition = false) =>
    names.push({ path: file.path, span, of, isDefinition });
  const id = (file: SourceFile, name: Name | Missing | undefined, kind: 'item' | 'values', isDefinition = false) => {
    if (name !== undefined && !isMissing(name)) put(file, name.span, `${kind} ${name.text}`, isDefinition);
  };
  // A status of a named table stands where the table does, not where the item is that uses it.
  const inTables = new Map<unknown, SourceFile>();
  for (const { file, table } of bound.tables)
    for (const row of table.rows) if (row.kind === 'row') inTables.set(row.right, file);
  const common = (file: SourceFile, of: BoundItem | BoundTest) => {
    for (const path of of.paths) pathNames(path, (span, what) => put(file, span, what));
    for (const field of of.jiraFields) jiraName(field, (span, what) => put(file, span, what));
    for (const { node, status } of of.statuses) {
      if (status !== undefined) put(inTables.get(node) ?? file, node.span, `status ${status.id}`);
    }
  };

  for (const item of bound.items) {
    const { file, node, clauses, object, projects, issueType, mappings, status } = item;
    id(file, node.id, 'item', true);
    const named = clauses.salesforce[0]?.object;
    if (object !== undefined && named !== undefined) put(file, named.span, `object ${object.name}`);
    for (const { node: name, project } of projects)
      if (project !== undefined) put(file, name.span, `project ${project.key}`);
    const type = clauses.jira[0]?.issueType;
    if (issueType !== undefined && type !== undefined) put(file, type.span, `issue type ${issueType.id}`);
    common(file, item);
    for (const { node: mapping } of mappings)
      for (const modifier of mapping.modifiers) if (modifier.kind === 'by') id(file, modifier.table, 'values');
    id(file, status?.node.by, 'values');
  }
  for (const { file, node } of bound.tables) id(file, node?.id, 'values', true);
  for (const test of bound.tests) {
    id(test.file, test.node.item, 'item');
    common(test.file, test);
  }
  return names;
}

function pathNames(path: BoundPath, put: (span: Span, what: string) => void): void {
  const found = fieldOf(path);
  if (found !== undefined) put(path.node.span, `field ${found.object.name}.${found.metadata.name}`);
}

function jiraName(field: BoundJiraField, put: (span: Span, what: string) => void): void {
  const found = jiraFieldOf(field);
  if (found !== undefined) put(field.node.span, `Jira field ${found.field.id}`);
}
