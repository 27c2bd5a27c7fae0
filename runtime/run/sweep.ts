/**
 * Once a day everything is looked at, a slice a cycle: links, for what neither a stamp nor an event tells (formula
 * fields, restored rights, events lost for good), and records that should have an issue and have none.
 */
import { type DeltaQuery, eligibleQuery, type Item } from '../engine/index.ts';
import type { Activation, Instant, LinkKey, Sweep } from '../ports.ts';
import { isSynchronized } from './named.ts';
import type { Run } from './run.ts';

const day = 24 * 60 * 60_000;
/** Twelve slices an hour, each with a point for each issue: within a twentieth of Jira's 65,000. */
export const sliceSize = 250;

export interface Slice {
  readonly links: readonly LinkKey[];
  /** Records of this item; the query is made by whoever knows what else is read of the object. */
  readonly eligible?: { readonly item: Item; readonly query: (readers: readonly Item[]) => DeltaQuery };
  /** To remember once all of the slice was looked at; takes the ids of the records that came. */
  next(records: readonly string[]): Sweep;
}

/** Nothing while no sweep is due. The first one begins a day after the first cycle. */
export async function openSlice(run: Run, activations: ReadonlyMap<string, Activation>): Promise<Slice | undefined> {
  const { store, clock } = run.deps;
  const now = clock.now();
  const stored = await store.sweep();
  if (stored === undefined) {
    await store.saveSweep({ startedAt: now, done: true });
    return undefined;
  }
  if (stored.done && now - stored.startedAt < day) return undefined;
  const sweep: Sweep = stored.done ? { startedAt: now } : stored;
  const creating = [...run.items.values()].flatMap(item => {
    const since = activations.get(item.plan.id)?.createSince;
    return !isSynchronized(item) || item.plan.create.records === 'off' || since === undefined ? [] : [{ item, since }];
  });
  return sweep.item === undefined ? linksAfter(run, sweep, creating) : recordsAfter(sweep, creating);
}

interface Creating {
  readonly item: Item;
  readonly since: Instant;
}

async function linksAfter(run: Run, sweep: Sweep, creating: readonly Creating[]): Promise<Slice> {
  const { startedAt, after } = sweep;
  const page = await run.deps.store.linksFrom(after, sliceSize);
  return {
    links: page.links,
    next: () => (page.next === undefined ? itemAfter(startedAt, creating, -1) : { startedAt, after: page.next }),
  };
}

function recordsAfter({ startedAt, item: id, after }: Sweep, creating: readonly Creating[]): Slice {
  const at = creating.findIndex(({ item }) => item.plan.id === id);
  const found = creating[at];
  // An item that went away meanwhile, or rests: its turn comes with the next sweep.
  if (found === undefined) return { links: [], next: () => ({ startedAt, done: true }) };
  const { item, since } = found;
  const query = (readers: readonly Item[]) =>
    eligibleQuery(
      item.plan,
      readers.map(({ plan }) => plan),
      since,
      sliceSize,
      after,
    );
  return {
    links: [],
    eligible: { item, query },
    next: records =>
      records.length < sliceSize
        ? itemAfter(startedAt, creating, at)
        : { startedAt, item: item.plan.id, after: [...records].sort().at(-1)! },
  };
}

function itemAfter(startedAt: Instant, creating: readonly Creating[], at: number): Sweep {
  const next = creating[at + 1];
  return next === undefined ? { startedAt, done: true } : { startedAt, item: next.item.plan.id };
}
