import { isMissing } from '../../../dsl/ast.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

export const unknownTable: Rule = {
  name: 'unknown-table',
  item({ file, mappings, clauses }, report, { tablesById }) {
    const named = [
      ...mappings.flatMap(({ node }) =>
        node.modifiers.flatMap(modifier => (modifier.kind === 'by' ? [modifier.table] : [])),
      ),
      ...clauses.status.flatMap(clause => (clause.by === undefined ? [] : [clause.by])),
    ];
    for (const name of named) {
      if (isMissing(name) || tablesById.has(name.text)) continue;
      const suggestion = nearest(name.text, tablesById.keys());
      const fixes = nameInstead(file, name.span, suggestion);
      report(file, name.span, 'unknown-table', { name: name.text, suggestion }, { fixes });
    }
  },
};
