/**
 * What one look at the comments of a link comes to: what has to be made, what was edited, what waits. What
 * may have been made already is not made again before it was looked for; deletions do not travel.
 */
import type { ItemPlan, Origin } from '../../compiler/plan/ir.ts';
import type { CommentPair, JiraComment, SentWords } from '../conversation.ts';
import type { Instant } from '../ports.ts';
import { quarantineMs } from './claim.ts';
import type { CommentInput } from './comment-input.ts';
import {
  type Draft,
  type Edit,
  type Matched,
  matchComments,
  nameOfOriginal,
  type Original,
  other,
} from './comment-match.ts';
import { jiraWords, startOf } from './comment-text.ts';
import { type CommentWrite, createCommentWriter, isOnCase, wordsOf } from './comment-write.ts';
import { foundReason, goneReason } from './decision.ts';

export interface CommentDecisions {
  /** To remember before anything is sent. */
  readonly pairs: readonly CommentPair[];
  readonly writes: readonly CommentWrite[];
  /** Not written, by the program's will; told once. */
  readonly skips: readonly CommentSkip[];
  /** What an earlier run made or changed, and was stopped before it could say so. */
  readonly found: readonly FoundCopy[];
  /** A request whose answer was lost is too young to be looked for. */
  readonly waitUntil?: Instant;
  /** There is more to make than one look should. */
  readonly more: boolean;
}

export interface FoundCopy {
  readonly side: 'jira' | 'salesforce';
  readonly outcome: 'created' | 'written';
  /** How the comment begins; empty where that was not looked at, or where other words stand there by now. */
  readonly start: string;
  readonly reason: string;
  readonly origin: Origin;
  /** How the text begins that gave way, when both sides were edited. */
  readonly lost?: string;
}

export interface CommentSkip {
  /** Where nothing is written. */
  readonly side: 'jira' | 'salesforce';
  readonly reason: string;
  readonly origin: Origin;
}

/** New copies in one look: Jira takes no more than a hundred writes of an issue in half a minute. */
export const mostCreations = 40;

/** Settings under which a look was taken; with others, skipped comments may travel. */
export const settingsOf = ({ comments, attachments }: ItemPlan): string =>
  [comments.on, comments.internal, comments.published, attachments].map(Number).join('');

/** `whole`: only a look at all comments of both sides can decide. */
export function decideComments(input: CommentInput): CommentDecisions | 'whole' {
  const wholeBoth = input.whole && input.jira !== undefined;
  if (!input.complete && !wholeBoth) return 'whole';
  const matched = matchComments(input);
  if (!wholeBoth && leavesDoubt(input, matched)) return 'whole';

  const { drafts, edits } = matched;
  const known = new Map(matched.known);
  const writer = createCommentWriter(input);
  const origin = input.plan.comments.origin ?? input.plan.origin;
  const writes: CommentWrite[] = [];
  const skips: CommentSkip[] = [];
  let waitUntil: Instant | undefined;
  let creations = 0;
  let more = false;

  for (const original of matched.originals) {
    if (original.side === 'salesforce' && wordsOf(original).trim() === '') continue;
    const name = nameOfOriginal(original.side, original.id);
    const draft = known.get(name) ?? fresh(original);
    const remember = () => {
      if (known.has(name)) return;
      known.set(name, draft);
      drafts.push(draft);
    };
    if (draft.digest === '') draft.digest = original.digest;

    const refusal = original.side === 'jira' ? whyNotSent(input, original.comment) : undefined;
    if (refusal !== undefined) {
      if (draft.copies.length > 0) {
        if (draft.open && isOnCase(input)) writes.push(...writer.hide(draft));
        continue;
      }
      remember();
      if (draft.skipped === refusal) continue;
      draft.skipped = refusal;
      skips.push({ side: 'salesforce', reason: refusal, origin });
      continue;
    }
    delete draft.skipped;

    const open = opennessOf(input, original);
    const unanswered = draft.copies.filter(({ id }) => id === undefined);
    if (unanswered.length > 0) {
      const until = Math.max(...unanswered.map(({ at = 0 }) => at + quarantineMs));
      if (input.now < until) {
        waitUntil = Math.min(waitUntil ?? until, until);
        continue;
      }
    }
    if (unanswered.length > 0 || draft.copies.length === 0) {
      if (creations === mostCreations) {
        more = true;
        continue;
      }
      creations++;
      remember();
      writes.push(...writer.copy(draft, original, open));
      continue;
    }
    const edit = edits.get(draft);
    const changed = draft.digest !== original.digest;
    if (edit !== undefined && !(changed && isLater(original, edit))) {
      const stays = whyNotTakenBack(draft, edit);
      if (stays === undefined) writes.push(...writer.takeBack(draft, original, edit));
      else {
        acknowledge(draft, edit);
        skips.push({ side: original.side, reason: stays, origin });
      }
    } else if (changed || draft.open !== open) writes.push(...writer.copy(draft, original, open, edit));
  }

  if (wholeBoth) settleLost(matched);
  return {
    // An original that is gone, and whose copy was never made, is over.
    pairs: drafts.filter(({ copies, skipped }) => skipped !== undefined || copies.length > 0),
    writes,
    skips,
    found: [
      ...[...matched.found].map(([draft, bare]): FoundCopy => {
        const start = startOfOriginal(matched, draft) || startOf(jiraWords(bare()));
        return { side: other(draft.from), outcome: 'created', start, reason: foundReason, origin };
      }),
      ...[...matched.arrived].map(([draft, sent]) =>
        sentBefore(draft, sent, startOfOriginal(matched, draft), foundReason),
      ),
      ...overtaken(matched, writes).map(([draft, sent]) => sentBefore(draft, sent, '', goneReason)),
    ],
    more,
    ...(waitUntil === undefined ? {} : { waitUntil }),
  };

  function sentBefore(draft: Draft, { to, lost }: SentWords, start: string, reason: string): FoundCopy {
    const side = to === 'original' ? draft.from : other(draft.from);
    return { side, outcome: 'written', start, reason, origin, ...(lost === undefined ? {} : { lost }) };
  }

  function fresh(original: Original): Draft {
    const { side, id, digest } = original;
    return { from: side, source: id, digest, open: opennessOf(input, original), copies: [] };
  }
}

