/** What a new program means for items that run already: since when each creates, and which of them it changed. */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { createSince, type Item } from '../engine/index.ts';
import type { Activation, Instant } from '../ports.ts';
import { isUnchanged } from './guard.ts';
import { formerIds, mostUnseen, programOf } from './renamed.ts';
import type { Run } from './run.ts';

/** What is stored, by name; nothing where there is nothing yet. */
export type Known<T> = ReadonlyMap<string, T | undefined>;

export async function activationsOf({ deps: { store } }: Run, items: readonly Item[]): Promise<Known<Activation>> {
  const all = items.map(async ({ plan }) => [plan.id, await store.activation(plan.id)] as const);
  return new Map(await Promise.all(all));
}

/** The moment from which each item creates is fixed when it is first seen, and kept. */
export async function activate(
  run: Run,
  items: Iterable<Item>,
  stored: Known<Activation>,
): Promise<Map<string, Activation>> {
  const { store } = run.deps;
  const activations = new Map<string, Activation>();
  for (const item of items) {
    const { id, create } = item.plan;
    const known = stored.get(id) ?? (await inherited(run, item));
    let activation = known;
    // Also of an item that is off by now: it may have been on for a while in which no cycle came.
    if (activation.createSince === undefined && (create.records !== 'off' || isBehind(run, activation))) {
      const on = await switchedOn(run, item, activation);
      if (on !== undefined) activation = { ...activation, createSince: on };
    }
    if (isBehind(run, activation) && (await isUnchanged(run, item, activation)))
      activation = { ...activation, caughtUp: run.program.version };
    if (activation !== known) await store.saveActivation(activation);
    activations.set(id, activation);
  }
  return activations;
}

/**
 * From which moment on records count. Creation was first switched on by the oldest of the programs that were saved one
 * after the other before any cycle came, so that who corrects a program at once does not lose the records made meanwhile,
 * and so that the moment does not depend on whether a cycle came between two saves. A day counts as the newest of those
 * that create at all names it: that is its correction.
 */
async function switchedOn(
  { program, deps: { store } }: Run,
  { plan }: Item,
  { caughtUp = 0 }: Activation,
): Promise<Instant | undefined> {
  let since: Instant | undefined;
  let newest: ItemPlan | undefined;
  const note = (item: ItemPlan, savedAt: Instant) => {
    if (item.create.records === 'off') return;
    since = savedAt;
    newest ??= item;
  };
  note(plan, program.savedAt);
  let ids: readonly (string | undefined)[] = [plan.id, plan.was];
  const unseen = (await store.programVersions()).filter(
    ({ version }) => version < program.version && version > caughtUp,
  );
  for (const { version, savedAt } of unseen.slice(0, mostUnseen)) {
    const saved = await programOf(store, version);
    const before = saved?.plan.items.find(({ id }) => ids.includes(id));
    if (before === undefined) break;
    note(before, savedAt);
    ids = [before.id, before.was];
  }
  return since === undefined || newest === undefined ? undefined : createSince(newest, since);
}

/** An item that had another id before creates since the same moment, and is caught up as far as it was. */
async function inherited(run: Run, { plan }: Item): Promise<Activation> {
  for (const id of await formerIds(run, plan)) {
    const before = await run.deps.store.activation(id);
    if (before === undefined) continue;
    const { allowed: _, ...kept } = before;
    return { ...kept, item: plan.id };
  }
  return { item: plan.id };
}

export const isBehind = (run: Run, activation: Activation | undefined): boolean =>
  activation !== undefined && activation.caughtUp !== run.program.version;
