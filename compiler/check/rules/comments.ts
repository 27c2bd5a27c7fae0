import { isOn } from '../../bind/bound.ts';
import { headOf, replace } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Comments travel to cases and to whatever has a feed. */
export const comments: Rule = {
  name: 'comments',
  item({ file, clauses, object, mode }, report) {
    if (object === undefined || mode === 'display-only' || object.feedEnabled || object.name === 'Case') return;
    for (const { state, span, options } of clauses.comments) {
      if (!isOn(state)) continue;
      const off = { ...replace(file, state.span, 'off', 'write `comments off`'), asks: true as const };
      const fixes = options.length > 0 ? [] : [off];
      report(file, headOf(file, span), 'object-without-feed', { object: object.name }, { fixes });
    }
  },
};
