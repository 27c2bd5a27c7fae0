import { headOf, removal, seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** A rule has branches and then one `otherwise`. */
export const ruleBranches: Rule = {
  name: 'rule-branches',
  item({ file, node, clauses, mode }, report) {
    // In a display-only item each of them is one too many already.
    if (mode === 'display-only') return;
    const [firstWhen] = clauses.rule;
    const [otherwise, ...more] = clauses.otherwise;
    if (firstWhen && otherwise === undefined && !node.broken) {
      report(file, headOf(file, firstWhen.span), 'rule-without-otherwise', {});
    }
    if (otherwise && firstWhen === undefined && !node.broken) {
      const fixes = removal(file, otherwise.span, 'remove it');
      report(file, headOf(file, otherwise.span), 'otherwise-without-rule', {}, { fixes });
    }
    for (const second of more) {
      report(
        file,
        headOf(file, second.span),
        'second-otherwise',
        {},
        {
          related: seeAlso(file, headOf(file, otherwise!.span), 'the first one'),
          fixes: removal(file, second.span, 'remove this one'),
        },
      );
    }
    for (const rule of clauses.rule) {
      if (otherwise === undefined || rule.span.start < otherwise.span.start) continue;
      const related = seeAlso(file, headOf(file, otherwise.span), '`otherwise` stands here');
      report(file, headOf(file, rule.span), 'rule-after-otherwise', {}, { related });
    }
  },
};
