import { isMissing } from '../../../dsl/ast.ts';
import { replace, turnArrow } from '../fixes.ts';
import type { Rule } from '../rule.ts';

const arrows = { 'one-way': '->', 'two-way': '<->' } as const;

/** `one-way` and `two-way` say which way every arrow of the item points. */
export const wrongArrow: Rule = {
  name: 'wrong-arrow',
  item({ file, mode, mappings, clauses }, report) {
    if (mode !== 'one-way' && mode !== 'two-way') return;
    const right = arrows[mode];
    for (const { node, source } of mappings) {
      if (isMissing(node.arrow) || node.arrow.arrow === right) continue;
      const word = clauses.sync[0]!.mode;
      // A parent's field and a template are only ever read, so turning their arrow would not help.
      const turns = right === '->' || (source.kind === 'path' && source.path.node.segments.length === 1);
      const fixes = [
        ...(turns ? [turnArrow(file, node.arrow.span, right)] : []),
        replace(file, word.span, 'custom', 'make the item custom'),
      ];
      report(file, node.arrow.span, 'wrong-arrow', { arrow: node.arrow.arrow, mode, right }, { fixes });
    }
  },
};
