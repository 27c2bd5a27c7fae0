import type { Literal, Missing, Text } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import { literalsOf } from '../../bind/bind.ts';
import type { BoundTable } from '../../bind/bound.ts';
import { foldName } from '../../metadata/lookup.ts';
import { nameInstead } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { entryOf } from '../yaml-edits.ts';

/** A template without a field, and fields in braces where nothing fills them in. */
export const textSlips: Rule = {
  name: 'text-slips',
  item({ file, mappings, conditions, settings, object, status }, report) {
    for (const { source, table } of mappings) {
      if (table !== undefined && table.id === undefined) checkTable(table, report);
      if (source.kind !== 'template' || source.template.parts.some(part => part.kind === 'hole')) continue;
      const { value: text, span } = source.template;
      // A brace that is not doubled is told where it stands, and may begin a field.
      if (/[{}]/.test(file.text.slice(span.start, span.end).replace(/\{\{|\}\}/g, ''))) continue;
      const key = foldName(text);
      const field = object?.fields?.find(known => foldName(known.name) === key || foldName(known.label) === key)?.name;
      const holes = field === undefined ? { text } : { text, field };
      // In YAML a template has a key of its own.
      const whole = file.notation === 'yaml' ? entryOf(file, span) : span;
      const written = file.notation === 'yaml' && field !== undefined ? `salesforce: ${field}` : field;
      const fixes = written === undefined ? [] : nameInstead(file, whole, written);
      report(file, span, 'template-without-holes', holes, { fixes });
    }
    for (const { literals } of conditions) unfilled(file, literals, report);
    for (const { node } of settings) unfilled(file, literalsOf(node.value), report);
    if (status?.table !== undefined && status.table.id === undefined) checkTable(status.table, report);
  },
  program({ tables, tests }, report) {
    for (const table of tables) checkTable(table, report);
    for (const { file, values } of tests) for (const { literals } of values) unfilled(file, literals, report, true);
  },
};

function checkTable({ file, table }: BoundTable, report: Report): void {
  for (const row of table.rows) {
    if (row.kind === 'row') unfilled(file, [row.left, row.right], report);
    else if (row.fallback.action.kind === 'text') unfilled(file, [row.fallback.action], report);
  }
}

const hole = /\{[A-Za-z_]\w*(?:\.\w+)*\}/;

function unfilled(
  file: SourceFile,
  literals: readonly (Literal | Text | Missing)[],
  report: Report,
  inTest = false,
): void {
  for (const literal of literals) {
    const found = literal.kind === 'text' ? hole.exec(literal.value) : null;
    if (found) report(file, literal.span, 'braces-not-filled', { hole: found[0], inTest });
  }
}
