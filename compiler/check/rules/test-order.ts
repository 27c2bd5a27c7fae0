import type { Duration } from '../../../dsl/ast.ts';
import { seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** `at` counts from the start of a test and never goes back. */
export const testOrder: Rule = {
  name: 'test-order',
  program({ tests }, report) {
    for (const { file, node } of tests) {
      let latest: Duration | undefined;
      for (const { at } of node.steps) {
        if (at?.kind !== 'duration') continue;
        if (latest && at.milliseconds < latest.milliseconds) {
          const related = seeAlso(file, latest.span, 'the later time');
          report(file, at.span, 'time-goes-back', { at: at.raw, before: latest.raw }, { related });
        } else latest = at;
      }
    }
  },
};
