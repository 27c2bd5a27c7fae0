/**
 * What a line of broken YAML may have been meant to be: each way to mend it with one small edit, the likeliest
 * first. Nothing is decided here; whoever asks reads the text with each of them and keeps what reads best.
 */
import { keys } from './shapes.ts';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mend {
  readonly edits: readonly Edit[];
  /** What was wrong, as a sentence. */
  readonly problem: string;
  /** How the fix is offered; a line that had to be left out has none. */
  readonly title?: string;
  /** It takes away what somebody wrote: a person may choose it. */
  readonly asks?: true;
}

interface Piece extends Edit {
  readonly kind: 'open' | 'close' | 'sign' | 'quoted' | 'word';
}

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly indent: number;
}

const PIECE =
  /[ \t]+|(?<comment>#[^\n]*)|(?<quoted>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?<open>[{[])|(?<close>[}\]])|(?<sign>,|:(?=[\s,}\]"']|$)|[-?](?=\s|$)|[|>](?=\s|$)|[&*!][^\s,{}[\]]*|[%@`])|(?<word>(?:[^\s,{}[\]:]|:(?![\s,}\]]|$))+)|[\s\S]/gy;
/** So many pieces of a line are tried without. */
const MOST_PIECES = 8;
const PARTNER: Readonly<Record<string, string>> = { '{': '}', '[': ']', '}': '{', ']': '[' };
/** A key that nobody wrote. */
export const STAND_IN = 'missing-key';
const KEYS: ReadonlySet<string> = new Set(Object.values(keys).flat());

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\n]*/g)) {
    if (lines.length > 0 && index === lines.at(-1)!.end) continue;
    const bare = line.replace(/\r$/, '');
    lines.push({ start: index, end: index + bare.length, text: bare, indent: bare.search(/[^ ]|$/) });
  }
  return lines;
}

/** Nothing stands on it, or a comment. */
export const isIdle = ({ text }: Line): boolean => /^\s*(?:#|$)/.test(text);

/**
 * What stands before a key that a `#` makes a comment of, and where the `#` is: a key with nothing behind it, or one that
 * begins an entry of a list.
 */
export function hiddenKey(text: string): { readonly at: number; readonly end: number } | undefined {
  const found = /^( *(?:- )?)#\s*(?=(?:- )?(?<key>[\w-]*):(?<rest>.*)$)/.exec(text);
  if (found === null) return undefined;
  const { key = '', rest = '' } = found.groups!;
  const heads = /^\s*(?:#.*)?$/.test(rest);
  const begins = /^ *#\s*- /.test(text) || (KEYS.has(key) && /^ *#/.test(text));
  return heads || (begins && rest.startsWith(' ')) ? { at: found[1]!.length, end: found[0].length } : undefined;
}

function piecesOf({ start, text }: Line): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { index, 0: found, groups } of text.matchAll(PIECE)) {
    if (groups?.comment !== undefined && /^$|\s/.test(text[index - 1] ?? '')) break;
    const kind = (['quoted', 'open', 'close', 'sign', 'word', 'comment'] as const).find(
      name => groups?.[name] !== undefined,
    );
    const at = { start: start + index, end: start + index + found.length, text: found };
    if (kind !== undefined) pieces.push({ ...at, kind: kind === 'comment' ? 'word' : kind });
  }
  return pieces;
}

const isClosed = ({ text }: Edit): boolean => text.length > 1 && text.endsWith(text[0]!) && !/[^\\]\\"$/.test(text);

/** Does the line leave a quote or bracket open, or close one that it did not open? */
export function isUneven(line: Line): boolean {
  const open: string[] = [];
  for (const piece of piecesOf(line)) {
    if (piece.kind === 'quoted' && !isClosed(piece)) return true;
    if (piece.kind === 'open') open.push(piece.text);
    if (piece.kind === 'close' && open.pop() !== PARTNER[piece.text]) return true;
  }
  return open.length > 0;
}

export const applied = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);

