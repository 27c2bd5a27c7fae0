/**
 * The vocabulary: one row a token, with the pattern that says what it is and the label that messages use.
 * There are no reserved words. Every word has one pattern; a word that the grammar asks for anywhere gets its
 * own type, which stays in the category `Word`, so it can still stand wherever a name can.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';

/**
 * Letters outside ASCII are read as part of a word, so that the complaint is about one word. The
 * gaps leave out blanks, typographic quotes, dashes and arrows, which have messages of their own.
 */
export const LETTER =
  'A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u167f\\u1681-\\u1fff\\u2c00-\\u2dff\\u3004-\\ufefe\\uff10-\\ufffd';

export const patterns = {
  word: new RegExp(`[${LETTER}][0-9${LETTER}]*(?:-[0-9${LETTER}]+)*`),
  /** The closing quote is optional, so that an unclosed text costs its own line and no other. */
  text: /"[^"\\\r\n]*(?:\\[^\r\n]?[^"\\\r\n]*)*"?/,
  /** Whatever begins with a digit, as far as it runs; `classifyDigits` says what it is. */
  digits: new RegExp(`-?[0-9](?:[0-9${LETTER}]|[.:+][0-9]|-[0-9A-Za-z])*`),
  arrow: /<->|->|<-/,
  comment: /#[^\r\n]*/,
  blank: /[ \t\u00a0\r\n]+/,
} as const;

export const Word = createToken({ name: 'Word', pattern: patterns.word, label: 'a name' });
export const TextToken = createToken({ name: 'Text', pattern: patterns.text, label: 'a text in quotes' });
export const Digits = createToken({ name: 'Digits', pattern: patterns.digits, label: 'a number' });
export const Arrow = createToken({ name: 'Arrow', pattern: patterns.arrow, label: 'an arrow' });
export const CommentToken = createToken({ name: 'Comment', pattern: patterns.comment, group: 'comments' });
export const Blank = createToken({ name: 'Blank', pattern: patterns.blank, group: Lexer.SKIPPED });

const sign = (name: string, pattern: string) => createToken({ name, pattern, label: `\`${pattern}\`` });
export const LeftBrace = sign('LeftBrace', '{');
export const RightBrace = sign('RightBrace', '}');
export const LeftParen = sign('LeftParen', '(');
export const RightParen = sign('RightParen', ')');
export const LeftBracket = sign('LeftBracket', '[');
export const RightBracket = sign('RightBracket', ']');
export const Comma = sign('Comma', ',');
export const Dot = sign('Dot', '.');
export const Slash = sign('Slash', '/');
export const Equals = sign('Equals', '=');
export const signs: readonly TokenType[] = [
  LeftBrace,
  RightBrace,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  Comma,
  Dot,
  Slash,
  Equals,
];

/** What a token that begins with a digit turns out to be. */
const refined = (name: string, label: string) => createToken({ name, label, pattern: Lexer.NA });
export const NumberToken = refined('Number', 'a number');
export const DateToken = refined('Date', 'a date');
export const DateTimeToken = refined('DateTime', 'a date with time and zone');
export const DurationToken = refined('Duration', 'a duration');
/** A word with letters that no name has: nowhere in the grammar. */
export const ForeignWord = refined('ForeignWord', 'a word');

const keyword = (text: string) =>
  createToken({
    name: text[0]!.toUpperCase() + text.slice(1),
    label: `\`${text}\``,
    pattern: Lexer.NA,
    categories: Word,
  });

/** Every word that the grammar asks for somewhere. */
const KEYWORDS = [
  ...['item', 'was', 'values', 'test', 'for'],
  ...['salesforce', 'where', 'jira', 'sync', 'create', 'since', 'fields', 'new', 'issue', 'status'],
  ...['when', 'move', 'to', 'otherwise', 'leave'],
  ...['comments', 'internal', 'too', 'attachments', 'associations', 'show'],
  ...['by', 'cut', 'at', 'or', 'else', 'on', 'conflict'],
  ...['is', 'not', 'empty', 'one', 'of', 'least', 'most', 'before', 'after', 'contains', 'starts', 'with', 'and'],
  ...['cycle', 'expect', 'writes', 'created', 'true', 'false'],
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export const keywords = Object.fromEntries(KEYWORDS.map(text => [text, keyword(text)])) as Readonly<
  Record<Keyword, TokenType>
>;
export const keywordTypes: ReadonlyMap<string, TokenType> = new Map(Object.entries(keywords));

/** What a text falls into. Of two that begin alike the first has it. */
export const lexed: readonly TokenType[] = [Blank, Word, TextToken, CommentToken, Arrow, Digits, ...signs];

/** Everything that the grammar can ask for. */
export const vocabulary: readonly TokenType[] = [
  ...lexed,
  NumberToken,
  DateToken,
  DateTimeToken,
  DurationToken,
  ForeignWord,
  ...Object.values(keywords),
];