/** What was sent and is not there, or gives way now; what is sent again is told with that. */
function overtaken(
  { drafts, gone }: Matched,
  writes: readonly CommentWrite[],
): readonly (readonly [Draft, SentWords])[] {
  const updates = new Map(writes.flatMap(write => (write.act === 'update' ? [[write.pair, write]] : [])));
  return drafts.flatMap(draft => {
    const update = updates.get(draft);
    const sent = gone.get(draft) ?? (update && draft.sending);
    if (sent === undefined) return [];
    // What is sent now takes its place, told once.
    delete draft.sending;
    const isAgain =
      update !== undefined &&
      sent.to === (update.part === undefined ? 'original' : 'copy') &&
      sent.digest === draft.digest &&
      sent.copies.every(({ digest }, at) => digest === draft.copies[at]?.digest);
    return isAgain ? [] : [[draft, sent]];
  });
}

function startOfOriginal({ originals }: Matched, { from, source }: Draft): string {
  const original = originals.find(({ side, id }) => side === from && id === source);
  return original === undefined ? '' : startOf(wordsOf(original));
}

/** Unanswered copies, and edited ones, whose originals or targets were not looked at. */
function leavesDoubt(input: CommentInput, { drafts, originals, edits }: Matched): boolean {
  const readWhole = (side: 'salesforce' | 'jira') => (side === 'jira' ? input.jira !== undefined : input.whole);
  const looked = new Set(originals.map(({ side, id }) => nameOfOriginal(side, id)));
  return drafts.some(draft => {
    const unanswered = draft.copies.some(({ id }) => id === undefined);
    const seen = looked.has(nameOfOriginal(draft.from, draft.source));
    if (unanswered) return !seen || !readWhole(other(draft.from));
    // Words on their way to a copy that is not read may stand there by now.
    if (seen && draft.sending?.to === 'copy' && !readWhole(other(draft.from))) return true;
    return edits.has(draft) && !seen;
  });
}

/** Originals that are not there any more: what their copies waited for will not come. */
function settleLost({ drafts, originals, edits }: Matched): void {
  const looked = new Set(originals.map(({ side, id }) => nameOfOriginal(side, id)));
  for (const draft of drafts) {
    if (looked.has(nameOfOriginal(draft.from, draft.source))) continue;
    draft.copies = draft.copies.filter(({ id }) => id !== undefined);
    const edit = edits.get(draft);
    if (edit !== undefined) acknowledge(draft, edit);
  }
}

/** Why a comment of Jira stays there, as a sentence. */
function whyNotSent(input: CommentInput, { internal }: JiraComment): string | undefined {
  if (!internal) return undefined;
  if (!input.plan.comments.internal)
    return 'the comment is internal or restricted in Jira, and the item does not send those';
  return isOnCase(input) ? undefined : 'an internal comment of Jira never goes to a feed';
}

function whyNotTakenBack(draft: Draft, edit: Edit): string | undefined {
  if (draft.copies.length > 1)
    return 'one part of a long comment was edited where it is a copy; the comment stays as it is';
  return edit.bare() === null ? 'the copy of a comment was emptied; the comment itself stays as it is' : undefined;
}

function acknowledge(draft: Draft, edit: Edit): void {
  draft.copies = draft.copies.map((copy, part) => (part === edit.part ? { ...copy, digest: edit.digest } : copy));
}

/** Both were edited: the later wins, Salesforce when that cannot be told. */
function isLater(original: Original, edit: Edit): boolean {
  const tie = Math.abs(original.at - edit.at) < 1_000;
  return tie ? original.side === 'salesforce' : original.at > edit.at;
}

/** Whether the copy is for customers too. */
function opennessOf(input: CommentInput, original: Original): boolean {
  if (original.side === 'salesforce') return original.comment.open;
  return isOnCase(input) && input.plan.comments.published && !original.comment.internal;
}
