/**
 * Items that are called again what they were called before: by a rename that is undone, in the text or by taking up an
 * earlier version. The text says nothing of it, and the links go by the id that the item had last.
 */
import type { ItemPlan, Plan } from '../../compiler/plan/ir.ts';
import type { Store } from '../ports.ts';
import { mostUnseen, programOf } from './renamed.ts';

/** Versions that are read at once, after the newest one, which mostly has all names. */
const atOnce = 10;

/** The plan, with the last id as `was` of each item that takes a former one back; otherwise every record would get a second issue. */
export async function withNamesBack(store: Store, plan: Plan): Promise<Plan> {
  const taken = new Set(plan.items.flatMap(({ id, was = id }) => [id, was]));
  const versions = (await store.programVersions()).slice(0, mostUnseen);
  const open = new Set(plan.items.filter(({ was }) => was === undefined).map(({ id }) => id));
  const last = new Map<string, string>();
  /** Names by which, in the versions looked at so far, an item goes that had another one before them: the last one first. */
  const heirs: { readonly was: string; readonly id: string }[] = [];
  for (let from = 0, count = 1; from < versions.length && open.size > 0; from += count, count = atOnce) {
    const some = await Promise.all(versions.slice(from, from + count).map(({ version }) => programOf(store, version)));
    for (const items of some.flatMap(saved => (saved === undefined ? [] : [saved.plan.items]))) {
      for (const { id } of items) {
        if (!open.delete(id)) continue;
        const name = nameAfter(id, heirs);
        if (taken.has(name)) continue;
        taken.add(name);
        last.set(id, name);
      }
      for (const { id, was } of items) if (was !== undefined) heirs.push({ was, id });
    }
  }
  if (last.size === 0) return plan;
  const named = (item: ItemPlan): ItemPlan => {
    const was = last.get(item.id);
    return was === undefined ? item : { ...item, was };
  };
  return { ...plan, items: plan.items.map(named) };
}

/** What an item of that name was called at last, by the renames since: those of the newest version stand first. */
function nameAfter(id: string, heirs: readonly { readonly was: string; readonly id: string }[]): string {
  let name = id;
  for (const heir of heirs.toReversed()) if (heir.was === name) name = heir.id;
  return name;
}
