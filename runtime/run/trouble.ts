/**
 * Trouble beside fields and status: kept under a name of its own, so that a link whose fields are well again
 * does not hide that its comments are not, and found by the next cycles like any other.
 */
import { type Instant, type LinkKey, linkKey } from '../ports.ts';
import { keepTrouble, type Trouble } from './park.ts';
import type { Run } from './run.ts';

const parts = ['comments', 'files', 'note'] as const;
export type Part = (typeof parts)[number];

const nameOf = (key: LinkKey, part: Part): string => `${linkKey(key)}#${part}`;

/** True when it was not known before, or not for this reason. */
export async function parkPart(run: Run, key: LinkKey, part: Part, trouble: Trouble): Promise<boolean> {
  const id = nameOf(key, part);
  const before = (await run.allAttention()).find(one => one.id === id);
  await keepTrouble(run, id, key, trouble, before);
  return before?.cause !== trouble.cause;
}

/** Whether known trouble brings it back after that time anyway, or has been left to a person. */
export async function waitsFor(run: Run, key: LinkKey, part: Part, at: Instant): Promise<boolean> {
  const known = (await run.allAttention()).find(({ id }) => id === nameOf(key, part));
  return known !== undefined && (known.retry === undefined || known.retry.dueAt > at);
}

export async function unparkPart(run: Run, key: LinkKey, part: Part): Promise<void> {
  const id = nameOf(key, part);
  if ((await run.allAttention()).some(one => one.id === id)) await run.deps.store.dropAttention(id);
}

/** All trouble of a link that ends or rests: there is nothing that could be tried again. */
export async function unparkAll(run: Run, key: LinkKey): Promise<void> {
  const ids = new Set([linkKey(key), ...parts.map(part => nameOf(key, part))]);
  for (const { id } of await run.allAttention()) if (ids.has(id)) await run.deps.store.dropAttention(id);
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
