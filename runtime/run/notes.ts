/**
 * The note on a record that says which issue it is linked to: one for each link, in collections, made once.
 * That it is about to be made is kept with the link, so of two runs one makes it; after an unclear answer it is
 * looked for.
 */
import {
  commentFromRow,
  commentsOf,
  linkNoteTitle,
  markerLine,
  quarantineMs,
  readMarkerLine,
  type Sign,
  salesforceWords,
} from '../engine/index.ts';
import type { Failure, Link, Outcome, Versioned } from '../ports.ts';
import { about } from './comment-writes.ts';
import { type Next, remedyFor } from './remedy.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';
import { park, unpark, waitsFor } from './trouble.ts';

/** Links that have no note yet get one. Answers those whose note waits for another look. */
export async function writeLinkNotes(run: Run, links: readonly Versioned<Link>[]): Promise<readonly Link[]> {
  const { store, clock, salesforce } = run.deps;
  const open = links.filter(({ value }) => isOpen(value));
  // A run that died may have made a note, and not said that its trouble is over.
  if (run.cause !== 'event') for (const { value } of links) if (!isOpen(value)) await unpark(run, value, 'note');
  if (open.length === 0) return [];
  if (run.stopped !== undefined) return open.map(({ value }) => value);
  const [sign, site] = await Promise.all([run.sign(), run.siteUrl()]);

  const waiting: Link[] = [];
  const asked: Versioned<Link>[] = [];
  for (const { value, revision } of open) {
    if (isUnanswered(value) && clock.now() < value.note!.at + quarantineMs) {
      if (!(await waitsFor(run, value, 'note', value.note!.at + quarantineMs))) waiting.push(value);
      continue;
    }
    // Who links by hand may have linked the two before.
    const id = isUnanswered(value) || value.managed === 'manual' ? await findNote(run, value, sign) : undefined;
    const next: Link = { ...value, note: { at: clock.now(), ...(id === undefined ? {} : { id }) } };
    const kept = await store.putLink(next, revision);
    if (!kept) waiting.push(value);
    else if (id !== undefined) await found(run, value);
    else asked.push({ value: next, revision: revision + 1 });
  }
  if (asked.length === 0) return waiting;

  let outcomes: readonly Outcome<string>[];
  try {
    outcomes = await salesforce.insert(asked.map(({ value }) => noteOf(run, value, site, sign)));
  } catch (error) {
    const failure = failureOf(error);
    outcomes = asked.map(() => ({ ok: false, failure }));
  }
  for (const [at, { value, revision }] of asked.entries()) {
    if (!(await keep(run, value, revision, outcomes[at]!))) waiting.push(value);
  }
  return waiting;
}

const isUnanswered = ({ note }: Link): boolean =>
  note !== undefined && note.id === undefined && note.refused === undefined;

const isOpen = (link: Link): boolean => link.note === undefined || isUnanswered(link);

/** Its making was not answered and so not told; one of another time was. */
async function found(run: Run, link: Link): Promise<void> {
  await unpark(run, link, 'note');
  const plan = run.items.get(link.item)?.plan;
  if (plan === undefined || !isUnanswered(link) || link.note!.at === 0) return;
  const reason = `the record was linked to ${link.issueKey}; Salesforce did not answer the request that made the note, and it was found`;
  run.note({ ...about(link), side: 'salesforce', outcome: 'created', what: 'Link note', reason, origin: plan.origin });
}

/** False when another look has to see to it. */
async function keep(run: Run, link: Link, revision: number, outcome: Outcome<string>): Promise<boolean> {
  const { store } = run.deps;
  const plan = run.items.get(link.item)?.plan;
  const at = link.note!.at;
  const tell = (result: 'created' | 'skipped', reason: string) => {
    if (plan === undefined) return;
    run.note({ ...about(link), side: 'salesforce', outcome: result, what: 'Link note', reason, origin: plan.origin });
  };
  if (outcome.ok) {
    await unpark(run, link, 'note');
    await store.putLink({ ...link, note: { at, id: outcome.value } }, revision);
    tell('created', `the record was linked to ${link.issueKey}, and the note on it says so`);
    return true;
  }
  const { failure } = outcome;
  if (failure.kind === 'unknown') {
    // An answer that is lost time and again is asked for with growing delays.
    const trouble = {
      cause: sentence(failure),
      remedy: (next: Next) => remedyFor(failure, 'talk', next),
      issueKey: link.issueKey,
      retry: true,
    };
    return !(await park(run, link, trouble, 'note'));
  }
  await unpark(run, link, 'note');
  if (isLasting(failure)) {
    await store.putLink({ ...link, note: { at, refused: sentence(failure) } }, revision);
    tell('skipped', `the record takes no note about its link: ${sentence(failure)}`);
    return true;
  }
  const { note: _, ...without } = link;
  await store.putLink(without, revision);
  if (stopsRun(failure)) run.stop(failure);
  return false;
}

const isLasting = ({ kind }: Failure): boolean => kind === 'refused' || kind === 'forbidden' || kind === 'gone';

const placeOf = (run: Run, link: Link) => ({ org: run.org, record: link.record });
const idOf = ({ issueId, item }: Link): string => `${issueId}:${item}`;

function noteOf(run: Run, link: Link, site: string, sign: Sign) {
  const text = [
    linkNoteTitle,
    `Issue: ${link.issueKey}`,
    `URL: ${site}/browse/${link.issueKey}`,
    `Smart Connected Item: ${run.items.get(link.item)?.plan.name ?? link.item}`,
    `Link: ${link.managed === 'auto' ? 'automatic' : 'manual'}`,
    '',
    markerLine({ kind: 'link', issueKey: link.issueKey, id: idOf(link), part: 1, parts: 1 }, placeOf(run, link), sign),
  ].join('\n');
  return salesforceNote(link, text);
}

/** For users of the org only: an unpublished comment of a case, a post of any other record. */
export const salesforceNote = ({ object, record }: Link, text: string) =>
  object === 'Case'
    ? { object: 'CaseComment', fields: { ParentId: record, CommentBody: text, IsPublished: false } }
    : { object: 'FeedItem', fields: { ParentId: record, Body: text, Type: 'TextPost', IsRichText: false } };

async function findNote(run: Run, link: Link, sign: Sign): Promise<string | undefined> {
  return findSalesforceNote(run, link, sign, 'link', idOf(link));
}

export async function findSalesforceNote(
  run: Run,
  link: Link,
  sign: Sign,
  kind: 'link' | 'attachment-note',
  id: string,
): Promise<string | undefined> {
  const source = link.object === 'Case' ? 'CaseComment' : 'FeedItem';
  const { answers } = await run.deps.salesforce.query([{ soql: commentsOf(source, [link.record]) }]);
  for (const row of answers[0]?.rows ?? []) {
    const comment = commentFromRow(source, row);
    if (comment === undefined) continue;
    const marker = readMarkerLine(salesforceWords(comment.body, comment.rich), placeOf(run, link), sign);
    if (marker?.kind === kind && marker.id === id) return comment.id;
  }
  return undefined;
}
