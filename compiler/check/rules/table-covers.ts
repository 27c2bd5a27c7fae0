import { fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import { foldText } from '../../conversion/index.ts';
import type { Rule } from '../rule.ts';
import { enumerated } from '../values.ts';

/** Values that can occur, and have neither a row nor an `otherwise` or `or else` to answer for them. */
export const tableCovers: Rule = {
  name: 'table-covers',
  item({ file, mappings }, report) {
    for (const mapping of mappings) {
      const { table, modifiers, arrow, node } = mapping;
      if (table === undefined || modifiers['or-else'] !== undefined) continue;
      if (table.table.rows.some(row => row.kind === 'table-otherwise')) continue;
      for (const toJira of [true, false]) {
        if (toJira ? !writesJira(arrow) : !writesSalesforce(arrow)) continue;
        const rows = new Set(
          table.table.rows.flatMap(row => {
            if (row.kind !== 'row' || row.arrow.kind !== 'arrow') return [];
            const counts = toJira ? writesJira(row.arrow.arrow) : writesSalesforce(row.arrow.arrow);
            const from = toJira ? row.left : row.right;
            return counts && from.kind !== 'missing' ? [foldText(spelled(from))] : [];
          }),
        );
        const values = enumerated(mapping, toJira)?.filter(value => !rows.has(foldText(value))) ?? [];
        if (values.length === 0) continue;
        const field = toJira
          ? mapping.source.kind === 'path'
            ? (fieldOf(mapping.source.path)?.field.path.join('.') ?? '')
            : ''
          : (jiraFieldOf(mapping.target)?.field.name ?? '');
        const span = (modifiers.by ?? modifiers['inline-table'] ?? node).span;
        report(file, span, 'table-value-not-covered', { field, values, side: toJira ? 'Jira' : 'Salesforce' });
      }
    }
  },
};
