/**
 * One Chevrotain lexer, built once, offsets only. What it cannot read it reports as an offset and a
 * length and goes on. Words and digits are refined afterwards, one look-up each: that keeps the lexer
 * to a dozen patterns and every keyword usable as a name.
 */
import { type IToken, Lexer, type TokenType } from 'chevrotain';
import type { Comment } from './ast.ts';
import { classifyDigits } from './leaves.ts';
import { MAX_TEXT } from './limits.ts';
import * as t from './tokens.ts';

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  /** Where something stands that the vocabulary does not know. */
  readonly unknown: readonly number[];
}

const createLexer = (validate: boolean): Lexer =>
  new Lexer([...t.lexed], {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    safeMode: false,
    skipValidations: !validate,
  });

/** Throws where a pattern hides another, or costs the fast path; a test asks. */
export const validateLexer = (): void => void createLexer(true);

const lexer = createLexer(false);

const OUTSIDE_ASCII = /[\u0080-\uffff]/;
/** Characters that stand for nothing, except tab and the line ends. */
export const CONTROL = /(?![\t\n\r])\p{Cc}/u;

const DIGITS: Readonly<Record<'number' | 'date' | 'datetime' | 'duration', TokenType>> = {
  number: t.NumberToken,
  date: t.DateToken,
  datetime: t.DateTimeToken,
  duration: t.DurationToken,
};

export function lex(text: string): Lexed {
  const { tokens, errors, groups } = lexer.tokenize(withoutMark(text));
  const unknown = errors.map(error => error.offset);
  const words = t.Word.tokenTypeIdx;
  const digits = t.Digits.tokenTypeIdx;
  const texts = t.TextToken.tokenTypeIdx;
  const foreign = OUTSIDE_ASCII.test(text);
  const control = CONTROL.test(text);
  for (const token of tokens) {
    if (token.tokenTypeIdx === words) {
      const type = t.keywordTypes.get(token.image);
      if (type !== undefined) refine(token, type);
      else if (foreign && OUTSIDE_ASCII.test(token.image)) refine(token, t.ForeignWord);
    } else if (token.tokenTypeIdx === digits) {
      const kind = classifyDigits(token.image);
      if (kind !== 'wrong') refine(token, DIGITS[kind]);
    } else if (token.tokenTypeIdx === texts) {
      if (token.image.length > MAX_TEXT + 2 || (control && CONTROL.test(token.image))) unknown.push(token.startOffset);
    }
  }
  return { tokens, comments: (groups.comments ?? []).map(token => commentOf(text, token)), unknown };
}

function refine(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}

/** A byte order mark at the start is a blank: replaced, so that offsets stay. */
export const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text);

function commentOf(text: string, token: IToken): Comment {
  const start = token.startOffset;
  let before = start - 1;
  while (before >= 0 && ' \t\u00a0\ufeff'.includes(text[before]!)) before--;
  return {
    span: { start, end: start + token.image.length },
    text: token.image.slice(1).trimEnd(),
    ownLine: before < 0 || text[before] === '\n' || text[before] === '\r',
  };
}
