import type { Literal } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import { type BoundItem, fieldOf, jiraFieldOf, sourceFieldOf } from '../../bind/bound.ts';
import { dueWords, kindOf, scalarOf, spelled } from '../../bind/literal.ts';
import type { JiraType, SalesforceField, SalesforceType } from '../../plan/ir.ts';
import { nameInstead, replace } from '../fixes.ts';
import { createOnce, literalsFor, type Once } from '../once.ts';
import type { Report, Rule } from '../rule.ts';

/** A value is of the kind that its field takes: a number for a number, a date for a date. */
export const literalTypes: Rule = {
  name: 'literal-types',
  items(_, report) {
    const once = createOnce();
    return { item: item => checkItem(item, once, report) };
  },
  program({ tests }, report) {
    for (const { file, values } of tests) {
      for (const { field: bound, literals } of values) {
        if (bound.result.kind !== 'field') continue;
        const { field } = bound.result;
        const name = 'path' in field ? nameOf(field) : field.name;
        for (const literal of literals) fits(file, literal, field.type, name, report);
      }
    }
  },
};

function checkItem({ file, conditions, mappings }: BoundItem, once: Once, report: Report): void {
  for (const { path, literals, node } of conditions) {
    const field = fieldOf(path)?.field;
    // A part of a text is a text, whatever the field is; the comparison is another rule's.
    if (field === undefined || (node.kind === 'compare' && /^(contains|starts-with)$/.test(node.comparison))) continue;
    for (const literal of literals) fits(file, literal, field.type, nameOf(field), report);
  }
  for (const mapping of mappings) {
    const { table } = mapping;
    if (table === undefined) continue;
    const field = sourceFieldOf(mapping)?.field;
    const jira = jiraFieldOf(mapping.target)?.field;
    for (const literal of literalsFor(once, table, 'left', field))
      fits(table.file, literal, field!.type, nameOf(field!), report);
    for (const literal of literalsFor(once, table, 'right', jira))
      fits(table.file, literal, jira!.type, jira!.name, report);
  }
}

const nameOf = ({ path }: SalesforceField): string => path.join('.');

function fits(
  file: SourceFile,
  literal: Literal,
  type: SalesforceType | JiraType,
  field: string,
  report: Report,
): void {
  if (literal.kind === 'text' && literal.unclosed) return;
  if (scalarOf(literal, type) !== undefined) return;
  const kind = kindOf(type);
  const written = literal.kind === 'text' ? `the text \`${literal.value}\`` : `\`${spelled(literal)}\``;
  const bare = literal.kind === 'text' ? unquoted(literal.value, kind) : undefined;
  const fixes =
    bare !== undefined
      ? [replace(file, literal.span, bare, 'remove the quotes')]
      : kind === 'boolean'
        ? nameInstead(file, literal.span, ...checkboxWords(spelled(literal)))
        : [];
  report(file, literal.span, 'wrong-literal', { written, field, due: dueWords[kind] }, { fixes });
}

const spellings: Readonly<Record<ReturnType<typeof kindOf>, RegExp>> = {
  text: /^$(?!)/,
  number: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/,
  boolean: /^(true|false)$/,
};

/** What a checkbox is where people write it in other words; where nobody can tell, either. */
function checkboxWords(written: string): readonly string[] {
  const word = written.trim().toLowerCase();
  if (/^(true|yes|on|checked|1)$/.test(word)) return ['true'];
  if (/^(false|no|off|unchecked|0)$/.test(word)) return ['false'];
  return ['true', 'false'];
}

function unquoted(value: string, kind: ReturnType<typeof kindOf>): string | undefined {
  const text = value.trim();
  const isDate = kind === 'date' || kind === 'datetime';
  if (!spellings[kind].test(text) || (isDate && Number.isNaN(Date.parse(text)))) return undefined;
  return text;
}
