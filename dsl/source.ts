/**
 * A text with a name. Everything in the language carries plain offsets into one; lines and columns
 * are worked out here, on demand, by binary search over line starts that are found on first use.
 */

/** Half-open range of UTF-16 code units in one file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Lines and columns count from 1, columns in UTF-16 code units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Notation = 'bridge' | 'yaml';

export interface SourceFile {
  /** As the user named it; `<stdin>` for standard input. */
  readonly path: string;
  readonly text: string;
  readonly notation: Notation;
  position(offset: number): Position;
  /** Offset of a line's first character, and of the end of its text without the line end. */
  line(line: number): Span;
  readonly lineCount: number;
}

/** `.yaml` and `.yml` are read as YAML, everything else as Bridge. */
export function notationOf(path: string): Notation {
  return /\.ya?ml$/i.test(path) ? 'yaml' : 'bridge';
}

export const createSourceFile = (path: string, text: string, notation: Notation = notationOf(path)): SourceFile =>
  new TextSource(path, text, notation);

/** A class, so that all files share one getter: one in an object literal costs a hidden shape for every file. */
class TextSource implements SourceFile {
  readonly path: string;
  readonly text: string;
  readonly notation: Notation;
  #starts: readonly number[] | undefined;
  #latest = 0;

  constructor(path: string, text: string, notation: Notation) {
    this.path = path;
    this.text = text;
    this.notation = notation;
  }

  get #lineStarts(): readonly number[] {
    this.#starts ??= findLineStarts(this.text);
    return this.#starts;
  }

  position(offset: number): Position {
    const all = this.#lineStarts;
    // Most questions come in the order of the text: the same line again, or the next one.
    let index = this.#latest;
    if (offset < all[index]! || offset >= (all[index + 1] ?? Infinity)) {
      index++;
      if (offset < (all[index] ?? Infinity) || offset >= (all[index + 1] ?? Infinity))
        index = lastAtOrBefore(all, offset);
      this.#latest = index;
    }
    return { line: index + 1, column: offset - all[index]! + 1 };
  }

  line(line: number): Span {
    const all = this.#lineStarts;
    const start = all[line - 1] ?? this.text.length;
    let end = all[line] ?? this.text.length;
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--;
    return { start, end };
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }
}

const LF = 10;
const CR = 13;
const isLineEnd = (code: number) => code === LF || code === CR;

/** LF, CRLF and a lone CR each end a line. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CR && text.charCodeAt(i + 1) === LF) i++;
    if (isLineEnd(code)) starts.push(i + 1);
  }
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the line of an offset begins. */
export const lineStart = (file: SourceFile, offset: number): number => file.line(file.position(offset).line).start;

export const emptySpan = (at: number): Span => ({ start: at, end: at });
