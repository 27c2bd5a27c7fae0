/** Checkboxes: only Salesforce has them; everything else spells them `true` and `false`. */
import type { Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';

export function normalBoolean(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const word = raw.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : raw.trim();
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

export const writeBoolean: Step = value => {
  const word = spelled(value).trim().toLowerCase();
  const known = Object.hasOwn(words, word) ? words[word] : undefined;
  return known === undefined ? failed(`${quoted(value)} is neither true nor false`) : done(known);
};
