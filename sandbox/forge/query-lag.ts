/**
 * Why a query of the store may lag behind: with a delay set it sees rows as they were before the changes that are
 * younger than the delay. Reads by key never come this way, since Forge promises them to be consistent.
 */
import type { StoredRow } from './stored-row.ts';

export interface QueryLag {
  /** Milliseconds until a query sees a change; 0 at once. */
  delay: number;
  /** To be told before each change; `before` is absent for a new key. */
  note(space: string, key: string, before: StoredRow | undefined, now: number): void;
  /** The rows of a space as a query sees them now. */
  seen(space: string, rows: ReadonlyMap<string, StoredRow>, now: number): Iterable<StoredRow>;
  clear(): void;
}

interface Change {
  readonly space: string;
  readonly key: string;
  readonly before: StoredRow | undefined;
  readonly visibleAt: number;
}

export function createQueryLag(): QueryLag {
  let pending: Change[] = [];
  const lag: QueryLag = {
    delay: 0,
    note(space, key, before, now) {
      if (lag.delay > 0) pending.push({ space, key, before, visibleAt: now + lag.delay });
    },
    seen(space, rows, now) {
      pending = pending.filter(change => change.visibleAt > now);
      const changes = pending.filter(change => change.space === space);
      if (changes.length === 0) return rows.values();
      const old = new Map(rows);
      // The latest first, so that the state before the oldest wins.
      for (const { key, before } of changes.reverse()) {
        if (before) old.set(key, before);
        else old.delete(key);
      }
      return old.values();
    },
    clear() {
      pending = [];
    },
  };
  return lag;
}
