/**
 * The note on a record that says which issue it is linked to: one for each link, in collections, made once.
 * That it is about to be made is kept with the link, so of two runs one makes it; after an unclear answer it is
 * looked for.
 */
import {
  commentFromRow,
  commentsOf,
  isNoteUnanswered,
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
  const open = links.filter(({ value }) => isNoteOpen(value));
  // A run that died may have made a note, and not said that its trouble is over.
  if (run.cause !== 'event') for (const { value } of links) if (!isNoteOpen(value)) await unpark(run, value, 'note');
  if (open.length === 0) return [];
  if (run.stopped !== undefined) return open.map(({ value }) => value);
  const [sign, site] = await Promise.all([run.sign(), run.siteUrl()]);

  const waiting: Link[] = [];
  const unmade: Versioned<Link>[] = [];
  const found: (Versioned<Link> & { readonly id: string })[] = [];
  for (const { value, revision } of open) {
    if (isNoteUnanswered(value) && clock.now() < value.note!.at + quarantineMs) {
      if (!(await waitsFor(run, value, 'note', value.note!.at + quarantineMs))) waiting.push(value);
      continue;
    }
    // Who links by hand may have linked the two before.
    const id = isNoteUnanswered(value) || value.managed === 'manual' ? await findNote(run, value, sign) : undefined;
    if (id === undefined) unmade.push({ value, revision });
    else found.push({ value, revision, id });
  }
  // Told before it is remembered: later nobody asks any more.
  for (const { value } of found) tellFound(run, value);
  if (found.length > 0) await run.flush();
  for (const { value, revision, id } of found) {
    if (await store.putLink({ ...value, note: { at: clock.now(), id } }, revision)) await unpark(run, value, 'note');
    else waiting.push(value);
  }
  const asked: Versioned<Link>[] = [];
  for (const { value, revision } of unmade) {
    const next: Link = { ...value, note: { at: clock.now() } };
    if (await store.putLink(next, revision)) asked.push({ value: next, revision: revision + 1 });
    else waiting.push(value);
  }
  if (asked.length === 0) return waiting;

  let outcomes: readonly Outcome<string>[];
  try {
    outcomes = await salesforce.insert(asked.map(({ value }) => noteOf(run, value, site, sign)));
  } catch (error) {
    const failure = failureOf(error);
    outcomes = asked.map(() => ({ ok: false, failure }));
  }
  for (const [at, { value }] of asked.entries()) tellMade(run, value, outcomes[at]!);
  await run.flush();
  for (const [at, { value, revision }] of asked.entries()) {
    if (!(await keep(run, value, revision, outcomes[at]!))) waiting.push(value);
  }
  return waiting;
}

/** It was not asked for yet, or nobody knows what came of it. */
export const isNoteOpen = (link: Link): boolean => link.note === undefined || isNoteUnanswered(link);

/** Its making was not answered and so not told; one of another time was. */
function tellFound(run: Run, link: Link): void {
  const plan = run.items.get(link.item)?.plan;
  if (plan === undefined || !isNoteUnanswered(link) || link.note!.at === 0) return;
  const reason = `the record was linked to ${link.issueKey}; Salesforce did not answer the request that made the note, and it was found`;
  run.note({ ...about(link), side: 'salesforce', outcome: 'created', what: 'Link note', reason, origin: plan.origin });
}

function tellMade(run: Run, link: Link, outcome: Outcome<string>): void {
  const plan = run.items.get(link.item)?.plan;
  if (plan === undefined || !(outcome.ok || isLasting(outcome.failure))) return;
  const [result, reason] = outcome.ok
    ? (['created', `the record was linked to ${link.issueKey}, and the note on it says so`] as const)
    : (['skipped', `the record takes no note about its link: ${sentence(outcome.failure)}`] as const);
  run.note({ ...about(link), side: 'salesforce', outcome: result, what: 'Link note', reason, origin: plan.origin });
}

/** False when another look has to see to it. */
async function keep(run: Run, link: Link, revision: number, outcome: Outcome<string>): Promise<boolean> {
  const { store } = run.deps;
  const at = link.note!.at;
  if (outcome.ok) {
    await unpark(run, link, 'note');
    await store.putLink({ ...link, note: { at, id: outcome.value } }, revision);
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
