import { type Clause, isMissing } from '../../../dsl/ast.ts';
import { headOf, removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';

const codes = {
  where: 'where-in-display-only',
  create: 'create-in-display-only',
  fields: 'fields-in-display-only',
  'new-issue': 'new-issue-in-display-only',
  status: 'status-in-display-only',
  rule: 'rule-in-display-only',
  otherwise: 'otherwise-in-display-only',
  comments: 'comments-in-display-only',
  attachments: 'attachments-in-display-only',
} as const;

const kindOf = (clause: Clause): string => (clause.kind === 'switch' ? clause.feature : clause.kind);

/** A display-only item has none of the clauses that write, move or create. */
export const displayOnly: Rule = {
  name: 'display-only',
  item({ file, mode, node }, report) {
    if (mode !== 'display-only') return;
    for (const clause of node.clauses) {
      const kind = kindOf(clause);
      if (kind in codes) {
        const fixes = removal(file, clause.span, 'remove it');
        report(file, headOf(file, clause.span), codes[kind as keyof typeof codes], {}, { fixes });
      } else if (clause.kind === 'jira' && clause.issueType !== undefined && !isMissing(clause.issueType)) {
        const { span } = clause.issueType;
        const before = clause.projects.at(-1)?.span.end ?? span.start;
        const fixes = removal(file, { start: before, end: span.end }, 'remove the issue type');
        report(file, span, 'issue-type-in-display-only', {}, { fixes });
      }
    }
  },
};
