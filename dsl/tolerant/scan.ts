/**
 * The tokens of a text that is not a sentence: the same vocabulary, and beside it what people write
 * instead (`=>`, `==`, typographic quotes), each with the line that it stands on. What is wrong with a
 * token by itself is said here; what is wrong with its place is said by the readers.
 */
import type { Comment } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import { classifyDigits, isDateTime, isDay, readText } from '../leaves.ts';
import { CONTROL, endOfWord, isAsciiLetter, withoutMark } from '../lexer.ts';
import { MAX_TEXT } from '../limits.ts';
import type { Findings } from '../messages/index.ts';
import type { SourceFile } from '../source.ts';
import { patterns } from '../tokens.ts';

export type TokenKind =
  | 'word'
  | 'text'
  | 'number'
  | 'date'
  | 'datetime'
  | 'duration'
  | 'wrong'
  | 'arrow'
  | 'slip'
  | 'stray'
  | 'end'
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.'
  | '/'
  | '=';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** It is the first on its line. */
  readonly first: boolean;
  readonly line: number;
  /** It is the first on its line, without a blank before it. */
  readonly flush: boolean;
}

/** Longest first: what stands for an arrow, a comparison, a conjunction or nothing at all. */
const SLIP = /<-->|<==>|<=>|-->|==>|<--(?!\d)|<==|=>|[—–−]>|<[—–−]|[→⇒⟶➔↔⇔⟷←⇐⟵]|==|!=|<>|>=|<=|&&|\|\|/;
const QUOTED = /['‘’‚`][^'‘’`"\r\n]*['‘’`]|[“”„«»‹›][^“”«»‹›"\r\n]*[“”«»‹›]/;
const MERGE = /(?:<{7}|\|{7}|={7}|>{7})(?![<=>|])[^\r\n]*/;
const STRAY = /[^\s\u00a0"#{}()[\],./=<>;:A-Za-z0-9_]+|[\s\S]/;
const LINES = /\/\/[^\r\n]*/;

const scanner = new RegExp(
  [
    `(?<blank>[ \\t\\u00a0]+)`,
    `(?<newline>\\r\\n?|\\n)`,
    `(?<comment>${patterns.comment.source})`,
    `(?<merge>${MERGE.source})`,
    `(?<text>${patterns.text.source})`,
    `(?<quoted>${QUOTED.source})`,
    `(?<lines>${LINES.source})`,
    `(?<word>${patterns.word.source})`,
    `(?<digits>${patterns.digits.source})`,
    `(?<slip>${SLIP.source})`,
    `(?<arrow>${patterns.arrow.source})`,
    `(?<mark>[;:<>])`,
    `(?<sign>[{}()[\\],./=])`,
    `(?<stray>${STRAY.source})`,
  ].join('|'),
  'y',
);

// What most of a text is made of is told by its first character: a match with its groups is a large object each time.
const SPACE = 32;
const LINE_FEED = 10;
const SIGNS = '{}()[],.';

export interface Scanned {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

export function scan(file: SourceFile, findings: Findings): Scanned {
  const text = withoutMark(file.text);
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let first = true;
  let line = 1;
  let lineStart = 0;
  let at = 0;
  let merged = false;
  let open = false;
  const re = new RegExp(scanner);
  const push = (kind: TokenKind, end: number, written = text.slice(at, end)) => {
    tokens.push({ kind, start: at, end, text: written, first, line, flush: first && at === lineStart });
    first = false;
  };
  const fix = (title: string, written: string, start: number, end: number): Fix => ({
    title,
    edits: [{ file, span: { start, end }, text: written }],
  });
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      at++;
      continue;
    }
    if (code === LINE_FEED) {
      first = true;
      line++;
      lineStart = ++at;
      continue;
    }
    if (isAsciiLetter(code)) {
      const end = endOfWord(text, at);
      push('word', end);
      at = end;
      continue;
    }
    if (SIGNS.includes(text[at]!)) {
      push(text[at] as TokenKind, at + 1);
      at++;
      continue;
    }
    re.lastIndex = at;
    const groups = re.exec(text)?.groups;
    if (groups === undefined) break;
    const end = re.lastIndex;
    const span = { start: at, end };
    if (groups.newline !== undefined) {
      first = true;
      line++;
      lineStart = end;
    } else if (groups.comment !== undefined) {
      comments.push({ span, text: groups.comment.slice(1).trimEnd(), ownLine: first });
    } else if (groups.word !== undefined) push('word', end);
    else if (groups.text !== undefined) {
      const stray = first && at === lineStart ? strayQuote(text, at, end) : undefined;
      const closed = checkText(file, text.slice(at, stray ?? end), at, findings);
      push('text', stray ?? end);
      if (!closed && stray === undefined) dropBraces(tokens, line);
      if (stray !== undefined) {
        at = stray;
        continue;
      }
    } else if (groups.digits !== undefined) {
      const kind = classifyDigits(groups.digits);
      if (kind === 'wrong') reportDigits(file, groups.digits, at, findings);
      push(kind, end);
    } else if (groups.arrow !== undefined) push('arrow', end);
    else if (groups.sign !== undefined) push(groups.sign as TokenKind, end);
    else if (groups.quoted !== undefined) {
      const quoted = `"${groups.quoted.slice(1, -1).replaceAll('\\', '\\\\')}"`;
      findings.report(
        span,
        'wrong-quotes',
        { written: groups.quoted },
        { fixes: [fix('use straight double quotes', quoted, at, end)] },
      );
      push('text', end, quoted);
    } else if (groups.slip !== undefined || groups.mark !== undefined) {
      if (groups.mark === ';') {
        findings.report(span, 'separator', { count: 1 }, { fixes: [fix('take the `;` away', '', at, end)] });
        first = false;
      } else push('slip', end);
    } else if (groups.lines !== undefined) {
      const slashes = { start: at, end: at + 2 };
      findings.report(slashes, 'slash-comment', { count: 1 }, { fixes: [fix('write `#`', '#', at, at + 2)] });
      comments.push({ span, text: groups.lines.slice(2).trimEnd(), ownLine: first });
    } else if (groups.merge !== undefined) {
      if (first) {
        if (!merged) findings.report(span, 'merge-conflict', {});
        merged = true;
        // The other side of the merge says the same again: only the first one is read.
        const theirs = /^(?:\|{7}|={7})/.test(groups.merge) ? /^>{7}/m.exec(text.slice(end)) : null;
        if (open && theirs !== null) {
          const skipped = text.slice(end, end + theirs.index);
          line += skipped.split(/\r\n?|\n/).length - 1;
          at = end + theirs.index;
          open = false;
          continue;
        }
        open = groups.merge.startsWith('<');
      } else push('stray', end);
    } else if (groups.stray !== undefined) {
      if (/^\p{Cc}+$/u.test(groups.stray)) {
        const code = codeOf(groups.stray);
        findings.report(span, 'control-character', { code }, { fixes: [fix('take it away', '', at, end)] });
        first = false;
      } else push('stray', end);
    }
    at = end;
  }
  at = text.length;
  tokens.push({ kind: 'end', start: at, end: at, text: '', first: true, line: line + 1, flush: true });
  return { tokens, comments };
}

const codeOf = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/**
 * Where a text at the start of a line ends whose own quote was never closed: it took the opening quote of the next
 * text for its end, which shows in the word that is glued to it and in quotes that do not pair. No title begins a
 * line, so its first word is what is wrong, and the rest of the head can be read.
 */
function strayQuote(text: string, start: number, end: number): number | undefined {
  if (!/\w/.test(text.charAt(end))) return undefined;
  const blank = /\s/.exec(text.slice(start, end));
  if (blank === null) return undefined;
  const rest = /[^\r\n]*/.exec(text.slice(end))![0];
  return rest.replace(/\\./g, '').split('"').length % 2 === 0 ? start + blank.index : undefined;
}

/** On a line whose quotes do not pair, braces behind the first of them may belong to a text. */
function dropBraces(tokens: Token[], line: number): void {
  let first = tokens.length;
  for (let i = tokens.length - 1; i >= 0 && tokens[i]!.line === line; i--) if (tokens[i]!.kind === 'text') first = i;
  let kept = first;
  for (let i = first; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== '{' && token.kind !== '}') tokens[kept++] = token;
  }
  tokens.length = kept;
}

