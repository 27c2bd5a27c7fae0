import type { Span } from '../../../dsl/source.ts';
import type { BoundItem } from '../../bind/bound.ts';
import type { Rule } from '../rule.ts';

const needed = {
  salesforce: 'nothing says which records it is for',
  jira: 'nothing says where its issues live',
  sync: 'nothing says who owns what',
} as const;

/** An item that holds a syntax error may have lost a clause to it. */
export const missingClause: Rule = {
  name: 'missing-clause',
  item(item, report) {
    if (item.node.broken) return;
    const at = placeOf(item);
    for (const clause of ['salesforce', 'jira', 'sync'] as const) {
      if (item.clauses[clause].length === 0) {
        report(item.file, at, 'missing-clause', { clause, why: needed[clause] });
      }
    }
    if (item.mode === 'display-only' && item.clauses.show.length === 0) {
      report(item.file, at, 'missing-clause', { clause: 'show', why: 'a display-only item has nothing else to show' });
    }
  },
};

const placeOf = ({ node }: BoundItem): Span => (node.id.kind === 'name' ? node.id.span : node.span);
