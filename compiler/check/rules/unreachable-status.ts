import type { SourceFile, Span } from '../../../dsl/source.ts';
import { type BoundItem, writesJira } from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import type { MetadataLookup } from '../../metadata/lookup.ts';
import type { IssueTypeMetadata, StatusMetadata, TransitionMetadata } from '../../metadata/model.ts';
import type { Rule } from '../rule.ts';

/** A move takes one transition: a status that some other one does not lead to. Edges come from the snapshot. */
export const unreachableStatus: Rule = {
  name: 'unreachable-status',
  items({ lookup }, report) {
    let told = false;
    return {
      item(item) {
        const { issueType } = item;
        if (lookup === undefined || issueType === undefined || item.mode === 'display-only') return;
        const seen = new Set<string>();
        for (const { file, span, status } of targetsOf(item, issueType, lookup)) {
          if (seen.has(status.id)) continue;
          seen.add(status.id);
          if (issueType.transitions !== undefined) {
            const stuck = stuckIn(issueType, issueType.transitions, status, lookup);
            if (stuck !== undefined) report(file, span, 'unreachable-status', stuck);
          } else if (!told) {
            // Once for the program: where one workflow was not shown, none was.
            told = true;
            report(file, span, 'transitions-not-known', { name: status.name, issueType: issueType.name });
          }
        }
      },
    };
  },
};

function stuckIn(
  issueType: IssueTypeMetadata,
  transitions: readonly TransitionMetadata[],
  { id: target, name }: StatusMetadata,
  lookup: MetadataLookup,
) {
  const others = lookup.statuses(issueType).filter(({ id }) => id !== target);
  const stuck = others.filter(({ id }) => !transitions.some(one => leads(one, id, target)));
  if (stuck.length === 0) return undefined;
  const from = stuck.map(status => status.name);
  return { name, from, any: stuck.length < others.length, issueType: issueType.name };
}

const leads = ({ from, to, initial }: TransitionMetadata, start: string, end: string): boolean =>
  !initial && to === end && (from === undefined || from.includes(start));

interface Target {
  readonly file: SourceFile;
  readonly span: Span;
  readonly status: StatusMetadata;
}

/** What the rule moves to; without a rule, what the rows of the status table move to. */
function targetsOf(
  { file, rules, status }: BoundItem,
  issueType: IssueTypeMetadata,
  lookup: MetadataLookup,
): readonly Target[] {
  const targets: Target[] = [];
  for (const { target } of rules) {
    if (target?.status) targets.push({ file, span: target.node.span, status: target.status });
  }
  if (rules.length > 0 || status?.table === undefined) return targets;
  for (const row of status.table.table.rows) {
    if (row.kind !== 'row' || row.arrow.kind !== 'arrow' || !writesJira(row.arrow.arrow)) continue;
    if (row.right.kind === 'missing') continue;
    const found = lookup.status(issueType, spelled(row.right));
    if (found !== undefined) targets.push({ file: status.table.file, span: row.right.span, status: found });
  }
  return targets;
}
