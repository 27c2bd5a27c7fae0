/** How a line of text stands on a terminal: tabs to the next stop, wide characters on two columns, nothing that could steer it. */

const tabStop = 4;
const wide =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const zero = /^[\p{M}\u200b-\u200f\u2060\ufeff]+$/u;

export interface Shown {
  readonly text: string;
  /** The column, from 0, of each UTF-16 offset of the line, and one past its end. */
  readonly columns: readonly number[];
}

export function shown(line: string): Shown {
  let text = '';
  let column = 0;
  const columns: number[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    for (let i = 0; i < segment.length; i++) columns.push(column);
    const [piece, width] = pieceOf(segment, column);
    text += piece;
    column += width;
  }
  columns.push(column);
  return { text, columns };
}

function pieceOf(segment: string, column: number): readonly [string, number] {
  if (segment === '\t') {
    const width = tabStop - (column % tabStop);
    return [' '.repeat(width), width];
  }
  const code = segment.codePointAt(0)!;
  if (code < 0x20) return [String.fromCharCode(0x2400 + code), 1];
  if (code >= 0x7f && code < 0xa0) return ['\ufffd', 1];
  if (zero.test(segment)) return [segment, 0];
  return [segment, wide.test(segment) ? 2 : 1];
}
