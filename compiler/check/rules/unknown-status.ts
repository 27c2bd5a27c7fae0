import type { BoundItem, BoundTest } from '../../bind/bound.ts';
import type { MetadataLookup } from '../../metadata/lookup.ts';
import { nearest } from '../../suggest.ts';
import { textInstead } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Statuses of rules, status tables and tests that the workflow does not have. */
export const unknownStatus: Rule = {
  name: 'unknown-status',
  item: (item, report, { lookup }) => checkStatuses(item, lookup, report),
  program({ tests, lookup }, report) {
    for (const test of tests) checkStatuses(test, lookup, report);
  },
};

function checkStatuses({ file, statuses }: BoundItem | BoundTest, lookup: MetadataLookup | undefined, report: Report) {
  if (lookup === undefined) return;
  for (const { node, issueType, status } of statuses) {
    if (status !== undefined) continue;
    report(file, node.span, 'unknown-status', () => {
      const names = lookup.statuses(issueType).map(known => known.name);
      const near = nearest(node.value, names);
      const holes = { name: node.value, issueType: issueType.name, names, near };
      return { holes, fixes: textInstead(file, node.span, ...near) };
    });
  }
}
