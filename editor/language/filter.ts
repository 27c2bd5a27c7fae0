/**
 * What an editor compares with what is typed, to choose among what is offered. It takes everything that would be
 * replaced for what is typed, so that a text which stands in quotes already is found only by one that has them, too;
 * and where only one word begins with a quote, as what will be written does, the quote is in nobody's way.
 */
import type { Completion } from './types.ts';

export function filterOf({ label, filter, insert, span }: Completion, text: string): string {
  const words = filter ?? label;
  const quote = /["']/.exec(text[span.start] ?? '')?.[0] ?? (insert.startsWith('"') ? '"' : '');
  return quote + words + quote;
}
