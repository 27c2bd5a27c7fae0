/** Units of work: what to look at, why, and what became of it. */
import type { Cause, Decisions, Item } from '../engine/index.ts';
import type { JiraIssue, Link, SalesforceRecord, Versioned } from '../ports.ts';

export interface Work {
  readonly item: Item;
  readonly record: SalesforceRecord;
  readonly link: Versioned<Link>;
  readonly cause: Cause;
  /** Look at the issue even when the record alone shows nothing new. */
  readonly force: boolean;
}

/**
 * `later`: the issue is marked, and the next cycle looks at it. `unhandled`: not even marked or parked, so
 * the watermark must not pass the record.
 */
export type Fate = 'handled' | 'later' | 'unhandled';

export interface Decided {
  readonly work: Work;
  readonly issue: JiraIssue;
  readonly decisions: Decisions;
}

/** Jira fields that a look at these items' issues has to read. */
export function fieldsOf(items: Iterable<Item>): readonly string[] {
  const fields = new Set(['status', 'project', 'issuetype']);
  for (const { plan } of items) for (const { target } of plan.mappings) fields.add(target.id);
  return [...fields].sort();
}
