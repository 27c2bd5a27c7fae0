/** What a new program means for items that run already: since when each creates, and which of them it changed. */
import { createSince, type Item } from '../engine/index.ts';
import type { Activation } from '../ports.ts';
import { isUnchanged } from './guard.ts';
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
