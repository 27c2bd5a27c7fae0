import type { Fallback, Literal } from '../../../dsl/ast.ts';
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
  sourceFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { constantText, spelled } from '../../bind/literal.ts';
import { asListed, asOffered } from '../../bind/spelling.ts';
import { foldText } from '../../conversion/index.ts';
import { nearest } from '../../suggest.ts';
import { textInstead } from '../fixes.ts';
import { createOnce, literalsFor, type Once } from '../once.ts';
import type { Report, Rule } from '../rule.ts';

/** A value that is written for a picklist, or for a Jira field with options, is one that it lists. */
export const valuesListed: Rule = {
  name: 'values-listed',
  items(_, report) {
    const once = createOnce();
    return { item: item => checkItem(item, once, report) };
  },
  program({ tests }, report) {
    for (const test of tests) checkTest(test, report);
  },
};

function checkTest({ file, values }: BoundTest, report: Report): void {
  for (const { field, literals } of values) {
    for (const literal of literals) {
      if (field.result.kind !== 'field') continue;
      if ('metadata' in field.result) picklistValue(file, literal, field.result, report);
      else optionValue(file, literal, field.result, report);
    }
  }
}

type PicklistField = Extract<PathResult, { kind: 'field' }>;
type OptionField = Extract<JiraFieldResult, { kind: 'field' }>;

function checkItem(item: BoundItem, once: Once, report: Report): void {
  for (const { node, path, literals } of item.conditions) {
    const exact = node.kind === 'one-of' || (node.kind === 'compare' && /^is(-not)?$/.test(node.comparison));
    const field = fieldOf(path);
    if (field && exact) for (const literal of literals) picklistValue(item.file, literal, field, report);
  }
  for (const mapping of item.mappings) {
    // Most mappings write no value of the program's own.
    if (mapping.table === undefined && mapping.modifiers['or-else'] === undefined) continue;
    const field = sourceFieldOf(mapping);
    const target = jiraFieldOf(mapping.target);
    const { table } = mapping;
    for (const literal of literalsFor(once, table, 'left', field?.metadata))
      picklistValue(table!.file, literal, field!, report);
    for (const literal of literalsFor(once, table, 'right', target?.screen))
      optionValue(table!.file, literal, target!, report);
    for (const { file, text } of fallbackTexts(item.file, mapping)) {
      if (target && writesJira(mapping.arrow)) optionValue(file, text, target, report);
      if (field && writesSalesforce(mapping.arrow)) picklistValue(file, text, field, report);
    }
  }
  const status = fieldOf(item.status?.field);
  const table = item.status?.table;
  for (const literal of literalsFor(once, table, 'left', status?.metadata))
    picklistValue(table!.file, literal, status!, report);
  for (const { node, target } of item.settings) {
    const field = jiraFieldOf(target);
    if (field) for (const literal of literalsOf(node.value)) optionValue(item.file, literal, field, report);
  }
}

/** What is written instead, where it is one text whatever the record. */
function* fallbackTexts(file: SourceFile, { table, modifiers }: BoundMapping) {
  const orElse = modifiers['or-else']?.fallback;
  if (table?.otherwise !== undefined) yield* textOf(table.file, table.otherwise);
  if (orElse !== undefined) yield* textOf(file, orElse);
}

function* textOf(file: SourceFile, { action }: Fallback) {
  const text = constantText(action);
  if (text !== undefined) yield { file, text };
}

function picklistValue(file: SourceFile, literal: Literal, { metadata, field }: PicklistField, report: Report) {
  const { values, type } = metadata;
  if (values === undefined || values.length === 0 || type === 'combobox') return;
  if (literal.kind === 'text' && literal.unclosed) return;
  const written = spelled(literal);
  const parts = type === 'multipicklist' ? written.split(';').map(part => part.trim()) : [written];
  for (const value of parts) {
    if (value === '' || asListed(metadata, value) !== undefined) continue;
    report(file, literal.span, 'unknown-picklist-value', () => {
      const names = values.filter(entry => entry.active).map(entry => entry.value);
      const labelled = values.find(entry => foldText(entry.label) === foldText(value));
      const known = values.map(entry => ({ name: entry.value, label: entry.label }));
      const near = labelled === undefined ? nearest(value, known) : [labelled.value];
      const holes = { value, field: field.path.join('.'), names, near, label: labelled !== undefined };
      return { holes, fixes: parts.length > 1 ? [] : textInstead(file, literal.span, ...near) };
    });
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

function optionValue(file: SourceFile, literal: Literal, { field, screen }: OptionField, report: Report) {
  const allowed = screen?.allowedValues;
  if (screen === undefined || allowed === undefined || allowed.length === 0 || !closedTypes.has(field.type)) return;
  if (literal.kind === 'text' && literal.unclosed) return;
  const value = spelled(literal);
  if (asOffered(screen, value) !== undefined) return;
  report(file, literal.span, 'unknown-option', () => {
    const names = allowed.map(entry => entry.name);
    const near = nearest(value, names);
    return { holes: { value, field: field.name, names, near }, fixes: textInstead(file, literal.span, ...near) };
  });
}
