/** What is waiting to run, in the order of (time, arrival): jobs and events alike. */

export interface Due<T> {
  readonly at: number;
  readonly serial: number;
  readonly work: T;
}

export interface DueList<T> {
  add(at: number, work: T): Due<T>;
  /** Takes the first entry that is due and that `free` lets run. */
  take(now: number, free?: (work: T) => boolean): Due<T> | undefined;
  /** When the next entry is due. */
  nextAt(): number | undefined;
  remove(wanted: (work: T) => boolean): number;
  all(): readonly Due<T>[];
  clear(): void;
}

export function createDueList<T>(): DueList<T> {
  let entries: Due<T>[] = [];
  let serial = 0;
  return {
    add(at, work) {
      const entry = { at, serial: ++serial, work };
      // Nearly always last: walk back from the end.
      let place = entries.length;
      while (place > 0 && entries[place - 1]!.at > at) place--;
      entries.splice(place, 0, entry);
      return entry;
    },
    take(now, free = () => true) {
      const place = entries.findIndex(entry => entry.at <= now && free(entry.work));
      return place < 0 ? undefined : entries.splice(place, 1)[0];
    },
    nextAt: () => entries[0]?.at,
    remove(wanted) {
      const before = entries.length;
      entries = entries.filter(entry => !wanted(entry.work));
      return before - entries.length;
    },
    all: () => entries,
    clear: () => {
      entries = [];
    },
  };
}
