import type { Fallback } from '../../../dsl/ast.ts';
import { seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** A text instead of a value is for one side; a status has no text to stand in for it at all. */
export const fallbackTexts: Rule = {
  name: 'fallback-texts',
  item({ file, mappings, status }, report) {
    const isText = ({ action }: Fallback) => action.kind === 'text' || action.kind === 'template';
    for (const { node, arrow, table, modifiers } of mappings) {
      if (arrow !== '<->') continue;
      const orElse = modifiers['or-else']?.fallback;
      if (orElse && isText(orElse)) report(file, orElse.action.span, 'text-needs-one-owner', {});
      for (const row of table?.table.rows ?? []) {
        if (row.kind !== 'table-otherwise' || !isText(row.fallback)) continue;
        const related = seeAlso(file, node.span, 'used here');
        report(table!.file, row.fallback.action.span, 'text-needs-one-owner', {}, { related });
      }
    }
    for (const row of status?.table?.table.rows ?? []) {
      if (row.kind !== 'table-otherwise') continue;
      const { action } = row.fallback;
      if (isText(row.fallback) || (action.kind === 'name' && action.text === 'clear')) {
        report(status!.table!.file, action.span, 'fallback-in-status', {});
      }
    }
  },
};
