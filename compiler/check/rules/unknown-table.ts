import { isMissing, type Missing, type Name } from '../../../dsl/ast.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** `by` names a table that there is. */
export const unknownTable: Rule = {
  name: 'unknown-table',
  item({ file, mappings, clauses }, report, { tablesById }) {
    const look = (name: Name | Missing) => {
      if (isMissing(name) || tablesById.has(name.text)) return;
      report(file, name.span, 'unknown-table', () => {
        const near = nearest(name.text, tablesById.keys());
        return { holes: { name: name.text, near }, fixes: nameInstead(file, name.span, ...near) };
      });
    };
    for (const { node } of mappings) {
      for (const modifier of node.modifiers) if (modifier.kind === 'by') look(modifier.table);
    }
    for (const { by } of clauses.status) if (by !== undefined) look(by);
  },
};
