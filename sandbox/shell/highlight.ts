/** Colours for a program's text, from the language's own lexer; a line is a list of pieces that cover it. */
import { lex } from '../../dsl/lexer.ts';
import { notationOf } from '../../dsl/source.ts';

export type PieceKind = 'plain' | 'keyword' | 'text' | 'arrow' | 'comment' | 'number';
export interface Piece {
  readonly start: number;
  readonly kind: PieceKind;
  readonly text: string;
}
type Mark = Omit<Piece, 'text'> & { readonly end: number };

export function highlight(path: string, text: string): readonly (readonly Piece[])[] {
  const marks = notationOf(path) === 'bridge' ? bridgeMarks(text) : yamlMarks(text);
  const lines: Piece[][] = [];
  let next = 0;
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const pieces: Piece[] = [];
    const add = (from: number, to: number, kind: PieceKind) => {
      if (to > from) pieces.push({ start: from, kind, text: text.slice(from, to) });
    };
    let at = start;
    for (; next < marks.length && marks[next]!.start < end; next++) {
      const mark = marks[next]!;
      add(at, mark.start, 'plain');
      at = Math.min(mark.end, end);
      add(Math.max(mark.start, start), at, mark.kind);
    }
    add(at, end, 'plain');
    lines.push(pieces);
    start = end + 1;
  }
  return lines;
}

const kinds: Readonly<Record<string, PieceKind>> = {
  Text: 'text',
  Arrow: 'arrow',
  Number: 'number',
  Date: 'number',
  DateTime: 'number',
  Duration: 'number',
};

function bridgeMarks(text: string): readonly Mark[] {
  const { tokens, comments } = lex(text);
  const marks: Mark[] = comments.map(comment => ({ ...comment.span, kind: 'comment' }));
  tokens.forEach((token, index) => {
    const start = token.startOffset;
    const kind = kinds[token.tokenType.name] ?? (isKeyword(index) ? 'keyword' : undefined);
    if (kind !== undefined) marks.push({ start, end: start + token.image.length, kind });
  });
  return marks.sort((a, b) => a.start - b.start);

  // No word is reserved: beside an arrow, a dot or an equals sign it is a field's name.
  function isKeyword(index: number): boolean {
    const { tokenType } = tokens[index]!;
    const names = ['Arrow', 'Dot', 'Equals'];
    return (
      tokenType.CATEGORIES?.some(category => category.name === 'Word') === true &&
      !names.includes(tokens[index + 1]?.tokenType.name ?? '') &&
      !names.includes(tokens[index - 1]?.tokenType.name ?? '')
    );
  }
}

/** Comments, quoted texts and keys: enough to read by. */
function yamlMarks(text: string): readonly Mark[] {
  const pattern =
    /(?<comment>(?<=^|\s)#[^\n]*)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<key>[\w-]+(?=\s*:(?:\s|$)))/gm;
  return [...text.matchAll(pattern)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: match.groups!.comment !== undefined ? 'comment' : match.groups!.text !== undefined ? 'text' : 'keyword',
  }));
}
