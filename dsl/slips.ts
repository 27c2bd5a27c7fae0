/** Texts with one slip, and what the contract of recovery says of reading them. For the tests and the longer run. */
import { Lexer } from 'yaml';
import type { Diagnostic } from './diagnostic.ts';
import { lex } from './lexer.ts';
import type { Parsed } from './parsed.ts';
import type { SourceFile } from './source.ts';
import { type EntryAt, entriesOf, errors } from './testing.ts';
import { MARKS } from './yaml/document.ts';

export interface Slip {
  readonly text: string;
  /** Where it is in the sound text. */
  readonly line: number;
  readonly piece: string;
  /** `word instead of ->` */
  readonly said: string;
}

/** Of every kind of token one, and the words that begin something. The empty one takes a token away. */
const PIECES = [
  ...['', '{', '}', '(', ')', '[', ']', ',', '.', '=', '/', '->', '<->', 'word', '"text"', '42', '2026-01-31', '5m'],
  ...[
    'item',
    'values',
    'test',
    'when',
    'otherwise',
    'status',
    'fields',
    'or',
    'at',
    'expect',
    'is',
    '???',
    '"open',
    ';',
  ],
];

/** Each token of a text taken away, and each piece put in its place and before it. */
export function* slipsOf(file: SourceFile, pieces: readonly string[] = PIECES): Generator<Slip> {
  for (const { startOffset, image } of lex(file.text).tokens) {
    const { line } = file.position(startOffset);
    for (const piece of pieces) {
      for (const length of piece === '' ? [image.length] : [0, image.length]) {
        const before = file.text.slice(0, startOffset);
        const after = file.text.slice(startOffset + length);
        const said = `${piece || 'nothing'} ${length === 0 ? 'before' : 'instead of'} ${image}`;
        yield { text: `${before}${piece}${length === 0 ? ' ' : ''}${after}`, line, piece, said };
      }
    }
  }
}

/** Of every kind of piece that YAML knows one. */
const YAML_PIECES = [
  ...[
    '',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '- ',
    '"',
    "'",
    '"text"',
    'word',
    '42',
    '# ',
    '? ',
    '&a ',
    '*a',
    '!t ',
    '| ',
    '> ',
  ],
  ...['%', '@', '`'],
];

/** Each piece of a YAML text taken away, and each piece put in its place and before it; and each line moved. */
export function* yamlSlipsOf(file: SourceFile): Generator<Slip> {
  yield* yamlPiecesOf(file);
  yield* yamlMovesOf(file);
}

function* yamlPiecesOf(file: SourceFile): Generator<Slip> {
  let at = 0;
  for (const image of new Lexer().lex(file.text)) {
    if (MARKS.has(image)) continue;
    const start = at;
    at += image.length;
    if (image.startsWith('#') || image.trim() === '') continue;
    const { line } = file.position(start);
    const slip = (piece: string, length: number, said: string) => ({
      text: file.text.slice(0, start) + piece + file.text.slice(start + length),
      line,
      piece,
      said,
    });
    for (const piece of YAML_PIECES) {
      if (piece !== '') yield slip(piece, 0, `${piece} before ${image}`);
      yield slip(piece, image.length, `${piece || 'nothing'} instead of ${image}`);
    }
  }
}

/** Each line of a YAML text moved to the right and to the left. */
export function* yamlMovesOf(file: SourceFile): Generator<Slip> {
  for (const { index, 0: indent } of file.text.matchAll(/^ *(?=[^ #\n])/gm)) {
    const { line } = file.position(index);
    for (const by of [-4, -2, -1, 1, 2, 4]) {
      const width = indent.length + by;
      if (width < 0) continue;
      const text = file.text.slice(0, index) + ' '.repeat(width) + file.text.slice(index + indent.length);
      yield { text, line, piece: ' ', said: `${width} blanks instead of ${indent.length}` };
    }
    const text = `${file.text.slice(0, index)}\t${file.text.slice(index + indent.length)}`;
    yield { text, line, piece: '\t', said: 'a tab instead of the blanks' };
  }
}

/** Rows of its own block, which a `{` too many may cost. */
const ROWS = ['row', 'table-otherwise', 'setting'];

/** What the contract has against the reading of a text with one slip, beside the sound one; nothing if it is kept. */
export function complaint(
  sound: readonly EntryAt[],
  broken: Parsed,
  { line, piece, said }: Slip,
  /** Whether a line stands under the key that the slip is in, and goes with it. */
  under: (line: number) => boolean = () => false,
): string | undefined {
  const found: readonly Diagnostic[] = errors(broken);
  if (found.length === 0) return undefined;
  const now = new Set(entriesOf(broken).map(entry => `${entry.kind} ${entry.line}`));
  const lost = sound.filter(
    entry =>
      (entry.line > line || entry.lastLine < line) &&
      !now.has(`${entry.kind} ${entry.line}`) &&
      !(piece === '{' && ROWS.includes(entry.kind)) &&
      !under(entry.line),
  );
  const lines = found.map(({ file, span }) => file.position(span.start).line);
  const near = sound.filter(entry => entry.line <= line && entry.lastLine >= line).map(entry => entry.line);
  const astray = !lines.some(at => Math.abs(at - line) < 2 || near.includes(at));
  if (found.length <= 2 && lost.length === 0 && !astray) return undefined;
  return `${said} on line ${line}: ${found.length} messages on ${lines}, lost ${lost.map(e => `${e.kind} ${e.line}`)}`;
}

/** Says of a line of YAML whether it stands under the key on another. */
export function underIn(text: string): (line: number) => (at: number) => boolean {
  const lines = text.split('\n');
  const indent = (at: string) => at.search(/[^ ]/);
  return line => {
    const deeper = (at: string) => at.trim() === '' || indent(at) > indent(lines[line - 1]!);
    const end = lines.findIndex((at, index) => index >= line && !deeper(at));
    return at => at > line && (end < 0 || at <= end);
  };
}
