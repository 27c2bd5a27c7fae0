/**
 * The nearest name: what a person most likely meant. Capitals cost almost nothing, two letters that
 * changed places cost one edit, and a name that is too far away is no suggestion at all.
 */

export interface Candidate {
  /** What to write instead. */
  readonly name: string;
  /** What people call it; a written label finds its name. */
  readonly label?: string;
}

/** The nearest candidate's name, or nothing. Equally near ones: the first. */
export function nearest(written: string, candidates: Iterable<Candidate | string>): string | undefined {
  const folded = fold(written);
  if (folded === '') return undefined;
  let best: string | undefined;
  let bestCost = limitFor(folded.length) + 1;
  for (const candidate of candidates) {
    const { name, label } = typeof candidate === 'string' ? { name: candidate, label: undefined } : candidate;
    for (const words of label === undefined || label === name ? [name] : [name, label]) {
      const cost = distance(folded, fold(words), bestCost - 1);
      if (cost < bestCost) {
        best = name;
        bestCost = cost;
        if (cost === 0) return best;
      }
    }
  }
  return best;
}

/** How many edits still look like a slip. */
const limitFor = (length: number): number => (length <= 2 ? 1 : length <= 5 ? 2 : Math.min(4, Math.floor(length / 3)));

/** Capitals, blanks, hyphens and the ending of custom names are not what people get wrong. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/__[cr]$/, '')
    .replace(/[\s_-]+/g, '');

/** Edits between two texts (insert, delete, replace, swap of neighbours), or more than `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