const put = (at: number, text: string): Edit => ({ start: at, end: at, text });
const swap = ({ start, end }: Edit, text: string): Edit => ({ start, end, text });

/** The lines under one: those below it that are indented deeper. */
export function underLine(lines: readonly Line[], at: number): number {
  let end = at + 1;
  while (end < lines.length && (isIdle(lines[end]!) || lines[end]!.indent > lines[at]!.indent)) end++;
  return end;
}

/** `near` is where the trouble was noticed. */
export function* mendsOf(lines: readonly Line[], at: number, near: number): Generator<Mend> {
  const line = lines[at]!;
  const hidden = hiddenKey(line.text);
  if (hidden !== undefined) yield* shown(line, hidden);
  const pieces = piecesOf(line);
  const last = pieces.at(-1);
  if (last === undefined) return;
  if (pieces[0]!.text === '?') yield* asked(pieces);
  yield* brackets(pieces, last);
  if (pieces[0]!.kind === 'quoted') yield* quotedDash(pieces[0]!);
  for (const piece of pieces) if (piece.kind === 'quoted' && !isClosed(piece)) yield* quotes(line, piece);
  yield* colons(pieces);
  yield* indents(lines, at);
  yield* dashes(lines, at);
  const distance = ({ start, end }: Piece) => Math.max(start - near, near - end, 0);
  const nearest = [...pieces].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_PIECES);
  for (const piece of nearest) yield* without(pieces, piece);
}

/** A `#` before a key, or in its place, takes what stands under it elsewhere. */
function* shown({ start, text }: Line, { at, end }: NonNullable<ReturnType<typeof hiddenKey>>): Generator<Mend> {
  const problem = '`#` makes a comment of the key that the lines below stand under';
  const hash = { start: start + at, end: start + end };
  if (!/^[\w-]/.test(text.slice(end))) {
    // What stands below says which key it was, where there are few.
    const names = at === 0 ? keys.program : [...keys.item, STAND_IN];
    for (const text of names) yield { edits: [{ ...hash, text }], problem };
    return;
  }
  yield { edits: [{ ...hash, text: '' }], problem, title: 'take it away' };
  if (/^\w/.test(text.slice(end)))
    yield {
      edits: [{ ...hash, end: hash.start + 1, text: '-' }],
      problem: '`-` is due instead of `#`',
      title: 'write `-`',
    };
}

/** A `?` before what stands in a list, or in place of its `-`. */
function* asked([piece, next]: readonly Piece[]): Generator<Mend> {
  if (next?.text !== '-')
    yield { edits: [swap(piece!, '-')], problem: '`-` is due instead of `?`', title: 'write `-`' };
  else
    yield {
      edits: [swap({ ...piece!, end: next.start }, '')],
      problem: '`?` does not belong here',
      title: 'take it away',
    };
}

/** A piece is too many, or stands for the `:`. */
function* without(pieces: readonly Piece[], piece: Piece): Generator<Mend> {
  const next = pieces[pieces.indexOf(piece) + 1];
  if (piece.kind === 'word' && KEYS.has(piece.text) && next?.text === ':') return;
  const problem = `\`${shorten(piece.text)}\` does not belong here`;
  const title = 'take it away';
  const asks = piece.kind === 'word' || piece.kind === 'quoted' ? { asks: true as const } : {};
  yield { edits: [swap({ ...piece, end: next?.start ?? piece.end }, '')], problem, title, ...asks };
  if (piece.kind === 'quoted') yield { edits: [swap({ ...piece, end: piece.start + 1 }, '')], problem, title };
  if (piece === pieces[0]) yield { edits: [swap(piece, '-')], problem: '`-` is missing', title: 'write `-`', ...asks };
  if (piece.kind !== 'word') yield { edits: [swap(piece, ':')], problem: '`:` is missing', title: 'write `:`' };
}

