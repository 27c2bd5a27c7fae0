import type { Literal } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import { literalsOf } from '../../bind/bind.ts';
import {
  type BoundItem,
  type BoundMapping,
  type BoundTest,
  fieldOf,
  type JiraFieldResult,
  jiraFieldOf,
  type PathResult,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { constantText, spelled } from '../../bind/literal.ts';
import { foldText } from '../../conversion/index.ts';
import { nearest } from '../../suggest.ts';
import { textInstead } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** A value that is written for a picklist, or for a Jira field with options, is one that it lists. */
export const valuesListed: Rule = {
  name: 'values-listed',
  items({ tests }, report) {
    const seen = createSeen();
    return {
      item: item => checkItem(item, seen, report),
      end() {
        for (const test of tests) checkTest(test, seen, report);
      },
    };
  },
};

function checkTest({ file, values }: BoundTest, seen: Seen, report: Report): void {
  for (const { field, literals } of values) {
    for (const literal of literals) {
      if (field.result.kind !== 'field') continue;
      if ('metadata' in field.result) picklistValue(file, literal, field.result, seen, report);
      else optionValue(file, literal, field.result, seen, report);
    }
  }
}

type PicklistField = Extract<PathResult, { kind: 'field' }>;
type OptionField = Extract<JiraFieldResult, { kind: 'field' }>;
type Seen = ReturnType<typeof createSeen>;

/** Whether a field lists a value. Its values are folded once; one that is spelled as listed is not folded at all. */
function createSeen() {
  const known = new Map<object, ReadonlySet<string>>();
  return <T>(key: object, values: readonly T[], name: (value: T) => string, written: string): boolean => {
    let set = known.get(key);
    if (set === undefined) {
      set = new Set(values.flatMap(value => [name(value), foldText(name(value))]));
      known.set(key, set);
    }
    return set.has(written) || set.has(foldText(written));
  };
}
const spelling = ({ value }: { readonly value: string }): string => value;
const nameOf = ({ name }: { readonly name: string }): string => name;

function checkItem(item: BoundItem, seen: Seen, report: Report): void {
  for (const { node, path, literals } of item.conditions) {
    const exact = node.kind === 'one-of' || (node.kind === 'compare' && /^is(-not)?$/.test(node.comparison));
    const field = fieldOf(path);
    if (field && exact) for (const literal of literals) picklistValue(item.file, literal, field, seen, report);
  }
  for (const mapping of item.mappings) {
    // Most mappings write no value of the program's own.
    if (mapping.table === undefined && mapping.modifiers['or-else'] === undefined) continue;
    const field = mapping.source.kind === 'path' ? fieldOf(mapping.source.path) : undefined;
    const target = jiraFieldOf(mapping.target);
    for (const row of mapping.table?.table.rows ?? []) {
      if (row.kind !== 'row') continue;
      const { file } = mapping.table!;
      if (field && row.left.kind !== 'missing') picklistValue(file, row.left, field, seen, report);
      if (target && row.right.kind !== 'missing') optionValue(file, row.right, target, seen, report);
    }
    for (const { file, text } of fallbackTexts(item.file, mapping)) {
      if (target && writesJira(mapping.arrow)) optionValue(file, text, target, seen, report);
      if (field && writesSalesforce(mapping.arrow)) picklistValue(file, text, field, seen, report);
    }
  }
  const status = fieldOf(item.status?.field);
  for (const row of item.status?.table?.table.rows ?? []) {
    if (row.kind === 'row' && status && row.left.kind !== 'missing') {
      picklistValue(item.status!.table!.file, row.left, status, seen, report);
    }
  }
  for (const { node, target } of item.settings) {
    const field = jiraFieldOf(target);
    if (field) for (const literal of literalsOf(node.value)) optionValue(item.file, literal, field, seen, report);
  }
}

/** What is written instead, where it is one text whatever the record. */
function* fallbackTexts(file: SourceFile, { table, modifiers }: BoundMapping) {
  const found = [
    ...(table?.table.rows ?? []).flatMap(row =>
      row.kind === 'table-otherwise' ? [{ file: table!.file, action: row.fallback.action }] : [],
    ),
    ...(modifiers['or-else'] ? [{ file, action: modifiers['or-else'].fallback.action }] : []),
  ];
  for (const { file, action } of found) {
    const text = constantText(action);
    if (text !== undefined) yield { file, text };
  }
}

function picklistValue(
  file: SourceFile,
  literal: Literal,
  { metadata, field }: PicklistField,
  seen: Seen,
  report: Report,
) {
  const { values, type } = metadata;
  if (values === undefined || values.length === 0 || type === 'combobox') return;
  if (literal.kind === 'text' && literal.unclosed) return;
  const written = spelled(literal);
  const parts = type === 'multipicklist' ? written.split(';').map(part => part.trim()) : [written];
  for (const value of parts) {
    if (value === '' || seen(metadata, values, spelling, value)) continue;
    const names = values.filter(entry => entry.active).map(entry => entry.value);
    const labelled = values.find(entry => foldText(entry.label) === foldText(value));
    const suggestion =
      labelled?.value ??
      nearest(
        value,
        values.map(entry => ({ name: entry.value, label: entry.label })),
      );
    const fixes = parts.length > 1 ? [] : textInstead(file, literal.span, suggestion);
    const holes = { value, field: field.path.join('.'), names, suggestion, label: labelled !== undefined };
    report(file, literal.span, 'unknown-picklist-value', holes, { fixes });
  }
}

/** Priorities and options are a closed list; labels and versions may be made by writing them. */
const closedTypes: ReadonlySet<string> = new Set([
  'option',
  'options',
  'priority',
  'components',
  'versions',
  'version',
]);

function optionValue(file: SourceFile, literal: Literal, { field, screen }: OptionField, seen: Seen, report: Report) {
  const allowed = screen?.allowedValues;
  if (screen === undefined || allowed === undefined || allowed.length === 0 || !closedTypes.has(field.type)) return;
  if (literal.kind === 'text' && literal.unclosed) return;
  const value = spelled(literal);
  if (seen(screen, allowed, nameOf, value)) return;
  const names = allowed.map(entry => entry.name);
  const suggestion = nearest(value, names);
  const fixes = textInstead(file, literal.span, suggestion);
  report(file, literal.span, 'unknown-option', { value, field: field.name, names, suggestion }, { fixes });
}
