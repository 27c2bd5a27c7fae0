/**
 * A quick proof that a text in Bridge says what another one says: the same tokens, and the same comments in
 * the same order. The grammar sees nothing else of a text. Walks through both at once and makes nothing;
 * where it is not sure it says no, and the texts are compared by their trees.
 */
import type { Program } from '../ast.ts';
import { commentText } from './lines.ts';

const [TAB, LF, CR, BLANK, QUOTE, HASH, BACKSLASH, NO_BREAK, MARK] = [9, 10, 13, 32, 34, 35, 92, 0xa0, 0xfeff];
const isBlank = (code: number): boolean =>
  code === BLANK || code === LF || code === CR || code === TAB || code === NO_BREAK;

/** Characters that are a token by themselves, or end one: whether blanks stand beside them makes no difference. */
const ALONE = new Set([...'{}()[],="'].map(sign => sign.charCodeAt(0)));

/** `program` was read from its text without an error; `text` is another one. */
export function hasSameTokens({ file, comments }: Program, text: string): boolean {
  const written = file.text;
  const found: string[] = [];
  let a = written.charCodeAt(0) === MARK ? 1 : 0;
  let b = 0;
  let last = QUOTE;
  for (;;) {
    const [fromA, fromB] = [a, b];
    for (let code = written.charCodeAt(a); isBlank(code) || code === HASH; code = written.charCodeAt(a)) {
      a = code === HASH ? endOfLine(written, a) : a + 1;
    }
    for (let code = text.charCodeAt(b); isBlank(code) || code === HASH; code = text.charCodeAt(b)) {
      if (code !== HASH) b++;
      else {
        const end = endOfLine(text, b);
        found.push(text.slice(b, end));
        b = end;
      }
    }
    if (a >= written.length || b >= text.length) break;
    const code = written.charCodeAt(a);
    if (code !== text.charCodeAt(b)) return false;
    if (a > fromA !== b > fromB && !ALONE.has(last) && !ALONE.has(code)) return false;
    if (code !== QUOTE) {
      a++;
      b++;
      last = code;
      continue;
    }
    const end = endOfText(written, a);
    if (end < 0 || !text.startsWith(written.slice(a, end), b)) return false;
    b += end - a;
    a = end;
    last = QUOTE;
  }
  return (
    a >= written.length &&
    b >= text.length &&
    found.length === comments.length &&
    comments.every((comment, index) => commentText(comment) === found[index])
  );
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++;
  return at;
}

/** Behind the closing quote. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return -1;
}
