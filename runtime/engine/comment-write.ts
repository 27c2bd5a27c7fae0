/**
 * A comment as it is written on the other side: what Jira or Salesforce takes, the marker by which it is
 * known again, and the sentence that explains it.
 */
import type { AdfDocument } from '../../compiler/conversion/rich-text/adf.ts';
import { adfToFeedHtml } from '../../compiler/conversion/rich-text/feed-html.ts';
import type { Origin } from '../../compiler/plan/ir.ts';
import type { CommentMarker, CommentPair, Copy, JiraComment, SalesforceComment } from '../conversation.ts';
import type { CommentInput } from './comment-input.ts';
import { copyDigest, type Draft, type Edit, jiraDigest, type Original, salesforceDigest } from './comment-match.ts';
import {
  type Attribution,
  authorInCopy,
  bareJiraCopy,
  bareSalesforceCopy,
  caseCommentRoom,
  feedHtml,
  feedRoom,
  jiraDocument,
  jiraWords,
  salesforceDocument,
  salesforceTexts,
  salesforceWords,
  startOf,
} from './comment-text.ts';
import { markerLine, sealedMarker } from './marker-text.ts';

interface Writing {
  readonly act: 'create' | 'update';
  readonly pair: CommentPair;
  /** Which of the pair's copies; none for the original itself. */
  readonly part?: number;
  /** Of what is changed. */
  readonly id?: string;
  /** How its text begins, for people. */
  readonly start: string;
  readonly reason: string;
  readonly origin: Origin;
  /** How the text begins that gave way, when both sides were edited. */
  readonly lost?: string;
}
export interface JiraCommentWrite extends Writing {
  readonly side: 'jira';
  readonly body: AdfDocument;
  /** With a copy; an original keeps both as they are. */
  readonly as?: { readonly internal: boolean; readonly marker: CommentMarker };
}
export interface SalesforceCommentWrite extends Writing {
  readonly side: 'salesforce';
  readonly object: 'CaseComment' | 'FeedItem' | 'FeedComment';
  readonly fields: Readonly<Record<string, unknown>>;
}
export type CommentWrite = JiraCommentWrite | SalesforceCommentWrite;

export interface CommentWriter {
  /** Makes the copy of an original, or brings it up to date; `lost` was written into the copy meanwhile. */
  copy(draft: Draft, original: Original, open: boolean, lost?: Edit): readonly CommentWrite[];
  /** What customers could read is for the team only from now on. */
  hide(draft: Draft): readonly CommentWrite[];
  /** A person's words in the copy become the original's. */
  takeBack(draft: Draft, original: Original, edit: Edit): readonly CommentWrite[];
}

export const isOnCase = ({ plan }: CommentInput): boolean => plan.salesforce.object === 'Case';

