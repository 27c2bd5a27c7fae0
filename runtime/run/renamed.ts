/**
 * The ids that items had before. Mostly that is the one that the program names. Where programs were saved one after the
 * other before any cycle came, an item may have had several, and the last program may name none of them any more.
 */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { PortError, type SavedProgram } from '../ports.ts';
import type { Deps } from './deps.ts';
import type { Run } from './run.ts';

/** How many programs that no cycle has seen are looked through. */
export const mostUnseen = 50;

/** The last one first. */
export async function formerIds(
  { program, deps: { store } }: Run,
  item: Pick<ItemPlan, 'id' | 'was'>,
): Promise<readonly string[]> {
  const ids = new Set(item.was === undefined ? [] : [item.was]);
  let known = item;
  const older = (await store.programVersions()).filter(({ version }) => version < program.version);
  for (const { version } of older.slice(0, mostUnseen)) {
    // A cycle has seen it under that name, and what it was called before that is over.
    if (((await store.activation(known.id))?.caughtUp ?? 0) >= version) break;
    const items = (await programOf(store, version))?.plan.items;
    const before = items?.find(({ id }) => id === known.was) ?? items?.find(({ id }) => id === known.id);
    if (before === undefined) break;
    if (before.was !== undefined) ids.add(before.was);
    known = before;
  }
  // Somebody else's by now. The program that runs leaves out items that rest.
  const taken = new Set((await programOf(store, program.version))?.plan.items.map(({ id }) => id));
  return [...ids].filter(id => !taken.has(id));
}

/** New ids by former ones. */
export async function renamedItems(run: Run): Promise<ReadonlyMap<string, string>> {
  const renamed = new Map<string, string>();
  for (const { plan } of run.items.values()) for (const id of await formerIds(run, plan)) renamed.set(id, plan.id);
  return renamed;
}

/** A program of another time may be in a form that is not read any more: then nothing is known of it. */
export const programOf = (store: Deps['store'], version: number): Promise<SavedProgram | undefined> =>
  store.programVersion(version).catch((error: unknown) => {
    if (!(error instanceof PortError) || error.failure.kind !== 'refused') throw error;
    return undefined;
  });
