/**
 * Records that a cycle looks at although their own stamps say nothing: those of issues that events marked, those
 * that are due to be tried again, those of items that a new program changed, and those whose daily turn it is.
 */
import type { Item } from '../engine/index.ts';
import { type Link, type LinkKey, linkKey, type Versioned } from '../ports.ts';
import type { Run } from './run.ts';

export interface Named {
  /** Ids by object. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
  readonly force: ReadonlySet<string>;
  /** Those of them that are due to be tried again. */
  readonly again: ReadonlySet<string>;
  /** Issues that an event marked: their records. */
  readonly recordsOf: ReadonlyMap<string, readonly string[]>;
  readonly marked: ReadonlySet<string>;
  readonly swept: ReadonlySet<string>;
  readonly left: Set<string>;
  /** Issues that stay marked, whatever becomes of their records. */
  readonly kept: Set<string>;
}

/** Looked at even when its record shows nothing new. */
export const isForced = ({ force, marked, swept }: Named, key: string): boolean =>
  force.has(key) || marked.has(key) || swept.has(key);

export const isSynchronized = ({ plan }: Item): boolean => plan.mode !== 'display-only';

export async function namedRecords(
  run: Run,
  forced: readonly LinkKey[],
  issueIds: readonly string[],
  slice: readonly LinkKey[],
): Promise<Named> {
  const { store, clock } = run.deps;
  const ids = new Map<string, Set<string>>();
  const force = new Set<string>();
  const again = new Set<string>();
  const marked = new Set<string>();
  const swept = new Set<string>();
  const recordsOf = new Map<string, readonly string[]>();
  const add = (key: LinkKey, why: Set<string>) => {
    const item = run.items.get(key.item);
    if (item === undefined || !isSynchronized(item)) return;
    const { object } = item.plan.salesforce;
    const own = ids.get(object) ?? new Set();
    ids.set(object, own.add(key.record));
    why.add(linkKey(key));
  };

  const linked =
    issueIds.length === 0 ? new Map<string, readonly Versioned<Link>[]>() : await store.linksOfIssues(issueIds);
  for (const issueId of issueIds) {
    const links = linked.get(issueId) ?? [];
    for (const { value } of links) add(value, marked);
    recordsOf.set(
      issueId,
      links.map(({ value }) => value.record),
    );
  }
  for (const { item, record, retry } of await run.allAttention()) {
    if (record !== undefined && retry !== undefined && retry.dueAt <= clock.now()) {
      add({ item, record }, force);
      add({ item, record }, again);
    }
  }
  for (const key of forced) add(key, force);
  for (const key of slice) add(key, swept);
  return { ids, force, again, recordsOf, marked, swept, left: new Set(), kept: new Set() };
}
