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

/** CRLF and a lone CR become LF; trailing blanks and lines go. */
export const normalLines = (text: string): string => text.replace(/\r\n?/g, '\n').trimEnd();

/** On one line: line breaks become a space, blanks around go. */
export const normalLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();

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
