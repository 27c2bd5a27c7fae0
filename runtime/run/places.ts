/**
 * How far the records of an object were worked off in a cycle. They are read a page at a time and in the order of
 * their stamps, so that a cycle holds few of them however many changed, and what was not read yet is known to be no older than
 * what was read last: up to there, and no further, the watermark may go.
 */
import { advance, byStamp, freshRows, type Stamped, stampKey } from '../engine/index.ts';
import type { Activation, Instant } from '../ports.ts';
import { keepActivation, type ObjectState, type ReadObject, type Rest, type Row, rowsOf } from './read.ts';
import { failureOf, type Run, stopsRun } from './run.ts';

/** How often a long cycle remembers where it is. */
const checkpointMs = 30_000;

export interface Place {
  readonly state: ObjectState;
  /** Of all rows so far. */
  readonly stamps: Stamped[];
  /** Stamp keys of rows that are not done with. */
  readonly unhandled: Set<string>;
  /** Ids of records that were asked for by name, and whether they are done with. */
  readonly named: Map<string, boolean>;
  /** What was not read yet, and the oldest stamp that a record of it can have. */
  unread: { readonly rest: Rest; readonly from: Instant } | undefined;
}

export const placeIn = ({ state }: ReadObject): Place => ({
  state,
  stamps: [],
  unhandled: new Set(),
  named: new Map(),
  unread: undefined,
});

export interface Todo extends Row {
  /** By its own stamp or that of a parent, and not only asked for by name. */
  readonly changed: boolean;
}

/**
 * What of a page is to be done, in order. A record that was asked for by name comes once: what a later page holds of it
 * was read before the bridge wrote to it, and looks like somebody's edit.
 */
export function todoOf(place: Place, { state, rows, extra, rest }: ReadObject): readonly Todo[] {
  for (const { id, stamp } of rows) place.stamps.push({ id, stamp });
  const last = rows.at(-1)?.record.stamp;
  // An empty page that is not the last one says nothing new.
  if (rest === undefined) place.unread = undefined;
  else place.unread = { rest, from: last ?? place.unread?.from ?? state.from };

  const fresh = freshRows(rows, state.known);
  const here = new Set(fresh.map(({ id }) => id));
  const byName = extra.filter(({ id }) => !here.has(id));
  const changedByName = new Set(freshRows(byName, state.known).map(({ id }) => id));
  const todo = [
    ...byName.map(row => ({ ...row, changed: row.stamp >= state.from && changedByName.has(row.id) })),
    ...fresh.filter(({ id }) => !place.named.has(id)).map(row => ({ ...row, changed: true })),
  ];
  for (const row of fresh) if (place.named.get(row.id) === false) place.unhandled.add(stampKey(row));
  for (const { id } of byName) place.named.set(id, false);
  return todo.sort(byStamp);
}

/** The next pages of all that have one, five to a call. */
export async function readOn(run: Run, places: readonly Place[]): Promise<readonly ReadObject[]> {
  const open = places.flatMap(place => (place.unread === undefined ? [] : [{ place, rest: place.unread.rest }]));
  if (open.length === 0 || run.stopped !== undefined || run.overdue()) return [];
  try {
    const { answers } = await run.deps.salesforce.query(open.map(({ rest }) => rest.at));
    return open.flatMap(({ place: { state }, rest: { query } }, index): readonly ReadObject[] => {
      const { rows, failure, rest: at } = answers[index]!;
      // A place that Salesforce does not know any more: the next cycle asks anew from there.
      if (failure !== undefined) return [];
      const rest = at && { query, at };
      return [{ state, rows: rowsOf(state, query, rows), extra: [], missing: [], rest }];
    });
  } catch (error) {
    const failure = failureOf(error);
    if (!stopsRun(failure)) throw error;
    run.stop(failure);
    return [];
  }
}

export const isWorkedOff = ({ unhandled, unread, named }: Place): boolean =>
  unhandled.size === 0 && unread === undefined && ![...named.values()].includes(false);

/** Remembers the places, at the end and now and then before it. */
export function placeKeeper(
  run: Run,
  places: readonly Place[],
  activations: Map<string, Activation>,
  serverTime: Instant,
): { now(): Promise<void>; ifDue(): Promise<void> } {
  let kept = run.deps.clock.now();
  const now = async () => {
    kept = run.deps.clock.now();
    for (const place of places) await keepPlace(run, place, activations, serverTime);
  };
  return {
    now,
    async ifDue() {
      if (run.deps.clock.now() - kept >= checkpointMs) await now();
    },
  };
}

async function keepPlace(
  run: Run,
  place: Place,
  activations: Map<string, Activation>,
  serverTime: Instant,
): Promise<void> {
  const { state, stamps, unhandled, unread } = place;
  if (state.apart === undefined) {
    const watermark = advance(state.watermark, stamps, unhandled, serverTime, unread?.from);
    await run.deps.store.saveWatermark(state.object, watermark);
    return;
  }
  if (!isWorkedOff(place)) return;
  const { unread: _, ...read } = activations.get(state.apart.item) ?? state.apart;
  await keepActivation(run, activations, read);
}
