import { nearest } from '../../suggest.ts';
import { textInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Statuses of rules, status tables and tests that the workflow does not have. */
export const unknownStatus: Rule = {
  name: 'unknown-status',
  program({ items, tests, lookup }, report) {
    if (lookup === undefined) return;
    for (const { file, statuses } of [...items, ...tests]) {
      for (const { node, issueType, status } of statuses) {
        if (status !== undefined) continue;
        const names = lookup.statuses(issueType).map(known => known.name);
        const suggestion = nearest(node.value, names);
        const fixes = textInstead(file, node.span, suggestion);
        const holes = { name: node.value, issueType: issueType.name, names, suggestion };
        report(file, node.span, 'unknown-status', holes, { fixes });
      }
    }
  },
};
