/** A part of all that there is, looked at in one cycle; what it takes to go on behind it is remembered. */
import type { DeltaQuery, Item } from '../engine/index.ts';
import type { LinkKey } from '../ports.ts';

/** Records that an item may make issues for; the query is made by whoever knows what else is read of the object. */
export interface Eligible {
  readonly item: Item;
  readonly query: (readers: readonly Item[]) => DeltaQuery;
}

export interface Slice<State> {
  readonly links: readonly LinkKey[];
  readonly eligible: readonly Eligible[];
  /** To remember once all of the slice was looked at; takes the ids of the records that came for an item. */
  next(came: (item: string) => readonly string[]): State;
  /** Nothing is left after it. */
  done(state: State): boolean;
}