/** Brackets that are missing, too many or of the other kind. */
function* brackets(pieces: readonly Piece[], last: Piece): Generator<Mend> {
  const open: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'open') open.push(piece);
    if (piece.kind !== 'close') continue;
    const before = open.at(-1);
    if (before?.text === PARTNER[piece.text]) {
      open.pop();
      continue;
    }
    if (before !== undefined) {
      const due = PARTNER[before.text]!;
      yield {
        edits: [swap(piece, due)],
        problem: `\`${due}\` is due instead of \`${piece.text}\``,
        title: `write \`${due}\``,
      };
      yield { edits: [put(pieces[index - 1]!.end, due)], problem: `\`${due}\` is missing`, title: `write \`${due}\`` };
    }
    const opener = PARTNER[piece.text === '}' || pieces.at(-1)!.text === '}' ? '}' : ']']!;
    yield {
      edits: [swap(piece, opener)],
      problem: `\`${opener}\` is due instead of \`${piece.text}\``,
      title: `write \`${opener}\``,
    };
    yield { edits: [swap(piece, '')], problem: `\`${piece.text}\` is one too many`, title: 'take it away' };
    const behind = pieces.slice(0, index).findLastIndex(({ text }) => text === ':' || text === '-' || text === '[');
    const wanted = PARTNER[piece.text]!;
    const place = behind < 0 ? undefined : pieces[behind]!.end;
    if (place !== undefined)
      yield { edits: [put(place, ` ${wanted}`)], problem: `\`${wanted}\` is missing`, title: `write \`${wanted}\`` };
    return;
  }
  if (open.length === 0) return;
  const closers = open
    .map(({ text }) => PARTNER[text]!)
    .reverse()
    .join('');
  const problem = `\`${closers}\` is missing`;
  yield { edits: [put(last.end, closers)], problem, title: `write \`${closers}\`` };
  for (const piece of open) {
    const index = pieces.indexOf(piece);
    yield { edits: [swap(piece, '')], problem: `\`${piece.text}\` is one too many`, title: 'take it away' };
    yield {
      edits: [swap(piece, PARTNER[piece.text]!)],
      problem: `\`${PARTNER[piece.text]}\` is due instead of \`${piece.text}\``,
      title: `write \`${PARTNER[piece.text]}\``,
    };
    for (const place of pieces.slice(index + 1).filter(({ kind, text }) => kind === 'close' || text === ',')) {
      yield {
        edits: [put(place.start, PARTNER[piece.text]!)],
        problem: `\`${PARTNER[piece.text]}\` is missing`,
        title: `write \`${PARTNER[piece.text]}\``,
      };
    }
  }
}

/** A quote stands for the `-`, and what is behind it is no text. */
function* quotedDash(piece: Piece): Generator<Mend> {
  const dash = { ...piece, end: piece.start + 1 };
  const problem = `\`-\` is due instead of \`${piece.text[0]}\``;
  yield { edits: [swap(dash, '-')], problem, title: 'write `-`' };
}

/** A quote without its end: the text ends at the line's end, or before what goes on with the map or list. */
function* quotes(line: Line, piece: Piece): Generator<Mend> {
  const quote = piece.text[0]!;
  const problem = 'the closing quote is missing';
  const title = 'close it';
  const opened = {
    edits: [swap({ ...piece, end: piece.start + 1 }, '')],
    problem: `\`${quote}\` does not belong here`,
    title: 'take it away',
  };
  yield opened;
  const rest = piece.text.slice(1);
  for (const { index } of rest.matchAll(/ ?[,}\]]|:(?= |$)|$/g)) {
    yield { edits: [put(piece.start + 1 + index, quote)], problem, title };
  }
  // The quote that closed a text may be the one that is left: the text began where the value does.
  const before = line.text.slice(0, piece.start - line.start);
  const value = Math.max(
    before.lastIndexOf(': '),
    before.lastIndexOf('- '),
    before.lastIndexOf('[ '),
    before.lastIndexOf(', '),
  );
  if (value >= 0)
    yield { edits: [put(line.start + value + 2, quote)], problem: 'the opening quote is missing', title: 'open it' };
}

