/**
 * Two plans compared by meaning: what is written, read, created and shown more or less, which records and links
 * that touches. Pure, and blind to places, order and notation; empty exactly when both plans mean the same.
 * The command line prints it, and the admin page shows it before a program is activated.
 */

import { limits } from '../catalogue/limits.ts';
import { compare } from '../metadata/json.ts';
import { type Change, change, changeGroups, was } from './diff-change.ts';
import { factChanges } from './diff-facts.ts';
import { linkSentences } from './diff-links.ts';
import { partChanges, wholeChanges } from './diff-parts.ts';
import type { GuardPlan, ItemPlan, Origin, Plan } from './ir.ts';

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
  /** How far a change of the program may reach before somebody is asked, where the configuration says otherwise. */
  readonly limits: readonly Change[];
}

export const isEmptyDiff = ({ items, limits }: PlanDiff): boolean => items.length + limits.length === 0;

export function diffPlans(before: Plan, after: Plan): PlanDiff {
  const old = new Map(before.items.map(item => [item.id, item]));
  const now = new Map(after.items.map(item => [item.id, item]));
  const gone = before.items.filter(({ id }) => !now.has(id));
  const items: ItemDiff[] = [];
  const taken = new Set<string>();
  for (const item of after.items) {
    const own = old.get(item.id);
    const from = own ?? formerly(item, gone);
    if (from !== undefined) taken.add(from.id);
    const diff = from === undefined ? added(item) : changed(from, from === own ? item : { ...item, was: from.id });
    if (diff !== undefined) items.push(diff);
  }
  for (const item of before.items) if (!taken.has(item.id)) items.push(removed(item));
  return {
    items: items.sort((a, b) => compare(a.id, b.id)),
    limits: limitChanges(before.guard ?? {}, after.guard ?? {}),
  };
}

/** The item of which it says that it was it, or, without a word, the one that was it: called again what it was called before. */
const formerly = ({ id, was }: ItemPlan, gone: readonly ItemPlan[]): ItemPlan | undefined =>
  gone.find(one => (was === undefined ? one.was === id : one.id === was));

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

/** A row for each limit, with the one that holds where none is set. */
const limitRows: { readonly [K in keyof GuardPlan]-?: (value: number | undefined) => string } = {
  links: value => `${value ?? limits.guardLinks.value} links of an item may be moved or blanked`,
  share: value => `${value ?? limits.guardShare.value} per cent of the links of an item may be moved or blanked`,
  newIssues: value => `${value ?? limits.newIssues.value} issues may be made at once`,
};
const limitOf = { links: limits.guardLinks, share: limits.guardShare, newIssues: limits.newIssues } as const;

function limitChanges(before: GuardPlan, after: GuardPlan): readonly Change[] {
  return (Object.keys(limitRows) as (keyof GuardPlan)[]).flatMap(key => {
    if (before[key] === after[key]) return [];
    const value = (guard: GuardPlan): number => guard[key] ?? limitOf[key].value;
    const effect = value(after) > value(before) ? 'more' : value(after) < value(before) ? 'less' : 'other';
    const said = `${limitRows[key](after[key])} before somebody is asked${after[key] === undefined ? ', as usual' : ''}`;
    return [change(effect, 'limits', `guard.${key}`, was(said, String(value(before))))];
  });
}
