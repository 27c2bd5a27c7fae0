/**
 * What could not be done, kept where people see it and where the next cycles find it: with growing delays while
 * trying again makes sense, without a date when only a person can help. Trouble beside fields and status has a name
 * of its own, so that a link whose fields are well again does not hide that its comments are not.
 */
import { type Attention, type Instant, type LinkKey, linkKey } from '../ports.ts';
import type { Next } from './remedy.ts';
import type { Run } from './run.ts';

const minute = 60_000;
/** After the last one a person has to help. */
const retryDelays = [1, 5, 15, 30, 60, 120, 240, 480].map(minutes => minutes * minute);

/** How long to wait after so many tries; nothing when a person has to help. */
export const delayAfter = (tries: number): number | undefined => retryDelays[tries - 1];

export interface Trouble {
  readonly cause: string;
  /** A text, or one for while it is tried again and one for afterwards. */
  readonly remedy: string | ((next: Next) => string);
  readonly issueKey?: string | undefined;
  /** Names of fields whose conflicts wait for a person's choice. */
  readonly held?: readonly string[];
  /** Try again by itself, after growing delays; or then, or no more, after so many tries. */
  readonly retry: boolean | { readonly at?: Instant; readonly tries: number };
}

/** Of a link, or of a record that should have one: its fields and status, or what is beside them. */
export type Part = 'comments' | 'files' | 'note';
const parts: readonly (Part | undefined)[] = [undefined, 'comments', 'files', 'note'];
const nameOf = (key: LinkKey, part: Part | undefined): string =>
  part === undefined ? linkKey(key) : `${linkKey(key)}#${part}`;

const known = async (run: Run, id: string): Promise<Attention | undefined> =>
  (await run.allAttention()).find(one => one.id === id);

/** How often it was tried so far, whoever is to try next. */
export const triesOf = (known: Attention | undefined): number => known?.retry?.tries ?? known?.tries ?? 0;

/** With one more try than what was known of it before. True when it was not known, or not for this reason. */
export async function park(run: Run, key: LinkKey, trouble: Trouble, part?: Part): Promise<boolean> {
  const id = nameOf(key, part);
  const before = await known(run, id);
  const { cause, remedy, issueKey, held = [], retry } = trouble;
  const now = run.deps.clock.now();
  const isNews = before?.cause !== cause;
  // What was given up is tried once when something else makes a look, and not with all its delays again.
  const earlier = before?.retry === undefined && isNews ? 0 : triesOf(before);
  const tries = typeof retry === 'object' ? retry.tries : earlier + 1;
  const delay = delayAfter(tries);
  const dueAt = typeof retry === 'object' ? retry.at : retry && delay !== undefined ? now + delay : undefined;
  await run.deps.store.saveAttention({
    id,
    item: key.item,
    record: key.record,
    ...(issueKey === undefined ? {} : { issueKey }),
    since: before?.since ?? now,
    cause,
    remedy: typeof remedy === 'string' ? remedy : remedy(dueAt === undefined ? 'given up' : 'again'),
    ...(held.length === 0 ? {} : { held }),
    ...(dueAt !== undefined ? { retry: { tries, dueAt } } : retry === false ? {} : { tries }),
  });
  // Nothing failed where a program holds both values: they wait for a person.
  run.count(key.item, held.length > 0 && retry === false ? 'skipped' : 'failed');
  return isNews;
}

/** Whether known trouble brings it back after that time anyway, or has been left to a person. */
export async function waitsFor(run: Run, key: LinkKey, part: Part, at: Instant): Promise<boolean> {
  const found = await known(run, nameOf(key, part));
  return found !== undefined && (found.retry === undefined || found.retry.dueAt > at);
}

/** The trouble is over. */
export const unpark = (run: Run, key: LinkKey, part?: Part): Promise<void> => drop(run, [nameOf(key, part)]);

/** All trouble of a link that ends or rests: there is nothing that could be tried again. */
export const unparkAll = (run: Run, key: LinkKey): Promise<void> =>
  drop(
    run,
    parts.map(part => nameOf(key, part)),
  );

async function drop(run: Run, ids: readonly string[]): Promise<void> {
  for (const { id } of await run.allAttention()) if (ids.includes(id)) await run.deps.store.dropAttention(id);
}

/** What a whole item cannot do. */
export async function parkItem(
  run: Run,
  item: string,
  what: string,
  trouble: Pick<Attention, 'cause' | 'remedy'>,
): Promise<void> {
  const id = `${item}#${what}`;
  const before = await known(run, id);
  if (before?.cause === trouble.cause) return;
  const { cause, remedy } = trouble;
  await run.deps.store.saveAttention({ id, item, since: before?.since ?? run.deps.clock.now(), cause, remedy });
}

export const unparkItem = (run: Run, item: string, what: string): Promise<void> => drop(run, [`${item}#${what}`]);
