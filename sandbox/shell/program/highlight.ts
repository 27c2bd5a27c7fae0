/** Colours for a program's text; a line is a list of pieces that cover it. */
import { notationOf } from '../../../dsl/source.ts';
import { type MarkKind, marks as marksOf } from '../../../editor/language/marks.ts';

export type PieceKind = 'plain' | MarkKind;
export interface Piece {
  readonly start: number;
  readonly kind: PieceKind;
  readonly text: string;
}

export function highlight(path: string, text: string): readonly (readonly Piece[])[] {
  const marks = marksOf(notationOf(path), text);
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
