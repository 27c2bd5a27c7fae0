/** What an editor shows beside the text: ids of what is named by its label, and above each item its cost and last run. */
import type { Analysis } from '../../compiler/analysis.ts';
import { jiraFieldOf } from '../../compiler/bind/bound.ts';
import { type Cost, type Costing, costingOf, costOf, type Price, priceOf } from '../../compiler/plan/cost.ts';
import { isMissing } from '../../dsl/ast.ts';
import { planOfItem } from './item-plan.ts';
import type { Hint, Span } from './types.ts';

/** Ids behind Jira's labels, each once in an item: what a rename in Jira would not change. */
export function hints({ bound }: Analysis, path: string): readonly Hint[] {
  const found: Hint[] = [];
  for (const scope of [...bound.items, ...bound.tests]) {
    if (scope.file.path !== path) continue;
    const told = new Set<string>();
    for (const field of scope.jiraFields) {
      const known = jiraFieldOf(field)?.field;
      if (known === undefined || field.node.name === known.id || told.has(known.id)) continue;
      told.add(known.id);
      found.push({ offset: field.node.span.end, text: known.id });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

export interface Lens<Run = unknown> {
  readonly item: string;
  /** The head of the item. */
  readonly span: Span;
  /** Absent while the item is in error. */
  readonly cost?: ItemCost;
  /** And it may be in none: some of what it names is still to be read. */
  readonly partial?: true;
  /** As it was given; absent where the item has not run. */
  readonly lastRun?: Run;
}
export interface ItemCost {
  /** What a cycle asks Salesforce for, on behalf of this item; items of one object share the question. */
  readonly queries: readonly string[];
  /** Of the whole program, in a cycle in which nothing changed. */
  readonly callsPerCycle: number;
  readonly callsPerDay: number;
  /** At most, for one change of this item. */
  readonly perChange: Cost['perChange'];
}

/** `lastRuns` by the id of the item. */
export function lenses<Run>(
  analysis: Analysis,
  path: string,
  lastRuns: ReadonlyMap<string, Run> = new Map(),
): readonly Lens<Run>[] {
  const plans = analysis.bound.items.map(item => ({ item, plan: planOfItem(analysis, item) }));
  const costings = plans.flatMap(({ plan }) => (plan === undefined ? [] : [costingOf(plan)]));
  const whole = costOf(costings);
  return plans.flatMap(({ item: { file, node, id }, plan }) => {
    if (file.path !== path || id === undefined) return [];
    const end = isMissing(node.name) ? node.id.span.end : node.name.span.end;
    const lastRun = lastRuns.get(id);
    return [
      {
        item: id,
        span: { start: node.span.start, end: Math.max(node.span.start, end) },
        ...(plan === undefined ? {} : { cost: costOfItem(costingOf(plan), whole) }),
        ...(lastRun === undefined ? {} : { lastRun }),
      },
    ];
  });
}

function costOfItem(item: Costing, whole: Cost): ItemCost {
  const price = (kind: keyof Cost['perChange']): Price => priceOf(item, kind);
  return {
    queries: whole.queries.filter(({ items }) => items.includes(item.id)).map(({ of }) => of),
    callsPerCycle: whole.callsPerCycle,
    callsPerDay: whole.callsPerDay,
    perChange: { record: price('record'), issue: price('issue'), created: price('created') },
  };
}
