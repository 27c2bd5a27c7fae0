/**
 * What is said about a copied file, once: in Jira that it was copied and from where, on the record in
 * Salesforce which attachment it is. For the team only, on both sides.
 */
import { block, document, text } from '../../compiler/conversion/rich-text/adf.ts';
import type { Copy, FilePair } from '../conversation.ts';
import {
  fileCommentTitle,
  fileNoteTitle,
  type Item,
  isGenuine,
  markerLine,
  quarantineMs,
  type Sign,
  sealedMarker,
} from '../engine/index.ts';
import type { Failure, Instant, Link, Outcome } from '../ports.ts';
import { about } from './comment-writes.ts';
import { findSalesforceNote, salesforceNote } from './notes.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';

/** `unclear`: whether one of them was made nobody knows. */
export interface Noted {
  readonly pairs: readonly FilePair[];
  readonly unclear?: Failure;
}

/**
 * Notes that are owed are remembered as asked for, then made; `save` keeps the pairs on the way, and says whether
 * they are still ours. Answers them with what is known at the end.
 */
export async function writeFileNotes(
  run: Run,
  item: Item,
  link: Link,
  pairs: readonly FilePair[],
  save: (pairs: readonly FilePair[]) => Promise<boolean>,
): Promise<Noted> {
  const now = run.deps.clock.now();
  const owed = pairs.map(pair => ({ pair, sides: sidesOf(pair).filter(side => isDue(pair.notes[side], now)) }));
  if (owed.every(({ sides }) => sides.length === 0)) return { pairs };
  const asked = owed.map(({ pair, sides }) =>
    sides.length === 0
      ? pair
      : { ...pair, notes: { ...pair.notes, ...Object.fromEntries(sides.map(side => [side, { at: now }])) } },
  );
  if (!(await save(asked))) return { pairs: asked };

  const sign = await run.sign();
  const after: FilePair[] = [];
  let unclear: Failure | undefined;
  for (const [at, { pair, sides }] of owed.entries()) {
    let next = asked[at]!;
    for (const side of sides) {
      const before = pair.notes[side];
      const found = before === undefined ? undefined : await find(run, link, pair, side, sign);
      const made: Outcome<string> =
        found?.id === undefined ? await make(run, item, link, pair, side, sign) : { ok: true, value: found.id };
      if (!made.ok && made.failure.kind === 'unknown') unclear = made.failure;
      const note = copyAfter(made, now);
      next = { ...next, notes: { ...next.notes, [side]: note } };
    }
    after.push(next);
  }
  await save(after);
  return { pairs: after, ...(unclear && { unclear }) };
}

/** When a note whose making was not answered can be looked for. */
export function notesOwedAt(pairs: readonly FilePair[]): Instant | undefined {
  const times = pairs.flatMap(({ notes }) =>
    [notes.jira, notes.salesforce].flatMap(note => (note?.at === undefined ? [] : [note.at + quarantineMs])),
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

type Side = 'jira' | 'salesforce';

/** Where a note is due: only about what was copied, and on the record only about what came from Jira. */
function sidesOf({ from, document, attachment, at }: FilePair): readonly Side[] {
  if (document === undefined || attachment === undefined || at !== undefined) return [];
  return from === 'jira' ? ['jira', 'salesforce'] : ['jira'];
}

const isDue = (note: Copy | undefined, now: Instant): boolean =>
  note === undefined || (note.at !== undefined && now >= note.at + quarantineMs);

async function find(run: Run, link: Link, pair: FilePair, side: Side, sign: Sign): Promise<Copy | undefined> {
  const attachment = pair.attachment!;
  if (side === 'salesforce') {
    const id = await findSalesforceNote(run, link, sign, 'attachment-note', attachment);
    return id === undefined ? undefined : { id };
  }
  const comments = await run.deps.jira.comments(link.issueId);
  const found = comments.find(
    ({ marker }) => marker?.kind === 'attachment' && marker.source === attachment && isGenuine(marker, sign),
  );
  return found === undefined ? undefined : { id: found.id };
}

async function make(
  run: Run,
  item: Item,
  link: Link,
  pair: FilePair,
  side: Side,
  sign: Sign,
): Promise<Outcome<string>> {
  const outcome = await attempt(() =>
    side === 'jira' ? inJira(run, link, pair, sign) : inSalesforce(run, link, pair, sign),
  );
  if (outcome.ok) return outcome;
  const { failure } = outcome;
  if (stopsRun(failure)) run.stop(failure);
  else if (failure.kind !== 'unknown') {
    const reason = `no note about “${pair.name}” could be made: ${sentence(failure)}`;
    const origin = item.plan.attachmentsClause?.origin ?? item.plan.origin;
    run.note({ ...about(link), side, outcome: 'skipped', what: 'File note', reason, origin });
  }
  return outcome;
}

async function attempt(work: () => Promise<Outcome<string>>): Promise<Outcome<string>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Refused, it is not asked for again; not sent at all, at the next look. */
function copyAfter(outcome: Outcome<string>, now: Instant): Copy {
  if (outcome.ok) return { id: outcome.value };
  const { kind } = outcome.failure;
  if (kind === 'unknown') return { at: now };
  return kind === 'refused' || kind === 'forbidden' || kind === 'gone' ? { gone: true } : { at: 0 };
}

async function inJira(run: Run, link: Link, pair: FilePair, sign: Sign): Promise<Outcome<string>> {
  const from = pair.from === 'jira' ? 'was attached in Jira and copied to Salesforce' : 'came from Salesforce';
  const body = document([block('paragraph', [text(`${fileCommentTitle}: “${pair.name}” ${from}.`)])]);
  const marker = sealedMarker('attachment', pair.attachment!, { org: run.org, record: link.record }, sign);
  const { id } = await run.deps.jira.addComment(link.issueId, { body, internal: true, marker });
  return { ok: true, value: id };
}

async function inSalesforce(run: Run, link: Link, pair: FilePair, sign: Sign): Promise<Outcome<string>> {
  const attachment = pair.attachment!;
  const { issueKey, record } = link;
  const marker = { kind: 'attachment-note', issueKey, id: attachment, part: 1, parts: 1 } as const;
  const lines = [
    fileNoteTitle,
    `Jira attachment: ${attachment} of ${issueKey}`,
    `File: ${pair.name}`,
    '',
    markerLine(marker, { org: run.org, record }, sign),
  ];
  const [outcome] = await run.deps.salesforce.insert([salesforceNote(link, lines.join('\n'))]);
  return outcome!;
}
