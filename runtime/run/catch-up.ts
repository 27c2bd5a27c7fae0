/**
 * After a program changed: all links of the items that it changed are looked at again, and the records that they may
 * make issues for. A slice a cycle, one cycle after the other, from the place that the last one reached.
 */
import { eligibleQuery, type Item } from '../engine/index.ts';
import type { Activation, CatchUp, Link } from '../ports.ts';
import { isBehind } from './activation.ts';
import { holdBack } from './guard.ts';
import { isMisplaced, takeOver, takeTombstones, takeTrouble } from './moved.ts';
import { isSynchronized } from './named.ts';
import { renamedItems } from './renamed.ts';
import type { Run } from './run.ts';
import type { Eligible, Slice } from './slice.ts';

/** Links, and records of each item, in one cycle. */
export const catchUpSize = 2_000;

/** Nothing when all items are caught up. */
export async function openCatchUp(
  run: Run,
  activations: ReadonlyMap<string, Activation>,
): Promise<Slice<CatchUp> | undefined> {
  const behind = () => [...run.items.values()].filter(({ plan }) => isBehind(run, activations.get(plan.id)));
  if (behind().length === 0) return undefined;
  const state = (await begun(run, behind())) ?? (await begin(run, behind(), activations));
  // Those that would go too far rest by now.
  const items = behind().filter(isSynchronized);
  const page = state.linksDone ? { links: [] } : await run.deps.store.linksFrom(state.after, catchUpSize);
  const ids = new Set(items.map(({ plan }) => plan.id));
  const next = 'next' in page ? page.next : undefined;
  const eligible = next === undefined ? items.flatMap(item => eligibleOf(item, state, activations)) : [];
  return {
    links: page.links.filter(link => ids.has(link.item)),
    eligible,
    next: came => after(state, next, eligible, came),
    done: ({ linksDone, records }) =>
      linksDone === true && items.every(item => eligibleOf(item, { records }, activations).length === 0),
  };
}

/** What an earlier cycle left of the same version and of these very items. */
async function begun(run: Run, behind: readonly Item[]): Promise<CatchUp | undefined> {
  const stored = await run.deps.store.catchUp();
  if (stored?.version !== run.program.version) return undefined;
  return behind.every(({ plan }) => stored.items.includes(plan.id)) ? stored : undefined;
}

/** One look at all links: some are known under other keys, and of each item it is seen how far it would go. */
async function begin(
  run: Run,
  behind: readonly Item[],
  activations: ReadonlyMap<string, Activation>,
): Promise<CatchUp> {
  const { store } = run.deps;
  const linked = new Map(behind.map(({ plan }) => [plan.id, [] as string[]]));
  const renamed = await renamedItems(run);
  const misplaced: Link[] = [];
  for await (const link of store.allLinks()) {
    if (isMisplaced(run, renamed, link)) misplaced.push(link);
    linked.get(renamed.get(link.item) ?? link.item)?.push(link.record);
  }
  await takeTrouble(run, renamed);
  await takeOver(run, renamed, misplaced);
  await takeTombstones(run, renamed);
  for (const item of behind.filter(isSynchronized)) {
    const { caughtUp, allowed } = activations.get(item.plan.id) ?? {};
    const meant = caughtUp === undefined || allowed === run.program.version;
    if (!meant) await holdBack(run, item, linked.get(item.plan.id) ?? []);
  }
  const going = behind.map(({ plan }) => plan.id).filter(id => run.items.has(id));
  const state: CatchUp = { version: run.program.version, items: going, records: {} };
  await store.saveCatchUp(state);
  return state;
}

const worked = 'done';

function eligibleOf(
  item: Item,
  { records }: Pick<CatchUp, 'records'>,
  activations: ReadonlyMap<string, Activation>,
): readonly Eligible[] {
  const { id, create } = item.plan;
  const since = activations.get(id)?.createSince;
  const after = records[id];
  if (create.records === 'off' || since === undefined || after === worked) return [];
  const query = (readers: readonly Item[]) =>
    eligibleQuery(
      item.plan,
      readers.map(({ plan }) => plan),
      since,
      catchUpSize,
      after,
    );
  return [{ item, query }];
}

function after(
  state: CatchUp,
  next: string | undefined,
  eligible: readonly Eligible[],
  came: (item: string) => readonly string[],
): CatchUp {
  if (next !== undefined) return { ...state, after: next };
  const reached = eligible.map(({ item: { plan } }) => {
    const ids = [...came(plan.id)].sort();
    return [plan.id, ids.length < catchUpSize ? worked : ids.at(-1)!] as const;
  });
  const { after: _, ...rest } = state;
  return { ...rest, linksDone: true, records: { ...state.records, ...Object.fromEntries(reached) } };
}
