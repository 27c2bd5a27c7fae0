/**
 * What a new program means for items that run already: since when each creates, which of them changed and have
 * all their links looked at again, and that none does so before it was seen how far it would go.
 */
import { createSince, type Item } from '../engine/index.ts';
import type { Activation, Link, LinkKey } from '../ports.ts';
import { holdBack, isUnchanged } from './guard.ts';
import { isMisplaced, takeOver } from './moved.ts';
import { isSynchronized } from './named.ts';
import type { Run } from './run.ts';

/** The moment from which each item creates is fixed when it is first seen, and kept. */
export async function activate(run: Run, items: Iterable<Item> = run.items.values()): Promise<Map<string, Activation>> {
  const { store } = run.deps;
  const activations = new Map<string, Activation>();
  for (const item of items) {
    const { id, create } = item.plan;
    const known = (await store.activation(id)) ?? (await inherited(run, item));
    let activation = known;
    if (create.records !== 'off' && activation.createSince === undefined)
      activation = { ...activation, createSince: createSince(item, run.program.savedAt) };
    if (isBehind(run, activation) && (await isUnchanged(run, item, activation)))
      activation = { ...activation, caughtUp: run.program.version };
    if (activation !== known) await store.saveActivation(activation);
    activations.set(id, activation);
  }
  return activations;
}

/** An item that had another id before creates since the same moment, and is caught up as far as it was. */
async function inherited(run: Run, { plan }: Item): Promise<Activation> {
  const before = plan.was === undefined ? undefined : await run.deps.store.activation(plan.was);
  const { allowed: _, ...kept } = before ?? {};
  return { ...kept, item: plan.id };
}

export const isBehind = (run: Run, activation: Activation | undefined): boolean =>
  activation !== undefined && activation.caughtUp !== run.program.version;

/** All links of the items that a new program changed; an item that would go too far rests, and has none. */
export async function linksBehind(run: Run, activations: ReadonlyMap<string, Activation>): Promise<readonly LinkKey[]> {
  const items = [...run.items.values()];
  const behind = items.filter(({ plan }) => isBehind(run, activations.get(plan.id)));
  if (behind.length === 0) return [];
  const linked = new Map(behind.map(({ plan }) => [plan.id, [] as string[]]));
  const renamed = new Map(items.flatMap(({ plan }) => (plan.was === undefined ? [] : [[plan.was, plan.id]])));
  const misplaced: Link[] = [];
  for await (const link of run.deps.store.allLinks()) {
    if (isMisplaced(run, renamed, link)) misplaced.push(link);
    linked.get(renamed.get(link.item) ?? link.item)?.push(link.record);
  }
  await takeOver(run, items, misplaced);
  const keys: LinkKey[] = [];
  for (const item of behind.filter(isSynchronized)) {
    const { id } = item.plan;
    const records = linked.get(id) ?? [];
    const { caughtUp, allowed } = activations.get(id) ?? {};
    const meant = caughtUp === undefined || allowed === run.program.version;
    if (!meant && (await holdBack(run, item, records))) continue;
    for (const record of records) keys.push({ item: id, record });
  }
  return keys;
}
