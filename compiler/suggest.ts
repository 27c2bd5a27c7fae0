/**
 * The nearest names: what a person most likely meant. Capitals cost nothing, two letters that changed places
 * cost one edit, and a name that is too far away is no suggestion at all.
 */
import { editDistance } from '../dsl/nearest.ts';

export interface Candidate {
  /** What to write instead. */
  readonly name: string;
  /** What people call it; a written label finds its name. */
  readonly label?: string;
}

/** As many are a choice that people can take in. */
const MOST = 3;

/** The nearest candidate's name; several where they are equally near, in the order given, and none that is far. */
export function nearest(written: string, candidates: Iterable<Candidate | string>): readonly string[] {
  const folded = fold(written);
  if (folded === '') return [];
  const best = new Set<string>();
  let least = limitFor(folded.length) + 1;
  for (const candidate of candidates) {
    const { name, label } = typeof candidate === 'string' ? { name: candidate, label: undefined } : candidate;
    for (const words of label === undefined || label === name ? [name] : [name, label]) {
      const cost = editDistance(folded, fold(words), least + 1);
      if (cost < least) {
        best.clear();
        least = cost;
      }
      if (cost === least && cost <= limitFor(folded.length)) best.add(name);
    }
  }
  return [...best].slice(0, MOST);
}

/** How many edits still look like a slip. */
const limitFor = (length: number): number => Math.max(1, Math.min(4, Math.floor(length / 3)));

/** Capitals, blanks, hyphens and the ending of custom names are not what people get wrong. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/__[cr]$/, '')
    .replace(/[\s_-]+/g, '');
