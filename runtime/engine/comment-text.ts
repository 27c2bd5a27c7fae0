/**
 * How a comment reads on the other side: its author first, for a reply the start of what it replies to,
 * then every word of it. Salesforce's copies end in a marker; one that is too long goes in several parts,
 * which joined are the comment again. Nothing is cut.
 */
import type { AdfDocument, AdfNode } from '../../compiler/conversion/rich-text/adf.ts';
import { block, canonicalDocument, document, text } from '../../compiler/conversion/rich-text/adf.ts';
import { adfToText, textToAdf } from '../../compiler/conversion/rich-text/adf-text.ts';
import { adfToFeedHtml } from '../../compiler/conversion/rich-text/feed-html.ts';
import { htmlToAdf } from '../../compiler/conversion/rich-text/html-to-adf.ts';
import { bridgeName, lastLine } from './marker-text.ts';

/** What a copy says about where it comes from. */
export interface Attribution {
  readonly author: string;
  /** Of a reply. */
  readonly parent?: { readonly author: string; readonly start: string };
}

/** How much a Salesforce field takes, and how it counts. */
export interface Room {
  readonly limit: number;
  measure(text: string): number;
}

/** Bytes of UTF-8; a line end is stored as two. */
export const caseCommentRoom: Room = {
  limit: 4_000,
  measure: content => {
    let bytes = 0;
    for (const char of content) {
      const point = char.codePointAt(0)!;
      bytes += point === 10 ? 2 : point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
  },
};
/** Characters, markup included. */
export const feedRoom: Room = {
  limit: 10_000,
  measure: content => content.length + (content.match(/\n/g)?.length ?? 0),
};

const longestName = 80;
const startLength = 80;

/** One short line of a longer text. */
export function startOf(content: string, length = startLength): string {
  const line = content.replace(/[\s\u00a0]+/g, ' ').trim();
  const chars = [...line];
  return chars.length <= length
    ? line
    : `${chars
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
const nameOf = (author: string): string => startOf(author, longestName) || 'Somebody';

// ── to Salesforce ───────────────────────────────────────────────────────────────────────────────

function headOf({ author, parent }: Attribution, issueKey: string, part: number): string {
  if (part > 1) return `${nameOf(author)} wrote on in Jira (${issueKey}):`;
  if (parent === undefined) return `${nameOf(author)} wrote in Jira (${issueKey}):`;
  return `${nameOf(author)} replied in Jira (${issueKey}) to ${nameOf(parent.author)}, “${startOf(parent.start)}”:`;
}
const head = /^.{1,90} (?:wrote in Jira|wrote on in Jira|replied in Jira) \(\S+\)(?: to .*)?:$/u;

/** `lineOf` gives the marker of a part. */
export function salesforceTexts(
  attribution: Attribution,
  issueKey: string,
  content: string,
  room: Room,
  lineOf: (part: number, parts: number) => string,
): readonly string[] {
  const whole = content.trim() === '' ? '(no text)' : content;
  for (let parts = 1; ; ) {
    const around = (part: number) =>
      [`${headOf(attribution, issueKey, part)}\n\n`, `\n\n${lineOf(part, parts)}`] as const;
    const pieces: string[] = [];
    for (let rest = whole; rest !== ''; ) {
      const left = room.limit - room.measure(around(pieces.length + 1).join(''));
      const piece = pieceOf(rest, left, room);
      pieces.push(piece);
      rest = rest.slice(piece.length);
    }
    // More digits in the count leave less room: asked again until it fits.
    if (pieces.length <= parts) return pieces.map((piece, at) => around(at + 1).join(piece));
    parts = pieces.length;
  }
}

/** The longest start that fits, ending after a line or a word where that costs little. */
function pieceOf(content: string, room: number, { measure }: Room): string {
  let size = 0;
  let end = 0;
  let afterLine = 0;
  let afterWord = 0;
  for (const char of content) {
    size += measure(char);
    if (size > room && end > 0) {
      if (afterLine > end * 0.7) return content.slice(0, afterLine);
      return content.slice(0, afterWord > end * 0.7 ? afterWord : end);
    }
    end += char.length;
    if (char === '\n') afterLine = end;
    if (char === ' ' || char === '\n') afterWord = end;
  }
  return content;
}

/** The same as HTML for a feed; nothing when it is too long for one post. */
export function feedHtml(attribution: Attribution, issueKey: string, body: unknown, line: string): string | undefined {
  const content = canonicalDocument(body)?.content ?? textToAdf('(no text)').content;
  const html = adfToFeedHtml(
    document([
      block('paragraph', [text(headOf(attribution, issueKey, 1), [{ type: 'strong' }])]),
      ...content,
      block('paragraph', [text(line)]),
    ]),
  );
  return feedRoom.measure(html) <= feedRoom.limit ? html : undefined;
}

/** Who wrote what a copy shows; nothing for what is no copy. */
export function authorInCopy(words: string): string | undefined {
  const [first = ''] = words.trimStart().split('\n', 1);
  return /^(.{1,80}) (?:wrote|wrote on|replied) in (?:Jira \(\S+\)|Salesforce).*:$/u.exec(first.trim())?.[1];
}

/** A copy in Salesforce without what the bridge put around it: the words, as a document. */
export function bareSalesforceCopy(body: string, rich: boolean): AdfDocument | null {
  if (!rich) return document(textToAdf(bareText(body)).content);
  const content = [...(htmlToAdf(body)?.content ?? [])];
  if (content[0] !== undefined && head.test(wordsOf(content[0]))) content.shift();
  const last = content.at(-1);
  if (last !== undefined && wordsOf(last).startsWith(bridgeName)) content.pop();
  return canonicalDocument(document(content));
}

export function bareText(body: string): string {
  let content = unixLines(body);
  const last = lastLine(content);
  if (last.startsWith(bridgeName)) content = content.trimEnd().slice(0, -last.length).replace(/\n\n$/, '');
  const [first = ''] = content.split('\n', 1);
  return head.test(first) ? content.slice(first.length).replace(/^\n\n/, '') : content;
}

// ── to Jira ─────────────────────────────────────────────────────────────────────────────────────

export function jiraDocument({ author, parent }: Attribution, content: AdfDocument | null): AdfDocument {
  const strong = [{ type: 'strong' }];
  const rest = content?.content ?? [];
  if (parent === undefined)
    return document([block('paragraph', [text(nameOf(author), strong), text(' wrote in Salesforce:')]), ...rest]);
  return document([
    block('paragraph', [
      text(nameOf(author), strong),
      text(' replied in Salesforce to '),
      text(nameOf(parent.author), strong),
      text(':'),
    ]),
    block('blockquote', [block('paragraph', [text(startOf(parent.start) || '…')])]),
    ...rest,
  ]);
}

/** A copy in Jira without what the bridge put before it. */
export function bareJiraCopy(body: unknown): AdfDocument | null {
  const content = [...(canonicalDocument(body)?.content ?? [])];
  const first = content[0] === undefined ? '' : wordsOf(content[0]);
  if (/^.{1,90} wrote in Salesforce:$/u.test(first)) content.shift();
  else if (/^.{1,90} replied in Salesforce to .{1,90}:$/u.test(first)) {
    content.shift();
    if (content[0]?.type === 'blockquote') content.shift();
  }
  return canonicalDocument(document(content));
}

// ── as they are ─────────────────────────────────────────────────────────────────────────────────

export const unixLines = (body: string): string => body.replace(/\r\n?/g, '\n');

/** What a Salesforce comment says, as a document. */
export const salesforceDocument = (body: string, rich: boolean): AdfDocument | null =>
  rich ? htmlToAdf(body) : canonicalDocument(textToAdf(unixLines(body)));

/** The words of a comment of Salesforce. */
export const salesforceWords = (body: string, rich: boolean): string =>
  rich ? adfToText(htmlToAdf(body)) : unixLines(body);

export const jiraWords = (body: unknown): string => adfToText(body);

const wordsOf = (node: AdfNode): string =>
  adfToText({ type: 'doc', version: 1, content: [node] })
    .replace(/\u00a0/g, ' ')
    .trim();
