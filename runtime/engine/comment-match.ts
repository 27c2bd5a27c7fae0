/**
 * Who is whose copy, among the comments that one look found. By pairs first, then by genuine markers, never
 * by author: people and flows also act as the integration user. A marker that somebody quoted makes
 * nothing ours.
 */

import type { AdfDocument } from '../../compiler/conversion/rich-text/adf.ts';
import { canonicalDocument } from '../../compiler/conversion/rich-text/adf.ts';
import type { CommentPair, Copy, JiraComment, SalesforceComment, SentWords } from '../conversation.ts';
import type { Instant } from '../ports.ts';
import { quarantineMs } from './claim.ts';
import type { CommentInput } from './comment-input.ts';
import {
  bareJiraCopy,
  bareSalesforceCopy,
  jiraWords,
  salesforceDocument,
  salesforceWords,
  unixLines,
} from './comment-text.ts';
import { isGenuine, type Place, readMarkerLine, type Sign } from './marker-text.ts';

/** A pair while a look works on it. */
export type Draft = { -readonly [K in keyof CommentPair]: CommentPair[K] };

/** A comment that is nobody's copy. */
export type Original = { readonly id: string; readonly digest: string; readonly at: Instant } & (
  | { readonly side: 'salesforce'; readonly comment: SalesforceComment }
  | { readonly side: 'jira'; readonly comment: JiraComment }
);

/** A copy that a person changed. */
export interface Edit {
  readonly part: number;
  readonly at: Instant;
  readonly digest: string;
  /** Their words. */
  bare(): AdfDocument | null;
}

export interface Matched {
  readonly drafts: Draft[];
  /** The pair of an original. */
  readonly known: ReadonlyMap<string, Draft>;
  readonly originals: readonly Original[];
  readonly edits: ReadonlyMap<Draft, Edit>;
  /** Whose copy, or a part of it, was asked for without an answer, and is there; and the copy's words. */
  readonly found: ReadonlyMap<Draft, Edit['bare']>;
  /** Whose words were sent without an answer, and stand there. */
  readonly arrived: ReadonlyMap<Draft, SentWords>;
  /** Whose words were sent without an answer, can no longer land, and were read: others stand there. */
  readonly gone: ReadonlyMap<Draft, SentWords>;
}

export const other = (side: 'salesforce' | 'jira') => (side === 'jira' ? 'salesforce' : 'jira');
export const nameOfOriginal = (side: 'salesforce' | 'jira', id: string): string => `${side} ${id}`;

export const salesforceDigest = (body: string, rich: boolean, sign: Sign): string =>
  short(rich ? JSON.stringify(salesforceDocument(body, true)) : unixLines(body).trimEnd(), sign);
export const jiraDigest = (body: unknown, sign: Sign): string => short(JSON.stringify(canonicalDocument(body)), sign);
/** Of a copy: its words only, since each system keeps their form in its own way. */
export const copyDigest = (words: string, sign: Sign): string =>
  short(`words ${words.replace(/[\s\u00a0]+/g, ' ').trim()}`, sign);
const short = (content: string, sign: Sign): string => sign(`content ${content}`).slice(0, 12);

