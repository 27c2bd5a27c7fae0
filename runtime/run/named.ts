/**
 * Records that a cycle looks at although their own stamps say nothing: those of issues that events marked, those
 * that are due to be tried again, and those of items that a new program changed.
 */
import type { Item } from '../engine/index.ts';
import { type LinkKey, linkKey } from '../ports.ts';
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
  readonly left: Set<string>;
  /** Issues that stay marked, whatever becomes of their records. */
  readonly kept: Set<string>;
}

export const isSynchronized = ({ plan }: Item): boolean => plan.mode !== 'display-only';

export async function namedRecords(run: Run, forced: readonly LinkKey[], issueIds: readonly string[]): Promise<Named> {
  const { store, clock } = run.deps;
  const ids = new Map<string, Set<string>>();
  const force = new Set<string>();
  const again = new Set<string>();
  const marked = new Set<string>();
  const recordsOf = new Map<string, readonly string[]>();
  const add = (key: LinkKey, why: Set<string>) => {
    const item = run.items.get(key.item);
    if (item === undefined || !isSynchronized(item)) return;
    const { object } = item.plan.salesforce;
    const own = ids.get(object) ?? new Set();
    ids.set(object, own.add(key.record));
    why.add(linkKey(key));
  };

  for (const issueId of issueIds) {
    const links = await store.linksOfIssue(issueId);
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
  return { ids, force, again, recordsOf, marked, left: new Set(), kept: new Set() };
}
