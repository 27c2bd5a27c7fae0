/** The plan of one item, also while other items are in error. */
import type { Analysis } from '../../compiler/analysis.ts';
import type { BoundItem } from '../../compiler/bind/bound.ts';
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { lower } from '../../compiler/plan/lower.ts';

const known = new WeakMap<BoundItem, { readonly plan: ItemPlan | undefined }>();

/** Nothing where the item itself, or a table that it uses, is in error. */
export function planOfItem(analysis: Analysis, item: BoundItem): ItemPlan | undefined {
  let found = known.get(item);
  if (found === undefined) {
    found = { plan: make(analysis, item) };
    known.set(item, found);
  }
  return found.plan;
}

function make({ bound, diagnostics }: Analysis, item: BoundItem): ItemPlan | undefined {
  const { file, node } = item;
  const wrong = diagnostics.some(
    found =>
      found.severity === 'error' &&
      found.file === file &&
      node.span.start <= found.span.start &&
      found.span.end <= node.span.end,
  );
  if (wrong || bound.lookup === undefined) return undefined;
  try {
    return lower({ ...bound, items: [item] }).items[0];
  } catch {
    // A table that it uses is in error where it stands, outside of the item.
    return undefined;
  }
}
