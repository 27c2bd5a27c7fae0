/** Edits of one text, and the small questions about lines that both notations ask. */
import type { Span } from '../../dsl/index.ts';

export interface Change {
  readonly span: Span;
  readonly text: string;
}

/** Edits do not overlap, but what is taken away twice; of two insertions at one place the first given comes first. */
export function applyChanges(text: string, changes: readonly Change[]): string {
  const sorted = changes
    .map((change, order) => ({ ...change, order }))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.order - b.order);
  let out = '';
  let at = 0;
  for (const { span, text: put } of sorted) {
    if (span.start < at && put !== '') throw new Error('edits overlap');
    if (span.start > at) out += text.slice(at, span.start);
    out += put;
    at = Math.max(at, span.end);
  }
  return out + text.slice(at);
}

const isEnd = (char: string | undefined): boolean => char === '\n' || char === '\r' || char === undefined;

export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isEnd(text[start - 1])) start--;
  return start;
}

/** Before the line's end. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isEnd(text[end])) end++;
  return end;
}

/** Behind the line's end. */
export function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

export const indentAt = (text: string, at: number): string =>
  /^[ \t\u00a0\ufeff]*/.exec(text.slice(lineStart(text, at)))![0].replace('\ufeff', '');

export const lineBreak = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

export const beginsLine = (text: string, at: number): boolean =>
  /^[ \t\u00a0\ufeff]*$/.test(text.slice(lineStart(text, at), at));

/** Nothing but blanks or a comment between the place and the end of its line. */
export const endsLine = (text: string, at: number): boolean =>
  /^[ \t\u00a0]*(?:#.*)?$/.test(text.slice(at, lineEnd(text, at)));

/** The lines after the first, moved from one indentation to another. */
export function reindented(text: string, from: string, to: string, end: string): string {
  const [first = '', ...rest] = text.split(/\r\n|\n|\r/);
  return [
    first,
    ...rest.map(line =>
      line.trim() === '' ? '' : to + (line.startsWith(from) ? line.slice(from.length) : line.trimStart()),
    ),
  ].join(end);
}