export function createCommentWriter(input: CommentInput): CommentWriter {
  const { link, sign, now, posts } = input;
  const place = { org: input.org, record: link.record };
  const origin = input.plan.comments.origin ?? input.plan.origin;
  const onCase = isOnCase(input);

  const attributionOf = ({ author, parent }: SalesforceComment): Attribution => {
    if (parent === undefined) return { author };
    const post = posts.get(parent);
    if (post === undefined) return { author, parent: { author: 'a post', start: '' } };
    const start = jiraWords(bareSalesforceCopy(post.body, post.rich));
    return { author, parent: { author: authorInCopy(salesforceWords(post.body, post.rich)) ?? post.author, start } };
  };
  const attributionOfJira = ({ author, parent }: JiraComment): Attribution => {
    const found = parent === undefined ? undefined : input.jira?.find(({ id }) => id === parent);
    if (found === undefined) return { author };
    const start = jiraWords(bareJiraCopy(found.body));
    return { author, parent: { author: authorInCopy(jiraWords(found.body)) ?? found.author, start } };
  };

  const toJira = (draft: Draft, comment: SalesforceComment, open: boolean, lost?: Edit): readonly CommentWrite[] => {
    const slot = draft.copies[0];
    if (slot?.gone) return [];
    const id = slot?.id;
    const said = { 'case-comment': 'commented', post: 'posted', reply: 'replied' }[comment.kind];
    const body = jiraDocument(attributionOf(comment), salesforceDocument(comment.body, comment.rich));
    const digest = copyDigest(jiraWords(body), sign);
    draft.copies = [id === undefined ? { at: now, digest } : { id, digest }];
    return [
      {
        side: 'jira',
        ...(id === undefined ? { act: 'create' } : { act: 'update', id }),
        pair: draft,
        part: 0,
        body,
        as: { internal: !open, marker: sealedMarker('comment', comment.id, place, sign) },
        start: startOf(salesforceWords(comment.body, comment.rich)),
        reason:
          id === undefined
            ? `somebody ${said} in Salesforce, and the item's comments are on`
            : editedReason('Salesforce', 'Jira', lost),
        origin,
        ...(lost && { lost: startOf(jiraWords(lost.bare())) }),
      },
    ];
  };

  const toSalesforce = (draft: Draft, comment: JiraComment, open: boolean, lost?: Edit): readonly CommentWrite[] => {
    const words = jiraWords(comment.body);
    const line = (part: number, parts: number) =>
      markerLine({ kind: 'comment', issueKey: link.issueKey, id: comment.id, part, parts }, place, sign);
    const attribution = attributionOfJira(comment);
    const html = onCase ? undefined : feedHtml(attribution, link.issueKey, comment.body, line(1, 1));
    const texts =
      html === undefined
        ? salesforceTexts(attribution, link.issueKey, words, onCase ? caseCommentRoom : feedRoom, line)
        : [html];
    const before = draft.copies;
    const parts = Math.max(texts.length, before.length);
    const long = texts.length > 1 ? `; it is too long for one, so it goes in ${texts.length} parts` : '';
    const writes: CommentWrite[] = [];
    draft.copies = Array.from({ length: parts }, (_, part): Copy => {
      const slot = before[part];
      if (slot?.gone) return slot;
      const id = slot?.id;
      const content = texts[part] ?? `(The comment became shorter.)\n\n${line(part + 1, parts)}`;
      const fields = onCase
        ? { CommentBody: content, IsPublished: open }
        : { Body: content, IsRichText: content === html };
      const whereTo = onCase ? { ParentId: link.record } : { ParentId: link.record, Type: 'TextPost' };
      writes.push({
        side: 'salesforce',
        ...(id === undefined ? { act: 'create' } : { act: 'update', id }),
        pair: draft,
        part,
        object: onCase ? 'CaseComment' : 'FeedItem',
        fields: id === undefined ? { ...whereTo, ...fields } : fields,
        start: startOf(words),
        reason:
          id === undefined
            ? `somebody commented in Jira, and the item's comments are on${long}`
            : `${editedReason('Jira', 'Salesforce', lost)}${long}`,
        origin,
        ...(lost && { lost: startOf(jiraWords(lost.bare())) }),
      });
      const digest = copyDigest(salesforceWords(content, content === html), sign);
      return id === undefined ? { at: now, digest } : { id, digest };
    });
    return writes;
  };

  return {
    copy(draft, original, open, lost) {
      draft.digest = original.digest;
      draft.open = open;
      return original.side === 'salesforce'
        ? toJira(draft, original.comment, open, lost)
        : toSalesforce(draft, original.comment, open, lost);
    },

    hide(draft) {
      draft.open = false;
      return draft.copies.flatMap((copy, part): readonly CommentWrite[] => {
        if (copy.id === undefined || copy.gone) return [];
        const reason = 'the comment became internal in Jira';
        const fields = { IsPublished: false };
        const about = { pair: draft, part, id: copy.id, start: '', reason, origin } as const;
        return [{ side: 'salesforce', act: 'update', object: 'CaseComment', fields, ...about }];
      });
    },

    takeBack(draft, original, edit) {
      const content = edit.bare();
      const lost = draft.digest === original.digest ? undefined : startOf(wordsOf(original));
      draft.copies = draft.copies.map((copy, part) => (part === edit.part ? { ...copy, digest: edit.digest } : copy));
      const copySide = original.side === 'jira' ? 'Salesforce' : 'Jira';
      const common = {
        act: 'update',
        pair: draft,
        id: original.id,
        start: startOf(jiraWords(content)),
        reason: `its copy was edited in ${copySide}${lost === undefined ? '' : `, after the comment itself was edited`}`,
        origin,
        ...(lost === undefined ? {} : { lost }),
      } as const;
      if (original.side === 'jira') {
        draft.digest = jiraDigest(content, sign);
        return content === null ? [] : [{ side: 'jira', body: content, ...common }];
      }
      const { kind, rich } = original.comment;
      const body = rich ? adfToFeedHtml(content) : jiraWords(content);
      draft.digest = salesforceDigest(body, rich, sign);
      return [
        {
          side: 'salesforce',
          object: kind === 'case-comment' ? 'CaseComment' : kind === 'post' ? 'FeedItem' : 'FeedComment',
          fields: { [kind === 'post' ? 'Body' : 'CommentBody']: body },
          ...common,
        },
      ];
    },
  };
}

const editedReason = (here: string, there: string, lost: Edit | undefined): string =>
  `the comment was edited in ${here}${lost === undefined ? '' : `, and its copy in ${there} before that`}`;

export const wordsOf = (original: Original): string =>
  original.side === 'jira'
    ? jiraWords(original.comment.body)
    : salesforceWords(original.comment.body, original.comment.rich);
