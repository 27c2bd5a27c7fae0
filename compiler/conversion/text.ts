/**
 * Texts: what counts as the same one, and how one is cut or refused. Salesforce keeps CRLF, trims
 * trailing blanks on save and compares without case; a one-line field of Jira refuses line breaks.
 */
import type { ConversionContext, Converted } from './conversion.ts';
import { done, failed } from './conversion.ts';

/** Two texts that fold to the same are equal to a condition, as they are to SOQL. */
export const foldText = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
};

/** Whether a text folds to `folded`: letter by letter while they are ASCII, so that most differ at the first one. */
export function foldsTo(text: string, folded: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return foldText(text) === folded;
    const small = code >= 65 && code <= 90 ? code + 32 : code;
    if (small !== folded.charCodeAt(at)) return false;
  }
  return text.length === folded.length;
}

// Nearly all texts are in normal form already, and a look is far cheaper than an operation that finds nothing to do.

const isInk = (code: number): boolean => code > 32 && code < 127;

/** Without blanks around. */
export const trimmed = (text: string): string =>
  isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1)) ? text : text.trim();

const trimmedEnd = (text: string): string => (isInk(text.charCodeAt(text.length - 1)) ? text : text.trimEnd());

/** CRLF and a lone CR become LF; trailing blanks and lines go. */
export const normalLines = (text: string): string =>
  trimmedEnd(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** On one line: line breaks become a space, blanks around go. */
export const normalLine = (text: string): string =>
  trimmed(text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text);

/** Not inside a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(0, Math.floor(length));
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

/** As the program's `cut at` says, where it does. */
export const cut = (text: string, context: ConversionContext): string =>
  context.cutAt === undefined ? text : cutText(text, context.cutAt);

/** `written` when `length` characters fit, else the reason that they do not. */
export function fitting(written: unknown, length: number, limit: number | undefined): Converted {
  if (limit === undefined || length <= limit) return done(written);
  return failed(`the text is ${count(length)} characters long, and the field takes at most ${count(limit)}`);
}

const count = (n: number) => n.toLocaleString('en-GB');
