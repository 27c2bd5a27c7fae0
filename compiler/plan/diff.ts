/**
 * Two plans compared by meaning: what is written, read, created and shown more or less, which records and links
 * that touches. Pure, and blind to places, order and notation; empty exactly when both plans mean the same.
 * The command line prints it, and the admin page shows it before a program is activated.
 */
import { compare } from '../metadata/json.ts';
import { type Change, changeGroups } from './diff-change.ts';
import { factChanges } from './diff-facts.ts';
import { linkSentences } from './diff-links.ts';
import { partChanges, wholeChanges } from './diff-parts.ts';
import type { ItemPlan, Origin, Plan } from './ir.ts';

export { type Change, type ChangeGroup, changeGroups } from './diff-change.ts';

export interface ItemDiff {
  readonly id: string;
  readonly name: string;
  /** `renamed` items may have changes besides. */
  readonly kind: 'added' | 'removed' | 'renamed' | 'changed';
  /** The id before, of a renamed item. */
  readonly was?: string;
  readonly origin: Origin;
  readonly changes: readonly Change[];
  /** What becomes of the links that the item has; sentences. */
  readonly links: readonly string[];
}

export interface PlanDiff {
  /** Those that differ, sorted by id. */
  readonly items: readonly ItemDiff[];
}

export function diffPlans(before: Plan, after: Plan): PlanDiff {
  const old = new Map(before.items.map(item => [item.id, item]));
  const now = new Map(after.items.map(item => [item.id, item]));
  const items: ItemDiff[] = [];
  const taken = new Set<string>();
  for (const item of after.items) {
    const own = old.get(item.id);
    const was = own === undefined && item.was !== undefined && !now.has(item.was) ? old.get(item.was) : undefined;
    const from = own ?? was;
    if (from !== undefined) taken.add(from.id);
    const diff = from === undefined ? added(item) : changed(from, item);
    if (diff !== undefined) items.push(diff);
  }
  for (const item of before.items) if (!taken.has(item.id)) items.push(removed(item));
  return { items: items.sort((a, b) => compare(a.id, b.id)) };
}

function changed(before: ItemPlan, after: ItemPlan): ItemDiff | undefined {
  const renamed = before.id !== after.id;
  const changes = sorted([...partChanges(before, after), ...factChanges(before, after)]);
  if (!renamed && changes.length === 0) return undefined;
  const { id, name, origin } = after;
  const links = linkSentences(before, after, changes);
  return {
    id,
    name,
    kind: renamed ? 'renamed' : 'changed',
    ...(renamed ? { was: before.id } : {}),
    origin,
    changes,
    links,
  };
}

function added(item: ItemPlan): ItemDiff {
  const { id, name, origin } = item;
  return {
    id,
    name,
    kind: 'added',
    origin,
    changes: sorted(wholeChanges(item, 'more')),
    links: linkSentences(undefined, item),
  };
}

function removed(item: ItemPlan): ItemDiff {
  const { id, name, origin } = item;
  return {
    id,
    name,
    kind: 'removed',
    origin,
    changes: sorted(wholeChanges(item, 'less')),
    links: linkSentences(item, undefined),
  };
}

const groups = Object.keys(changeGroups);
/** By what they are about; within, as they were found. */
const sorted = (changes: readonly Change[]): readonly Change[] =>
  [...changes].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
