/** Entries of maps and lists of YAML taken out and put in, in block style as in flow style, with their commas and lines. */
import type { TextEdit } from '../../dsl/diagnostic.ts';
import { lineStart, type SourceFile, type Span } from '../../dsl/source.ts';

/** With its quotes and colon: a longer one is no key of the language. */
const LONGEST_KEY = 1000;
const KEY = /(?:"[^"\n]*"|'[^'\n]*'|[\w.-]+)[ \t]*:[ \t]*$/;

/** The entry of a value: with its key in front, if the span does not have it. */
export function entryOf(file: SourceFile, { start, end }: Span): Span {
  const before = Math.max(lineStart(file, start), start - LONGEST_KEY);
  const key = KEY.exec(file.text.slice(before, start));
  return { start: key === null ? start : before + key.index, end };
}

/** Takes out a pair of a map, or what stands in a list. */
export function withoutEntry(file: SourceFile, span: Span): TextEdit {
  const { text } = file;
  const cut = (start: number, end: number): TextEdit => ({ file, span: { start, end }, text: '' });
  const { start } = span;
  const end = span.start + text.slice(span.start, span.end).trimEnd().length;
  // What stands behind the first of several, up to the last of them.
  if (/^[\s,]/.test(text.slice(start))) return cut(start, end);
  const first = lineStart(file, start);
  const before = text.slice(first, start);
  if (/^[ \t]*(?:-[ \t]+)*$/.test(before)) return cut(...lines(text, first, before, end));
  const comma = /^[ \t\r\n]*,[ \t]*/.exec(text.slice(end));
  if (comma !== null) return cut(start, end + comma[0].length);
  const previous = behindBlanks(text, start);
  if (text[previous - 1] === ',') return cut(behindBlanks(text, previous - 1), end);
  const inside = /[ \t]*$/.exec(before)![0].length;
  return cut(start - inside, end + /^[ \t]*/.exec(text.slice(end))![0].length);
}

/** Where the blanks and line ends before an offset begin. */
function behindBlanks(text: string, offset: number): number {
  let at = offset;
  while (/[ \t\r\n]/.test(text[at - 1] ?? '')) at--;
  return at;
}

/** The whole lines of an entry in block style; of the first one behind a `-`, what makes room for the next. */
function lines(text: string, lineStart: number, before: string, end: number): readonly [start: number, end: number] {
  const lineEnd = text.indexOf('\n', end);
  const after = lineEnd < 0 ? text.length : lineEnd + 1;
  const next = /^[ \t]*(?=[^ \t\r\n#])/.exec(text.slice(after));
  const goesOn =
    before.trim() !== '' && next !== null && next[0].length === before.length && text[after + before.length] !== '-';
  return goesOn ? [lineStart + before.length, after + before.length] : [lineStart, after];
}

/** Puts a pair at the end of a map. */
export function withEntry(file: SourceFile, map: Span, pair: string): TextEdit {
  const { text } = file;
  const put = (at: number, text: string): TextEdit => ({ file, span: { start: at, end: at }, text });
  if (text[map.start] === '{') {
    const inside = text.slice(map.start + 1, text.lastIndexOf('}', map.end - 1)).trimEnd();
    return put(map.start + 1 + inside.length, inside === '' ? ` ${pair} ` : `, ${pair}`);
  }
  const last = map.start + text.slice(map.start, map.end).trimEnd().length;
  const lineEnd = text.indexOf('\n', last);
  const column = map.start - lineStart(file, map.start);
  return put(lineEnd < 0 ? text.length : lineEnd, `\n${' '.repeat(column)}${pair}`);
}

/** Puts a pair behind another one. */
export function behindEntry(file: SourceFile, { start, end }: Span, pair: string): TextEdit {
  const { text } = file;
  const at = start + text.slice(start, end).trimEnd().length;
  const before = text.slice(lineStart(file, start), start);
  return { file, span: { start: at, end: at }, text: before.trim() === '' ? `\n${before}${pair}` : `, ${pair}` };
}
