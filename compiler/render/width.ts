/** How a line of text stands on a terminal: tabs to the next stop, wide characters on two columns, nothing that could steer it. */

const tabStop = 4;
const wide =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const zero = /^[\p{M}\u200b-\u200f\u2060\ufeff]+$/u;

/** Characters that would steer a terminal, or turn what stands around them: all but the line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for.
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Words of somebody's program, or of a server, inside a sentence: as they are, and nothing in them has any power. */
export const tame = (text: string): string => text.replace(steering, pictureOf);

function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

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
  const text = segment === '\n' ? pictureOf(segment) : tame(segment);
  if (text !== segment) return [text, text.length];
  if (zero.test(segment)) return [segment, 0];
  return [segment, wide.test(segment) ? 2 : 1];
}
