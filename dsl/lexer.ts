/**
 * A text as the tokens that the grammar takes, offsets only, in one pass: the first character says what it is, and
 * from there it goes as far as its pattern in the vocabulary says. What cannot be read is reported as an offset.
 * Chevrotain's own lexer reads the same, and a test holds this one to it; but at each start that one makes a table
 * of all characters there are, which took a tenth of a cold `bridge check`.
 */
import type { IToken, TokenType } from 'chevrotain';
import type { Comment } from './ast.ts';
import { classifyDigits } from './leaves.ts';
import { MAX_TEXT } from './limits.ts';
import * as t from './tokens.ts';

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  /** Where something stands that the vocabulary does not know; of several such characters in a row the first. */
  readonly unknown: readonly number[];
}

export function lex(text: string): Lexed {
  const lexer = createLexer(text);
  const tokens: IToken[] = [];
  while (!lexer.isDone()) lexer.declaration(tokens);
  return { tokens, comments: lexer.comments, unknown: lexer.unknown };
}

/**
 * Reads a text piece by piece, each up to the brace that closes a declaration: whoever is done with the tokens of
 * one before those of the next are made leaves them to the collector while they are young.
 */
export function createLexer(text: string) {
  const comments: Comment[] = [];
  const unknown: number[] = [];
  const ascii = !BEYOND_ASCII.test(text);
  const control = !ascii || CONTROL.test(text);
  /** The last characters that could not be read end here. */
  let unreadable = -1;
  let at = codeAt(text, 0) === MARK ? 1 : 0;

  function declaration(tokens: IToken[]): void {
    let depth = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) {
        at++;
        continue;
      }
      if (code === HASH) {
        const end = endOfLine(text, at);
        comments.push(commentOf(text, at, end));
        at = end;
        continue;
      }
      const token = tokenAt(text, at, code, ascii);
      if (token === undefined) {
        if (unreadable !== at) unknown.push(at);
        unreadable = ++at;
        continue;
      }
      tokens.push(token);
      const { image } = token;
      if (code === QUOTE && (image.length > MAX_TEXT + 2 || (control && CONTROL.test(image)))) unknown.push(at);
      at += image.length;
      if (code === OPENING) depth++;
      else if (code === CLOSING && --depth <= 0) return;
    }
  }

  return { comments, unknown, declaration, isDone: () => at >= text.length };
}

/** `ascii` says of the whole text that it has no other characters. */
function tokenAt(text: string, at: number, code: number, ascii: boolean): IToken | undefined {
  if (isLetter(text, at, code)) {
    const image = text.slice(at, endOfWord(text, at));
    return token(image, at, keywordOf(image, code) ?? (ascii || !BEYOND_ASCII.test(image) ? t.Word : t.ForeignWord));
  }
  const sign = signs[code];
  if (sign !== undefined) return token(text[at]!, at, sign);
  if (code === QUOTE) return token(text.slice(at, endOfText(text, at)), at, t.TextToken);
  const arrow = arrowAt(text, at, code);
  if (arrow !== undefined) return token(arrow, at, t.Arrow);
  DIGITS.lastIndex = at;
  if (!DIGITS.test(text)) return undefined;
  const image = text.slice(at, DIGITS.lastIndex);
  return token(image, at, digitTypes[classifyDigits(image)]);
}

/** Most words are API names, which begin with a capital. */
const keywordOf = (image: string, code: number): TokenType | undefined =>
  isSmall(code) ? t.keywordTypes.get(image) : undefined;

function arrowAt(text: string, at: number, code: number): '->' | '<->' | '<-' | undefined {
  if (code === DASH) return codeAt(text, at + 1) === GREATER ? '->' : undefined;
  if (code !== LESS || codeAt(text, at + 1) !== DASH) return undefined;
  return codeAt(text, at + 2) === GREATER ? '<->' : '<-';
}

const token = (image: string, startOffset: number, tokenType: TokenType): IToken => ({
  image,
  startOffset,
  tokenTypeIdx: tokenType.tokenTypeIdx!,
  tokenType,
});

const digitTypes: Readonly<Record<ReturnType<typeof classifyDigits>, TokenType>> = {
  number: t.NumberToken,
  date: t.DateToken,
  datetime: t.DateTimeToken,
  duration: t.DurationToken,
  wrong: t.Digits,
};

// ── characters ──────────────────────────────────────────────────────────────────────────────────

const MARK = 0xfeff;
const QUOTE = 34;
const HASH = 35;
const DASH = 45;
const BACKSLASH = 92;
const LESS = 60;
const GREATER = 62;
const OPENING = 123;
const CLOSING = 125;
const END = -1;

/** No character stands at the end of a text: asked there, `charCodeAt` would make fractions of all codes, which are slower. */
const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : END);

/** Unicode's control characters, which stand for nothing, except tab and the line ends. */
export const CONTROL = /[^\t\n\r -~\u00a0-\uffff]/;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const BEYOND_LETTER = new RegExp(`[${t.LETTER}]`);

/** By the code of the sign. */
const signs: readonly (TokenType | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  t.signs.find(({ PATTERN }) => PATTERN === String.fromCharCode(code)),
);

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9 || code === 0xa0;
const isEnd = (code: number): boolean => code === 10 || code === 13 || code === END;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isAsciiLetter = (code: number): boolean => isSmall(code) || (code >= 65 && code <= 90) || code === 95;
const isLetter = (text: string, at: number, code: number): boolean =>
  code < 128 ? isAsciiLetter(code) : BEYOND_LETTER.test(text[at] ?? '');
const isPart = (text: string, at: number, code: number): boolean => isDigit(code) || isLetter(text, at, code);

// ── how far a token goes ────────────────────────────────────────────────────────────────────────

export function endOfWord(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    const code = codeAt(text, end);
    if (isPart(text, end, code)) end++;
    else if (code === DASH && isPart(text, end + 1, codeAt(text, end + 1))) end += 2;
    else return end;
  }
}

function endOfText(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    const code = codeAt(text, end);
    if (code === QUOTE) return end + 1;
    if (isEnd(code)) return end;
    // A backslash takes the next character with it, but no end of a line.
    end += code === BACKSLASH && !isEnd(codeAt(text, end + 1)) ? 2 : 1;
  }
}

function endOfLine(text: string, start: number): number {
  let end = start + 1;
  while (!isEnd(codeAt(text, end))) end++;
  return end;
}

const DIGITS = new RegExp(t.patterns.digits, 'y');

/** A byte order mark at the start is a blank: replaced, so that offsets stay. */
export const withoutMark = (text: string): string => (text.charCodeAt(0) === MARK ? ` ${text.slice(1)}` : text);

function commentOf(text: string, start: number, end: number): Comment {
  let before = start - 1;
  while (before >= 0 && ' \t\u00a0\ufeff'.includes(text[before]!)) before--;
  return {
    span: { start, end },
    text: text.slice(start + 1, end).trimEnd(),
    ownLine: before < 0 || text[before] === '\n' || text[before] === '\r',
  };
}