/** Says whether the text is closed. */
function checkText(file: SourceFile, raw: string, start: number, findings: Findings): boolean {
  const control = CONTROL.exec(raw);
  if (control !== null) {
    const at = { start: start + control.index, end: start + control.index + 1 };
    findings.report(at, 'control-character', { code: codeOf(control[0]) });
  }
  if (raw.length > MAX_TEXT + 2) findings.report({ start, end: start + raw.length }, 'text-too-long', {});
  const { closed } = readText(raw, start, problem => {
    if (problem.code === 'unclosed-text') {
      const tail = /\s*\{?\s*$/.exec(raw)!;
      const at = start + tail.index;
      const edits = [{ file, span: { start: at, end: at }, text: '"' }];
      findings.report(problem.span, 'unclosed-text', {}, { fixes: [{ title: 'close it', edits }] });
    } else if (problem.code === 'bad-escape') {
      const edits = [{ file, span: { start: problem.span.start, end: problem.span.start }, text: '\\' }];
      const fixes = [{ title: 'double the backslash', edits }];
      findings.report(problem.span, 'bad-escape', { written: problem.written }, { fixes });
    }
  });
  return closed;
}

/** A number, date or duration that is none, with what was probably meant. */
function reportDigits(file: SourceFile, raw: string, start: number, findings: Findings): void {
  const meant = meantBy(raw);
  const span = { start, end: start + raw.length };
  const zone = isDateTime(`${raw}Z`);
  // Which zone was meant, nobody said.
  const asks = zone && ({ asks: true } as const);
  const fixes = meant.map(text => ({ title: `write \`${text}\``, edits: [{ file, span, text }], ...asks }));
  const kind = OTHER_NUMBER.test(raw)
    ? 'number'
    : /^\d+[./-]\d+[./-]\d+/.test(raw)
      ? 'date'
      : /^\d+[A-Za-z]/.test(raw)
        ? 'duration'
        : 'number';
  findings.report(span, 'wrong-digits', { written: raw, kind, zone }, { fixes });
}

/** `1e3`, `1_000`, `1.000.000`. */
const OTHER_NUMBER = /^-?(?:\d+(?:\.\d+)?e[+-]?\d+|\d+(?:_\d{3})+|\d{1,3}(?:\.\d{3}){2,})$/i;

function meantBy(raw: string): readonly string[] {
  const two = (part: string) => part.padStart(2, '0');
  const iso = /^(\d{4})[-.](\d{1,2})[-.](\d{1,2})$/.exec(raw);
  const european = /^(\d{1,2})[.-](\d{1,2})[.-](\d{4})$/.exec(raw);
  const spelled = /^(\d+)(sec|secs|seconds?|min|mins|minutes?|hours?|hrs?|days?)$/i.exec(raw);
  if (OTHER_NUMBER.test(raw)) {
    const number = /e/i.test(raw) ? String(Number(raw)) : raw.replace(/[._]/g, '');
    return classifyDigits(number) === 'number' ? [number] : [];
  }
  const candidates: string[] = [];
  if (iso !== null) candidates.push(`${iso[1]}-${two(iso[2]!)}-${two(iso[3]!)}`);
  if (european !== null) candidates.push(`${european[3]}-${two(european[2]!)}-${two(european[1]!)}`);
  const found = candidates.filter(isDay);
  if (isDateTime(`${raw}Z`)) found.push(`${raw}Z`);
  if (spelled !== null) found.push(`${spelled[1]}${spelled[2]![0]!.toLowerCase()}`);
  return found;
}
