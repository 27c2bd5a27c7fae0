/**
 * The surroundings of a place in a Bridge text, cut out so that trying what could stand there costs a few lines and
 * not a file: the block that the place lies in, the entry around it, and a head and a tail that make it whole.
 */

import type { Span } from '../../../dsl/index.ts';
import { lex } from '../../../dsl/lexer.ts';
import type { BlockKind } from './phrases.ts';

export interface Window {
  readonly block: BlockKind;
  /** Made up around the text, so that it reads as a program. */
  readonly head: string;
  readonly tail: string;
  /** The part of the text that stands between them. */
  readonly span: Span;
  /** What is written at the place, and goes when something is chosen; empty between words. */
  readonly replaced: Span;
  /** Inside the quotes of a text. */
  readonly inText: boolean;
  /** The words and signs before it, the last one last. */
  readonly before: readonly { readonly image: string; readonly start: number }[];
  /** Nothing but what is replaced stands before the place on its line, or in its block. */
  readonly startsLine: boolean;
  /** The whole block is on the line of the place, so that anything may begin anywhere. */
  readonly onOneLine: boolean;
}

interface Open {
  readonly block: BlockKind | 'other';
  readonly head: string;
  /** Where what opened it begins, and the words of it. */
  readonly header: Header;
  readonly start: number;
}
interface Header {
  readonly start: number;
  readonly words: readonly string[];
}

/** So many lines around the place are looked at, if an entry is longer. */
const reach = 8;

/** Nothing inside a comment. */
export function windowAt(text: string, offset: number): Window | undefined {
  const { tokens, comments } = lex(text);
  if (comments.some(({ span }) => span.start < offset && offset <= span.end)) return undefined;
  const touches = ({ startOffset, image }: (typeof tokens)[number]) =>
    startOffset <= offset &&
    (isText(image) ? isInText(image, startOffset, offset) : isWord(image) && offset <= startOffset + image.length);
  // What ends at the place is being written, rather than what begins there.
  const inside = tokens.find(token => token.startOffset < offset && touches(token)) ?? tokens.find(touches);
  const replaced =
    inside === undefined
      ? signsBefore(text, offset)
      : { start: inside.startOffset, end: inside.startOffset + inside.image.length };

  const stack: Open[] = [{ block: 'file', head: '', header: { start: 0, words: [] }, start: 0 }];
  let header: Header = { start: 0, words: [] };
  const before = tokens.filter(({ startOffset }) => startOffset < replaced.start);
  before.forEach(({ image, startOffset }, index) => {
    if (image === '{') {
      const open = opened(stack.at(-1)!.block, header.words);
      stack.push({ ...open, header, start: startOffset + 1 });
      header = { start: startOffset + 1, words: [] };
    } else if (image === '}') {
      const closed = stack.length > 1 ? stack.pop()! : stack[0]!;
      // A table belongs to the line that it stands on, which goes on behind it.
      const goesOn = closed.block === 'table' || closed.block === 'status-table';
      header = goesOn && stack.length > 1 ? closed.header : { start: startOffset + 1, words: [] };
    } else if (stack.length > 1 && declares(image, before[index + 1]?.image) && startsLine(text, startOffset)) {
      stack.length = 1;
      header = { start: startOffset, words: [image] };
    } else header = { start: header.start, words: [...header.words.slice(-8), image] };
  });

  const own = stack.at(-1)!;
  if (own.block === 'other') return undefined;
  const lineStart = text.lastIndexOf('\n', replaced.start - 1) + 1;
  return {
    block: own.block,
    head: stack.map(({ head }) => head).join(''),
    tail: stack
      .slice(1)
      .map(() => '\n}')
      .join(''),
    span: { start: startNear(text, header.start, replaced.start), end: endNear(tokens, text, replaced.end) },
    replaced,
    inText: inside !== undefined && isText(inside.image),
    before: before.slice(-8).map(({ image, startOffset }) => ({ image, start: startOffset })),
    startsLine:
      text.slice(Math.max(lineStart, own.start), replaced.start).trim() === '' || before.at(-1)?.image === '}',
    onOneLine: own.block !== 'file' && !text.slice(own.start, replaced.end).includes('\n'),
  };
}

const isText = (image: string): boolean => image.startsWith('"');
const isWord = (image: string): boolean => /^[\p{L}\p{N}_-]/u.test(image) && !['->'].includes(image);
function isInText(image: string, start: number, offset: number): boolean {
  const isClosed = image.length > 1 && image.endsWith('"');
  return offset <= start + image.length - (isClosed ? 1 : 0);
}
const startsLine = (text: string, offset: number): boolean =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
const declares = (image: string, next: string | undefined): boolean =>
  ['item', 'values', 'test'].includes(image) && next !== undefined && /^["A-Za-z_]/.test(next);

/** The beginning of an arrow. */
function signsBefore(text: string, offset: number): Span {
  const written = /(?:<-?|-)$/.exec(text.slice(Math.max(0, offset - 2), offset));
  return { start: offset - (written?.[0].length ?? 0), end: offset };
}

const heads = {
  item: 'item zz "Z" {\n',
  values: 'values zz {\n',
  test: 'test "z" for zz {\n',
  fields: 'fields {\n',
  'new-issue': 'new issue {\n',
  'status-table': 'status zz {\n',
  table: 'zz -> zz {\n',
} as const;

function opened(within: Open['block'], words: readonly string[]): Pick<Open, 'block' | 'head'> {
  const last = words.at(-1);
  switch (within) {
    case 'file': {
      const declared = words.findLast(word => word === 'item' || word === 'values' || word === 'test');
      if (declared === 'item') return { block: 'item', head: heads.item };
      if (declared === 'values') return { block: 'table', head: heads.values };
      return declared === 'test' ? { block: 'test', head: heads.test } : { block: 'other', head: '' };
    }
    case 'item':
      if (last === 'fields') return { block: 'fields', head: heads.fields };
      if (last === 'issue') return { block: 'new-issue', head: heads['new-issue'] };
      return words.at(-2) === 'status'
        ? { block: 'status-table', head: heads['status-table'] }
        : { block: 'other', head: '' };
    case 'fields':
      return { block: 'table', head: heads.table };
    default:
      return { block: 'other', head: '' };
  }
}

function startNear(text: string, from: number, at: number): number {
  let line = at;
  for (let i = 0; i <= reach; i++) {
    const above = text.lastIndexOf('\n', line - 1);
    if (above < from) return from;
    line = above;
  }
  return line + 1;
}

/** Up to the end of the block, a block below, or a few lines. */
function endNear(tokens: ReturnType<typeof lex>['tokens'], text: string, at: number): number {
  const lineEnd = (offset: number) => (text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset));
  const own = lineEnd(at);
  let depth = 0;
  let far = own;
  for (let i = 1; i < reach; i++) far = lineEnd(Math.min(text.length, far + 1));
  for (const { image, startOffset } of tokens) {
    if (startOffset < at) continue;
    if (startOffset > far && depth === 0) return far;
    if (image === '{') {
      if (depth === 0 && startOffset > own) return text.lastIndexOf('\n', startOffset);
      depth++;
    } else if (image === '}') {
      if (depth === 0) return startOffset;
      depth--;
      if (depth === 0 && startOffset > own) return startOffset + 1;
    }
  }
  return Math.min(far, text.length);
}
