/**
 * A place in the tokens of a broken text, and the rules that every tolerant reader keeps: one message
 * an entry and one a line; once an entry has complained it does not reach across a line; a token that
 * begins a line is never thrown away to make the one behind it fit.
 */
import type { Missing, Name } from '../ast.ts';
import type { Fix, HolesOf } from '../diagnostic.ts';
import { missing, nameLeaf } from '../leaves.ts';
import type { Findings, SyntaxCode, syntax } from '../messages/index.ts';
import { nearest } from '../nearest.ts';
import type { SourceFile, Span } from '../source.ts';
import type { Token, TokenKind } from './scan.ts';

export type Fits = (token: Token) => boolean;
export const kind =
  (...kinds: readonly TokenKind[]): Fits =>
  token =>
    kinds.includes(token.kind);
export const isWord = (token: Token, ...texts: readonly string[]): boolean =>
  token.kind === 'word' && (texts.length === 0 || texts.includes(token.text));

export type Cursor = ReturnType<typeof createCursor>;

export function createCursor(file: SourceFile, tokens: readonly Token[], findings: Findings) {
  let index = 0;
  let complained = false;
  let entryStart = 0;
  /** How many `{` there are more than `}` in the declaration being read, less those accounted for. */
  let surplus = 0;
  const claimed = new Set<number>();
  const last = tokens.length - 1;

  const peek = (ahead = 0): Token => tokens[Math.min(index + ahead, last)]!;
  const previousEnd = (): number => (index === 0 ? 0 : tokens[index - 1]!.end);
  const spanOf = (token: Token): Span => ({ start: token.start, end: token.end });

  function complain<Code extends SyntaxCode>(
    span: Span,
    code: Code,
    holes: HolesOf<(typeof syntax.table)[Code]>,
    fixes: readonly Fix[] = [],
  ): void {
    const line = file.position(span.start).line;
    if (!complained && !claimed.has(line)) findings.report(span, code, holes, { fixes });
    complained = true;
    claimed.add(line);
  }

  const edit = (title: string, text: string, start: number, end: number): Fix => ({
    title,
    edits: [{ file, span: { start, end }, text }],
  });

  function unexpected(token: Token): void {
    const fix = edit('take it away', '', token.start, token.end);
    const asks = isOfNumber(file.text, token) && ({ asks: true } as const);
    complain(spanOf(token), 'unexpected', { written: shorten(token.text) }, [{ ...fix, ...asks }]);
  }

  /** May a piece of the running entry stand here? */
  const reachable = (token: Token): boolean =>
    token.kind !== 'end' && !(complained && token.first && index !== entryStart);

  /** The next token if it fits; one that is too many in front of it is dropped with a message. */
  function accept(fits: Fits): Token | undefined {
    const token = peek();
    if (fits(token) && reachable(token)) {
      index++;
      return token;
    }
    return undefined;
  }
  function take(fits: Fits, what: string): Token | undefined {
    const found = accept(fits);
    if (found !== undefined) return found;
    const token = peek();
    const next = peek(1);
    const droppable = token.kind !== 'end' && !token.first && !(token.kind === '}' && surplus >= 0);
    if (droppable && !next.first && fits(next)) {
      drop();
      index++;
      return next;
    }
    lack(what);
    return undefined;
  }

  /** Throws the next token away with a message. */
  function drop(): void {
    const token = peek();
    unexpected(token);
    if (token.kind === '{') surplus--;
    if (token.kind === '}') surplus++;
    index++;
  }

  /** `)`, `to`: what is missing is written there, and nothing but that. */
  function writes(what: string): readonly Fix[] {
    const sign = /^`([^\s`]+)`$/.exec(what)?.[1];
    if (sign === undefined) return [];
    const end = previousEnd();
    const before = /^[)\],]$/.test(sign) || index === 0 ? '' : ' ';
    const after = /^[\s)\],}]?$/.test(file.text[end] ?? '') ? '' : ' ';
    return [edit(`write ${what}`, `${before}${sign}${after}`, end, end)];
  }

  /** Does an entry that began there go on behind the end of its line, with nothing more on the one at the cursor? */
  const isOver = (head: Span): boolean =>
    peek().first && index > 0 && tokens[index - 1]!.line > file.position(head.start).line;

  /** Something is missing where the cursor stands. */
  function lack(what: string, fixes: readonly Fix[] = writes(what), help?: string): void {
    const token = peek();
    const end = previousEnd();
    const here = (!token.first || index === entryStart) && token.kind !== 'end';
    // What stands in its place has had its message.
    if (!here && claimed.has(token.line)) {
      complained = true;
      return;
    }
    const span = here ? spanOf(token) : { start: Math.max(0, end - 1), end };
    complain(span, 'missing', { what, found: here ? shorten(token.text) : undefined, help }, fixes);
  }

  /** The piece that is missing where the cursor stands. */
  function lackName(what: string, fixes?: readonly Fix[], help?: string): Missing {
    lack(what, fixes, help);
    return missing(previousEnd());
  }

  /** From a place up to where the cursor is. */
  const closeAt = (start: number): Span => ({ start, end: Math.max(start, previousEnd()) });

  /** A keyword, also where it is misspelt or in other capitals. */
  function keyword(word: string): boolean {
    if (accept(token => isWord(token, word)) !== undefined) return true;
    const token = peek();
    if (token.kind === 'word' && reachable(token) && !token.first && nearest(token.text, [word]) !== undefined) {
      misspelt(token, word);
      index++;
      return true;
    }
    return take(next => isWord(next, word), `\`${word}\``) !== undefined;
  }

  function misspelt(token: Token, meant: string): void {
    complain(spanOf(token), 'misspelt', { written: token.text, meant }, [
      edit(`write \`${meant}\``, meant, token.start, token.end),
    ]);
  }

  function name(token: Token | undefined): Name | Missing {
    if (token === undefined) return missing(previousEnd());
    if (/[^\w-]/.test(token.text)) complain(spanOf(token), 'wrong-letters', { written: token.text });
    return nameLeaf(token.text, token.start);
  }

  return {
    file,
    findings,
    peek,
    previousEnd,
    spanOf,
    complain,
    edit,
    unexpected,
    reachable,
    accept,
    take,
    drop,
    lack,
    lackName,
    closeAt,
    isOver,
    keyword,
    misspelt,
    name,
    missing: (): Missing => missing(previousEnd()),
    advance: () => {
      if (index < last) index++;
    },
    get index() {
      return index;
    },
    get tokens() {
      return tokens;
    },
    moveTo(to: number) {
      index = Math.min(to, last);
    },
    get complained() {
      return complained;
    },
    get surplus() {
      return surplus;
    },
    set surplus(value: number) {
      surplus = value;
    },
    /** Scanner messages came first: their lines are taken. */
    claim(line: number) {
      claimed.add(line);
    },
    isClaimed: (line: number): boolean => claimed.has(line),
    beginEntry() {
      entryStart = index;
      complained = false;
    },
    /** Goes on to the next token that begins a line, or to a `}`, or to where `stop` says so. */
    skipLine(stop: (index: number) => boolean = () => false) {
      complained = true;
      while (index < last) {
        const token = tokens[index]!;
        if (token.first || token.kind === '}' || stop(index)) return;
        index++;
      }
    },
  };
}

export const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** What does not belong there may belong to the number beside it: `5%` and `5-10` would become other numbers. */
const isOfNumber = (text: string, { start, end }: Token): boolean =>
  /^[-+.,%]$/.test(text.slice(start, end)) &&
  (/\d\s*$/.test(text.slice(Math.max(0, start - 8), start)) || /^\s*\d/.test(text.slice(end, end + 8)));
