import type { Clause } from '../../../dsl/ast.ts';
import type { Span } from '../../../dsl/source.ts';
import { headOf, removal, seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** `when` may repeat, and a second `otherwise` is the rule's own affair. */
export const duplicateClause: Rule = {
  name: 'duplicate-clause',
  item({ file, node, clauses }, report) {
    if (!Object.values(clauses).some(ofKind => ofKind.length > 1)) return;
    const first = new Map<string, Span>();
    for (const clause of node.clauses) {
      if (clause.kind === 'rule' || clause.kind === 'otherwise') continue;
      const word = wordOf(clause);
      const before = first.get(word);
      if (before === undefined) {
        first.set(word, clause.span);
        continue;
      }
      report(
        file,
        headOf(file, clause.span),
        'duplicate-clause',
        { clause: word },
        {
          related: seeAlso(file, headOf(file, before), 'the first one'),
          fixes: removal(file, clause.span, 'remove this one'),
        },
      );
    }
  },
};

const wordOf = (clause: Clause): string =>
  clause.kind === 'switch' ? clause.feature : clause.kind === 'new-issue' ? 'new issue' : clause.kind;
