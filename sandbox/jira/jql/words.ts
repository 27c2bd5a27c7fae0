/** Searching texts: `~` with words, phrases and beginnings of words, and queries that are nothing but words. */
import { refusal } from '../errors.ts';

const tokens = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every word must be there (`word*` begins one); what stands in quotes must be there in that order. */
export function textTest(literal: string, field: string): (text: string) => boolean {
  if (literal.trim() === '') throw refusal(400, `The field '${field}' does not support searching for an empty string.`);
  if (/^\s*[*?]/.test(literal)) {
    throw refusal(
      400,
      `The text query '${literal}' for field '${field}' is not allowed to start with '${literal.trim()[0]}'`,
    );
  }
  const phrases = [...literal.matchAll(/"([^"]*)"/g)].map(found => tokens(found[1]!));
  const words =
    literal
      .replace(/"[^"]*"/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+\*?/gu) ?? [];
  return text => {
    const inside = tokens(text);
    const known = new Set(inside);
    const hasWord = (word: string): boolean =>
      word.endsWith('*') ? inside.some(token => token.startsWith(word.slice(0, -1))) : known.has(word);
    const hasPhrase = (phrase: readonly string[]): boolean =>
      inside.some((_, start) => phrase.every((word, offset) => inside[start + offset] === word));
    return words.every(hasWord) && phrases.every(hasPhrase);
  };
}

/** A real site searches all text for words that are no query at all. */
export const bareWords = (text: string): string | undefined =>
  text.trim() !== '' && /^[\p{L}\p{N}\s_-]+$/u.test(text) && !/\border\s+by\b/i.test(text) ? text : undefined;