export function matchComments(input: CommentInput): Matched {
  const { complete, link, sign } = input;
  const place: Place = { org: input.org, record: link.record };
  const salesforce = input.salesforce.filter(one => !one.deleted && one.record === link.record).sort(byAge);
  const jira = [...(input.jira ?? [])].sort(byAge);
  const drafts: Draft[] = [];
  const known = new Map<string, Draft>();
  const copies = new Map<string, { readonly draft: Draft; readonly part: number }>();
  const originals: Original[] = [];
  const edits = new Map<Draft, Edit>();
  const found = new Map<Draft, Edit['bare']>();
  /** Of the copies that are read: what their words are now. */
  const standing = new Map<Draft, string[]>();

  const enter = (pair: CommentPair): Draft => {
    const draft: Draft = { ...pair };
    drafts.push(draft);
    known.set(nameOfOriginal(pair.from, pair.source), draft);
    pair.copies.forEach(({ id }, part) => {
      if (id !== undefined) copies.set(nameOfOriginal(other(pair.from), id), { draft, part });
    });
    return draft;
  };
  const adopt = (
    draft: Draft,
    part: number,
    copy: { readonly id: string; readonly digest: string; readonly at: Instant },
    bare: Edit['bare'],
  ) => {
    const { digest, at } = copy;
    const asked = draft.copies[part];
    if ((asked?.at ?? 0) > 0 && !found.has(draft)) found.set(draft, bare);
    // Somebody was quicker than whoever looks for it: nothing else may ever bring a look here again.
    if (asked?.digest !== undefined && asked.digest !== digest) edits.set(draft, { part, at, digest, bare });
    draft.copies = draft.copies.map((slot, at) =>
      at === part ? { digest: slot.digest ?? copy.digest, id: copy.id } : slot,
    );
    copies.set(nameOfOriginal(other(draft.from), copy.id), { draft, part });
  };
  /** True for a copy; with other words than the bridge gave it, it was edited. */
  const observed = (side: 'salesforce' | 'jira', id: string, digest: string, at: Instant, bare: Edit['bare']) => {
    const found = copies.get(nameOfOriginal(side, id));
    if (found === undefined) return false;
    const { draft, part } = found;
    const slot = draft.copies[part]!;
    standing.set(draft, [...(standing.get(draft) ?? []), digest]);
    if (slot.digest === undefined)
      draft.copies = draft.copies.map((copy, index) => (index === part ? { ...copy, digest } : copy));
    else if (slot.digest !== digest && !(draft.sending?.to === 'copy' && draft.sending.copies[part]?.digest === digest))
      edits.set(draft, { part, at, digest, bare });
    return true;
  };
  for (const pair of input.pairs) enter(pair);

  for (const comment of salesforce) {
    const { id, body, rich, stamp } = comment;
    const words = salesforceWords(body, rich);
    const copied = copyDigest(words, sign);
    if (observed('salesforce', id, copied, stamp, () => bareSalesforceCopy(body, rich))) continue;
    if (isSalesforceCopy(comment, words, copied)) continue;
    originals.push({ side: 'salesforce', id, digest: salesforceDigest(body, rich, sign), at: stamp, comment });
  }
  for (const comment of jira) {
    const { id, body, updatedAt } = comment;
    const copied = copyDigest(jiraWords(body), sign);
    if (observed('jira', id, copied, updatedAt, () => bareJiraCopy(body))) continue;
    if (isJiraCopy(comment, copied)) continue;
    originals.push({ side: 'jira', id, digest: jiraDigest(body, sign), at: updatedAt, comment });
  }
  return { drafts, known, originals, edits, found, ...settleSent() };

  /** What stands there as it was sent is agreed on; what does not is sent anew, once it can no longer land. */
  function settleSent(): Pick<Matched, 'arrived' | 'gone'> {
    const arrived = new Map<Draft, SentWords>();
    const gone = new Map<Draft, SentWords>();
    for (const draft of drafts) {
      const { sending } = draft;
      if (sending === undefined) continue;
      const { from, source } = draft;
      const [seen, before, after] =
        sending.to === 'copy'
          ? [standing.get(draft) ?? [], digestsOf(draft), digestsOf(sending)]
          : [
              originals.filter(({ side, id }) => side === from && id === source).map(({ digest }) => digest),
              [draft.digest],
              [sending.digest],
            ];
      if (seen.length === 0) continue;
      const isThere = seen.length === after.length && seen.every(digest => after.includes(digest));
      if (isThere && seen.some(digest => !before.includes(digest))) {
        const { digest, open, copies } = sending;
        Object.assign(draft, { digest, open, copies: copies.map((copy, at) => ({ ...draft.copies[at], ...copy })) });
        arrived.set(draft, sending);
        delete draft.sending;
        // The words of a copy that were sent to its original are no edit any more.
        const edit = edits.get(draft);
        if (edit !== undefined && edit.digest === draft.copies[edit.part]?.digest) edits.delete(draft);
      } else if (input.now - sending.at >= quarantineMs) {
        gone.set(draft, sending);
        delete draft.sending;
      }
    }
    return { arrived, gone };
  }

  function isSalesforceCopy(
    { id, open, body, rich, stamp: at }: SalesforceComment,
    words: string,
    digest: string,
  ): boolean {
    const bare = () => bareSalesforceCopy(body, rich);
    const marker = readMarkerLine(words, place, sign);
    if (marker === undefined) return false;
    if (marker.kind !== 'comment') return true;
    const part = marker.part - 1;
    const draft = known.get(nameOfOriginal('jira', marker.id));
    if (draft !== undefined) {
      const slot = draft.copies[part];
      if (slot === undefined || slot.id === undefined) {
        if (slot !== undefined) adopt(draft, part, { id, digest, at }, bare);
        return true;
      }
      // Passed on as it is, it is still ours; with words of their own it is somebody's comment.
      return slot.digest === undefined || slot.digest === digest;
    }
    const source = jira.find(one => one.id === marker.id);
    if (!complete && source !== undefined) {
      const slots = Array.from({ length: marker.parts }, (): Copy => ({ at: 0 }));
      const pair = {
        from: 'jira',
        source: source.id,
        digest: jiraDigest(source.body, sign),
        open,
        copies: slots,
      } as const;
      adopt(enter(pair), part, { id, digest, at }, bare);
    }
    return true;
  }

  function isJiraCopy({ id, internal, marker, body, updatedAt: at }: JiraComment, digest: string): boolean {
    const bare = () => bareJiraCopy(body);
    if (marker === undefined || marker.org !== input.org || !isGenuine(marker, sign)) return false;
    if (marker.kind !== 'comment' || marker.record !== link.record) return true;
    const draft = known.get(nameOfOriginal('salesforce', marker.source));
    if (draft !== undefined) {
      if (draft.copies.length > 0 && draft.copies[0]!.id === undefined) adopt(draft, 0, { id, digest, at }, bare);
    } else if (!complete) {
      const source = salesforce.find(one => one.id === marker.source);
      const known = source === undefined ? '' : salesforceDigest(source.body, source.rich, sign);
      const pair = { from: 'salesforce', source: marker.source, digest: known, open: !internal, copies: [{}] } as const;
      adopt(enter(pair), 0, { id, digest, at }, bare);
    }
    return true;
  }
}

const digestsOf = ({ copies }: Pick<CommentPair, 'copies'>) =>
  copies.filter(({ gone }) => !gone).map(({ digest }) => digest);

const byAge = (
  a: { readonly id: string; readonly createdAt: Instant },
  b: { readonly id: string; readonly createdAt: Instant },
): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
