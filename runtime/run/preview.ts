/**
 * what a program would do before it is active: issues that it would make, fields and statuses that it would
 * write, what it would leave alone, and why. The same functions decide as in a run; nothing is written anywhere.
 * Items that mean the same as now are not looked at, of very many links a sample is, and time is bounded.
 */
import type { Plan } from '../../compiler/plan/ir.ts';
import { meaningOfItem } from '../../compiler/plan/meaning.ts';
import { compileItem } from '../engine/index.ts';
import type { Link } from '../ports.ts';
import type { Deps } from './deps.ts';
import { activationFor, creationsOf } from './flood.ts';
import { creationEntries, lateDay } from './preview-creations.ts';
import type { PreviewEntry } from './preview-entry.ts';
import { linkEntries } from './preview-links.ts';

export interface ItemPreview {
  readonly itemId: string;
  readonly name: string;
  /** The id that it has now, when it would get another one: its links go on with it. */
  readonly was?: string;
  /** It means the same as now: nothing would change. */
  readonly unchanged: boolean;
  /** Issues that the next cycle would make, at most. */
  readonly creates: number;
  readonly links: number;
  /** Links that were looked at; fewer than there are where they are very many. */
  readonly looked: number;
  readonly counts: Readonly<Partial<Record<PreviewEntry['outcome'], number>>>;
  /** The first ones. */
  readonly entries: readonly PreviewEntry[];
}

export interface Preview {
  readonly items: readonly ItemPreview[];
  /** Items that are active now and would be no more: their links would rest. */
  readonly removed: readonly { readonly itemId: string; readonly links: number }[];
}

/** A resolver has 25 seconds, and a person less patience. */
const budgetMs = 15_000;
const sampled = 200;
const entriesShown = 100;

export async function previewPlan(deps: Deps, plan: Plan): Promise<Preview> {
  const { store, clock } = deps;
  const until = clock.now() + budgetMs;
  const program = await store.program();
  const before = new Map(program?.plan.items.map(item => [item.id, item]));
  const linked = await linkedRecords(deps, plan);
  const creations = new Map((await creationsOf(deps, plan)).map(one => [one.item, one]));
  const items: ItemPreview[] = [];
  for (const own of plan.items) {
    const now = before.get(own.id);
    const unchanged = now !== undefined && meaningOfItem(now) === meaningOfItem(own);
    const keys = linked.get(own.id) ?? [];
    const item = compileItem(own);
    const look = own.mode === 'display-only' || unchanged || clock.now() >= until ? [] : spread(keys, sampled);
    const entries = [
      ...(unchanged ? [] : lateDay(own, await activationFor(store, own))),
      ...(await creationEntries(deps, item, creations.get(own.id), until)),
      ...(await linkEntries(deps, item, look)),
    ];
    items.push({
      itemId: own.id,
      name: own.name,
      ...(now === undefined && own.was !== undefined && before.has(own.was) ? { was: own.was } : {}),
      unchanged,
      creates: creations.get(own.id)?.atMost ?? 0,
      links: keys.length,
      looked: look.length,
      counts: countsOf(entries),
      entries: entries.slice(0, entriesShown),
    });
  }
  const kept = new Set(plan.items.flatMap(({ id, was }) => (was === undefined ? [id] : [id, was])));
  const removed = [...before.keys()]
    .filter(id => !kept.has(id))
    .map(itemId => ({ itemId, links: linked.get(itemId)?.length ?? 0 }));
  return { items, removed };
}

/** Links by the item that would have them. */
async function linkedRecords({ store }: Deps, plan: Plan): Promise<ReadonlyMap<string, readonly Link[]>> {
  const renamed = new Map(plan.items.flatMap(({ id, was }) => (was === undefined ? [] : [[was, id] as const])));
  const found = new Map<string, Link[]>();
  for await (const link of store.allLinks()) {
    const item = renamed.get(link.item) ?? link.item;
    const own = found.get(item) ?? [];
    found.set(item, own);
    own.push(link);
  }
  return found;
}

/** As many as may be looked at, from everywhere in the list. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);

function countsOf(entries: readonly PreviewEntry[]): ItemPreview['counts'] {
  const counts: Partial<Record<PreviewEntry['outcome'], number>> = {};
  for (const { outcome } of entries) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
