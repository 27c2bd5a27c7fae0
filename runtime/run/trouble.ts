/**
 * Trouble beside fields and status: kept under a name of its own, so that a link whose fields are well again
 * does not hide that its comments are not, and found by the next cycles like any other.
 */
import { type Attention, type LinkKey, linkKey } from '../ports.ts';
import { retryDelays, type Trouble } from './park.ts';
import type { Run } from './run.ts';

export type Part = 'comments' | 'files' | 'note';

const nameOf = (key: LinkKey, part: Part): string => `${linkKey(key)}#${part}`;

/** True when it was not known before, or not for this reason. */
export async function parkPart(run: Run, key: LinkKey, part: Part, trouble: Trouble): Promise<boolean> {
  const id = nameOf(key, part);
  const before = (await run.allAttention()).find(one => one.id === id);
  const now = run.deps.clock.now();
  const tries = (before?.retry?.tries ?? 0) + 1;
  const delay = retryDelays[tries - 1];
  const dueAt =
    typeof trouble.retry === 'object'
      ? trouble.retry.at
      : trouble.retry && delay !== undefined
        ? now + delay
        : undefined;
  const attention: Attention = {
    id,
    item: key.item,
    record: key.record,
    ...(trouble.issueKey === undefined ? {} : { issueKey: trouble.issueKey }),
    since: before?.since ?? now,
    cause: trouble.cause,
    remedy: trouble.remedy,
    ...(dueAt === undefined ? {} : { retry: { tries, dueAt } }),
  };
  await run.deps.store.saveAttention(attention);
  run.count(key.item, 'failed');
  return before?.cause !== trouble.cause;
}

export async function unparkPart(run: Run, key: LinkKey, part: Part): Promise<void> {
  const id = nameOf(key, part);
  if ((await run.allAttention()).some(one => one.id === id)) await run.deps.store.dropAttention(id);
}

/** What a whole item cannot do. */
export async function parkItem(run: Run, item: string, what: string, trouble: Omit<Trouble, 'retry'>): Promise<void> {
  const id = `${item}#${what}`;
  const before = (await run.allAttention()).find(one => one.id === id);
  if (before?.cause === trouble.cause) return;
  const { cause, remedy } = trouble;
  await run.deps.store.saveAttention({ id, item, since: before?.since ?? run.deps.clock.now(), cause, remedy });
}

export async function unparkItem(run: Run, item: string, what: string): Promise<void> {
  const id = `${item}#${what}`;
  if ((await run.allAttention()).some(one => one.id === id)) await run.deps.store.dropAttention(id);
}
