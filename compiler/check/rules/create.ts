import { isMissing } from '../../../dsl/ast.ts';
import { removal, replace } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** `matching` needs a rule, and `since` something that is created. */
export const create: Rule = {
  name: 'create',
  item({ file, node, clauses, mode }, report) {
    if (mode === 'display-only') return;
    for (const clause of clauses.create) {
      if (isMissing(clause.records)) continue;
      const { text, span } = clause.records;
      if (text === 'matching' && clauses.rule.length === 0 && !node.broken) {
        // Of more records than were asked for somebody has to decide.
        const fixes = [{ ...replace(file, span, 'all', 'write all'), asks: true as const }];
        report(file, span, 'create-matching-without-rule', {}, { fixes });
      }
      if (clause.since !== undefined && /^(off|no|false)$/i.test(text)) {
        const since = isMissing(clause.since) ? clause.span : clause.since.span;
        const fixes = removal(file, { start: span.end, end: since.end }, 'remove since');
        report(file, since, 'since-with-off', {}, { fixes });
      }
    }
  },
};
