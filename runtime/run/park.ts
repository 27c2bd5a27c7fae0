/**
 * What could not be done, kept where people see it and where the next cycles find it: with growing delays
 * while trying again makes sense, without a date when only a person can help.
 */
import { type Attention, type LinkKey, linkKey } from '../ports.ts';
import type { Run } from './run.ts';

const minute = 60_000;
/** After the last one a person has to help. */
const retryDelays = [1, 5, 15, 30, 60, 120, 240, 480].map(minutes => minutes * minute);

export interface Trouble {
  readonly cause: string;
  readonly remedy: string;
  readonly issueKey?: string | undefined;
  /** Names of fields whose conflicts wait for a person's choice. */
  readonly held?: readonly string[];
  /** Try again by itself; with a time, not before it. */
  readonly retry: boolean | { readonly at: number };
}

export async function park(run: Run, key: LinkKey, trouble: Trouble): Promise<void> {
  await keepTrouble(run, linkKey(key), key, trouble, await run.attention(key));
}

/** Under this name; with one more try than what was known of it before. */
export async function keepTrouble(
  run: Run,
  id: string,
  key: LinkKey,
  trouble: Trouble,
  before: Attention | undefined,
): Promise<void> {
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
    ...(trouble.held === undefined || trouble.held.length === 0 ? {} : { held: trouble.held }),
    ...(dueAt === undefined ? {} : { retry: { tries, dueAt } }),
  };
  await run.deps.store.saveAttention(attention);
  run.count(key.item, 'failed');
}

/** The trouble is over. */
export async function unpark(run: Run, key: LinkKey): Promise<void> {
  if ((await run.attention(key)) !== undefined) await run.deps.store.dropAttention(linkKey(key));
}
