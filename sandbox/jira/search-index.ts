/**
 * Why a search may lag behind: with a delay set, a search sees an issue as it was before the changes that
 * are younger than the delay, and a new issue not at all. Reads by id or key never come this way.
 */
import type { Issue } from './model.ts';

export interface SearchIndex {
  /** Milliseconds until a change is found; 0 finds it at once. */
  delay: number;
  /** To be told before each change; `before` is absent for an issue that is about to be made. */
  note(id: string, before: Issue | undefined, at: number): void;
  /** Issues that a search at `now` must see otherwise than they are: as given, or not at all. */
  outdated(now: number): ReadonlyMap<string, Issue | undefined>;
  clear(): void;
}

export function makeSearchIndex(): SearchIndex {
  let pending: { readonly id: string; readonly before: Issue | undefined; readonly visibleAt: number }[] = [];
  const index: SearchIndex = {
    delay: 0,
    note(id, before, at) {
      if (index.delay > 0) pending.push({ id, before, visibleAt: at + index.delay });
    },
    outdated(now) {
      if (pending.length === 0) return new Map();
      pending = pending.filter(change => change.visibleAt > now);
      const seen = new Map<string, Issue | undefined>();
      for (const change of pending) if (!seen.has(change.id)) seen.set(change.id, change.before);
      return seen;
    },
    clear() {
      pending = [];
    },
  };
  return index;
}
