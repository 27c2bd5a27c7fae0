import type { Fallback } from '../../../dsl/ast.ts';
import { seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** A text instead of a value is for one side; a status has no text to stand in for it at all. */
export const fallbackTexts: Rule = {
  name: 'fallback-texts',
  item({ file, mappings, status }, report) {
    for (const { node, arrow, table, modifiers } of mappings) {
      if (arrow !== '<->') continue;
      const orElse = modifiers['or-else']?.fallback;
      if (orElse && isText(orElse)) report(file, orElse.action.span, 'text-needs-one-owner', {});
      if (table?.otherwise === undefined || !isText(table.otherwise)) continue;
      const related = seeAlso(file, node.span, 'used here');
      report(table.file, table.otherwise.action.span, 'text-needs-one-owner', {}, { related });
    }
    const ofStatus = status?.table?.otherwise;
    if (ofStatus === undefined) return;
    const { action } = ofStatus;
    if (isText(ofStatus) || (action.kind === 'name' && action.text === 'clear'))
      report(status!.table!.file, action.span, 'fallback-in-status', {});
  },
};

const isText = ({ action }: Fallback): boolean => action.kind === 'text' || action.kind === 'template';