/** `name Support cases`, `jira summary`, and commas between. */
function* colons(pieces: readonly Piece[]): Generator<Mend> {
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    const isKey = piece.kind === 'word' && KEYS.has(piece.text);
    const first = index === 0 || (index === 1 && pieces[0]!.text === '-');
    if ((isKey || first) && piece.kind !== 'sign' && next?.text !== ':') {
      yield {
        edits: [put(piece.end, ':')],
        problem: `\`:\` is missing behind \`${shorten(piece.text)}\``,
        title: 'write `:`',
      };
    }
    if (isKey && next?.text === ':' && index > 0 && !['-', ',', '?'].includes(pieces[index - 1]!.text)) {
      if (pieces[index - 1]!.kind !== 'open')
        yield {
          edits: [put(pieces[index - 1]!.end, ',')],
          problem: `\`,\` is missing before \`${piece.text}\``,
          title: 'write `,`',
        };
    }
  }
}

export function indentedBy({ start, text }: Line, width: number): Mend {
  const edits = [{ start, end: start + /^\s*/.exec(text)![0].length, text: ' '.repeat(width) }];
  return { edits, problem: 'the line is not indented as its neighbours are', title: `indent it by ${width}` };
}

/** The line stands elsewhere than its neighbours. */
function* indents(lines: readonly Line[], at: number): Generator<Mend> {
  const line = lines[at]!;
  const above = lines.slice(0, at).filter(one => !isIdle(one));
  // The line before it, and what that one stands under.
  const heads: Line[] = [];
  for (let one = above.length - 1; one >= 0; one--) {
    const { indent } = above[one]!;
    if (indent < (heads.at(-1)?.indent ?? Infinity)) heads.push(above[one]!);
    if (indent === 0) break;
  }
  const below = lines.slice(at + 1, at + 12).filter(one => !isIdle(one));
  const near = [...heads, ...below.slice(0, 2)];
  const blanks = /^\s*/.exec(line.text)![0].length;
  const widths = [
    ...new Set(
      near.flatMap(({ indent, text }) => [indent, /^ *- /.test(text) || text.endsWith(':') ? indent + 2 : indent]),
    ),
  ];
  for (const width of widths
    .filter(width => width !== blanks || line.text.includes('\t'))
    .sort((a, b) => Math.abs(a - blanks) - Math.abs(b - blanks))) {
    yield indentedBy(line, width);
  }
}

/** A `-` that is missing: it stands where those of the neighbours do. */
function* dashes(lines: readonly Line[], at: number): Generator<Mend> {
  const line = lines[at]!;
  if (line.text.startsWith('-', line.indent)) return;
  const near = [...lines.slice(Math.max(0, at - 12), at).reverse(), ...lines.slice(at + 1, at + 4)];
  const widths = new Set(near.filter(({ text }) => /^ *- /.test(text)).map(({ indent }) => indent));
  for (const width of widths) {
    const edits = [{ start: line.start, end: line.start + line.indent, text: `${' '.repeat(width)}- ` }];
    yield { edits, problem: '`-` is missing', title: 'write `-`' };
  }
}

/** The line is left out, with what is under it, or only its key is left. */
export function* leftOut(lines: readonly Line[], at: number): Generator<Mend> {
  const line = lines[at]!;
  const pieces = piecesOf(line);
  const end = underLine(lines, at);
  const problem = 'it cannot be read here';
  const content = line.start + line.indent;
  const dash = line.text.startsWith('- ', line.indent) ? '- ' : '';
  const known = pieces.find(({ kind, text }) => kind === 'word' && KEYS.has(text));
  const word = known ?? pieces.find(({ kind }) => kind === 'word');
  if (end > at + 1 && word !== undefined) {
    yield { edits: [{ start: content, end: line.end, text: `${dash}${word.text}:` }], problem };
  }
  yield { edits: [{ start: content, end: line.end, text: '' }], problem };
  if (dash !== '') yield { edits: [{ start: content, end: line.end, text: '-' }], problem };
  const under = lines.slice(at + 1, end).map(({ start, end }): Edit => ({ start, end, text: '' }));
  yield { edits: [{ start: content, end: line.end, text: '' }, ...under], problem };
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
