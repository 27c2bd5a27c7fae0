/** The lexer beside Chevrotain's own, made of the same vocabulary. */
import { Lexer, type TokenType } from 'chevrotain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROL, lex } from './lexer.ts';
import { EVERYTHING } from './testing.ts';
import { ForeignWord, lexed, TextToken, Word } from './tokens.ts';

const chevrotain = new Lexer([...lexed], { positionTracking: 'onlyOffset', ensureOptimizations: true });

interface Read {
  readonly startOffset: number;
  readonly image: string;
  readonly tokenType: TokenType;
}
const described = (tokens: readonly Read[], name: (type: TokenType) => string): string[] =>
  tokens.map(({ startOffset, image, tokenType }) => `${name(tokenType)} at ${startOffset}: ${image}`);

/** What a type was before it was refined, which the vocabulary leaves to the lexer. */
const unrefined = (type: TokenType): string =>
  lexed.includes(type) ? type.name : type === ForeignWord || type.CATEGORIES?.includes(Word) ? 'Word' : 'Digits';

/** Tokens, comments, and what cannot be read. */
function ours(text: string): readonly unknown[] {
  const { tokens, comments, unknown } = lex(text);
  const texts = tokens.filter(({ tokenType }) => tokenType === TextToken).map(({ startOffset }) => startOffset);
  return [
    described(tokens, unrefined),
    comments.map(({ span }) => [span.start, span.end]),
    unknown.filter(at => !texts.includes(at)),
  ];
}

function theirs(text: string): readonly unknown[] {
  const { tokens, groups, errors } = chevrotain.tokenize(text);
  return [
    described(tokens, ({ name }) => name),
    (groups.comments ?? []).map(({ startOffset, image }) => [startOffset, startOffset + image.length]),
    errors.map(({ offset }) => offset),
  ];
}

const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\r\n',
    '#',
    '-',
    '<-',
    '->',
    '<->',
    '<',
    '>',
    '=',
    '.',
    '{',
    ')',
    ' ',
    '\t',
    '\u00a0',
  ),
  fc.constantFrom(
    'item',
    'is',
    'a-b',
    'a-',
    '1',
    '-1',
    '2026-01-05',
    '5m',
    '1.5',
    '\ufeff',
    '\u2028',
    'ä',
    'ß1',
    '😀',
    '\ud83d',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

describe('the lexer', () => {
  it('L-1 reads what the patterns of the vocabulary say, as Chevrotain reads it', () => {
    expect(ours(EVERYTHING)).toEqual(theirs(EVERYTHING));
    const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('').replace(/^\ufeff+/, ''));
    fc.assert(
      fc.property(text, some => {
        expect(ours(some)).toEqual(theirs(some));
      }),
      { numRuns: 3000 },
    );
  });
  it('L-1 knows of every character what begins with it', () => {
    const misread: string[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      for (const rest of ['', '1', '>', '->']) {
        const text = ` ${String.fromCharCode(code)}${rest}`;
        if (JSON.stringify(ours(text)) !== JSON.stringify(theirs(text))) misread.push(`${code} ${rest}`);
      }
    }
    expect(misread).toEqual([]);
  });
  it('takes what Unicode calls a control character for one, but for tab and the ends of lines', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const char = String.fromCharCode(code);
      expect(CONTROL.test(char), `${code}`).toBe(/\p{Cc}/u.test(char) && !'\t\n\r'.includes(char));
    }
  });
  it('takes a byte order mark at the start for a blank', () => {
    expect(ours('\ufeffitem')).toEqual(ours(' item'));
  });
  it('finds no pattern of the vocabulary that another hides', () => {
    expect(chevrotain.lexerDefinitionErrors).toEqual([]);
  });
});
