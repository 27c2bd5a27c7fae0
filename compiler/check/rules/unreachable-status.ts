import type { SourceFile, Span } from '../../../dsl/source.ts';
import { type BoundItem, rowsOneWay } from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import type { MetadataLookup } from '../../metadata/lookup.ts';
import type { IssueTypeMetadata, StatusMetadata, TransitionMetadata } from '../../metadata/model.ts';
import { statusMatches } from '../../plan/lower-status.ts';
import { headOf } from '../fixes.ts';
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
        for (const { file, span, status, matched } of targetsOf(item, issueType, lookup)) {
          if (seen.has(status.id)) continue;
          seen.add(status.id);
          if (issueType.transitions !== undefined) {
            const stuck = stuckIn(issueType, issueType.transitions, status, lookup);
            // Few workflows lead from everywhere to everywhere; of what nobody wrote only a dead end is worth a word.
            if (stuck !== undefined && !(matched && stuck.any)) report(file, span, 'unreachable-status', stuck);
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
  /** By closest match: no row names it. */
  readonly matched?: true;
}

/** What the rule moves to; without a rule, what status sync does, by its rows and by closest match. */
function targetsOf(item: BoundItem, issueType: IssueTypeMetadata, lookup: MetadataLookup): readonly Target[] {
  const { file, rules, status } = item;
  const targets: Target[] = [];
  for (const { target } of rules) {
    if (target?.status) targets.push({ file, span: target.node.span, status: target.status });
  }
  if (rules.length > 0 || status === undefined) return targets;
  const { table } = status;
  for (const { to } of table === undefined ? [] : rowsOneWay(table, true)) {
    if (to.kind === 'missing') continue;
    const found = lookup.status(issueType, spelled(to));
    if (found !== undefined) targets.push({ file: table!.file, span: to.span, status: found });
  }
  for (const { to } of statusMatches(item, status, lookup)?.toJira ?? []) {
    const found = lookup.status(issueType, to);
    if (found === undefined) continue;
    targets.push({ file, span: headOf(file, status.node.span), status: found, matched: true });
  }
  return targets;
}
