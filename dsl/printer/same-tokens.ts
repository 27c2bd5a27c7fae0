/**
 * A quick proof that a text in Bridge says what another one says: the same tokens, and the same comments in
 * the same order. The grammar sees nothing else of a text. Walks through both at once and makes nothing;
 * where it is not sure it says no, and the texts are compared by their trees.
 */
import type { Program } from '../ast.ts';
import { commentText } from './lines.ts';

const [TAB, LF, CR, BLANK, QUOTE, HASH, BACKSLASH, NO_BREAK, MARK] = [9, 10, 13, 32, 34, 35, 92, 0xa0, 0xfeff] as const;
const END = -1;
const isBlank = (code: number): boolean =>
  code === BLANK || code === LF || code === CR || code === TAB || code === NO_BREAK;
/** What is neither between tokens nor a text: all that comes behind these signs, but for one. */
const isOfToken = (code: number): boolean => code > HASH && code !== NO_BREAK;

/** Characters that are a token by themselves, or end one: whether blanks stand beside them makes no difference. */
const ALONE = new Set([...'{}()[],="'].map(sign => sign.charCodeAt(0)));

/** `program` was read from its text without an error; `text` is another one. */
export function hasSameTokens({ file, comments }: Program, text: string): boolean {
  const written = file.text;
  let a = codeAt(written, 0) === MARK ? 1 : 0;
  let b = 0;
  /** How many comments lie behind, in the one text and in the other. */
  let passed = 0;
  let found = 0;
  let last: number = QUOTE;
  for (;;) {
    let code = codeAt(written, a);
    while (isOfToken(code) && code === codeAt(text, b)) {
      last = code;
      code = codeAt(written, ++a);
      b++;
    }
    const [fromA, fromB] = [a, b];
    for (; isBlank(code) || code === HASH; code = codeAt(written, a)) {
      if (code !== HASH) a++;
      else {
        const comment = comments[passed++];
        if (comment?.span.start !== a) return false;
        a = comment.span.end;
      }
    }
    for (let other = codeAt(text, b); isBlank(other) || other === HASH; other = codeAt(text, b)) {
      if (other !== HASH) b++;
      else {
        const comment = comments[found++];
        if (comment === undefined) return false;
        const image = commentText(comment);
        if (!text.startsWith(image, b)) return false;
        b += image.length;
        if (!isEnd(codeAt(text, b))) return false;
      }
    }
    if (a >= written.length || b >= text.length) break;
    if (code !== codeAt(text, b)) return false;
    if (a > fromA !== b > fromB && !ALONE.has(last) && !ALONE.has(code)) return false;
    last = code;
    a++;
    b++;
    if (code !== QUOTE) continue;
    const length = lengthOfText(written, a, text, b);
    if (length < 0) return false;
    a += length;
    b += length;
  }
  return a >= written.length && b >= text.length && passed === comments.length && found === comments.length;
}

/** The end of a text is no character; asked beyond it, `charCodeAt` would make a fraction of every code. */
const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : END);
const isEnd = (code: number): boolean => code === LF || code === CR || code === END;

/** Of what stands behind a quote, the one that closes it included; below nothing where the two differ. */
function lengthOfText(written: string, a: number, text: string, b: number): number {
  for (let at = 0; a + at < written.length; at++) {
    const code = codeAt(written, a + at);
    if (code !== codeAt(text, b + at)) return -1;
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) {
      at++;
      if (codeAt(written, a + at) !== codeAt(text, b + at)) return -1;
    }
  }
  return -1;
}
