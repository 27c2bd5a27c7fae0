/**
 * Two people's changes to one program, brought together line by line. Where both changed the same lines differently,
 * either theirs or one's own stand there: the page says so and asks, and everything else of both is kept.
 */
import type { Files } from '../../bridge/contract.ts';

export interface Merged {
  /** With theirs where both changed the same lines. */
  readonly theirs: Files;
  /** With one's own there. */
  readonly mine: Files;
  /** Files in which both changed the same lines. */
  readonly apart: readonly string[];
}

export function mergeFiles(base: Files, mine: Files, theirs: Files): Merged {
  const files = { theirs: {} as Record<string, string>, mine: {} as Record<string, string> };
  const apart: string[] = [];
  for (const path of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, own, other] = [base[path], mine[path], theirs[path]];
    const merged =
      own === other || own === was
        ? { theirs: other, mine: other, apart: false }
        : other === was
          ? { theirs: own, mine: own, apart: false }
          : was === undefined || own === undefined || other === undefined
            ? { theirs: other, mine: own, apart: true }
            : mergeTexts(was, own, other);
    if (merged.apart) apart.push(path);
    if (merged.theirs !== undefined) files.theirs[path] = merged.theirs;
    if (merged.mine !== undefined) files.mine[path] = merged.mine;
  }
  return { ...files, apart };
}

/** Lines `start` to `end` of the common text became others. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly put: readonly string[];
}

function mergeTexts(was: string, own: string, other: string) {
  const lines = was.split('\n');
  const sides = [hunks(lines, own.split('\n')), hunks(lines, other.split('\n'))] as const;
  const texts = { theirs: [] as string[], mine: [] as string[] };
  let apart = false;
  let at = 0;
  const next = [0, 0];
  const putBoth = (put: readonly string[]) => {
    texts.mine.push(...put);
    texts.theirs.push(...put);
  };
  for (;;) {
    const starts = sides.map((side, index) => side[next[index]!]?.start ?? Number.POSITIVE_INFINITY);
    const start = Math.min(...starts);
    if (start === Number.POSITIVE_INFINITY) break;
    putBoth(lines.slice(at, start));
    // Everything that touches, of either side, is one region.
    let end = start;
    const from = [...next];
    for (let grown = true; grown; ) {
      grown = false;
      for (const [index, side] of sides.entries())
        for (let hunk = side[next[index]!]; hunk !== undefined && hunk.start <= end; hunk = side[next[index]!]) {
          next[index]!++;
          end = Math.max(end, hunk.end);
          grown = true;
        }
    }
    const region = (index: 0 | 1): readonly string[] =>
      applied(lines, start, end, sides[index].slice(from[index], next[index]));
    const changed = [next[0]! > from[0]!, next[1]! > from[1]!];
    if (!changed[1]) putBoth(region(0));
    else if (!changed[0]) putBoth(region(1));
    else {
      const [a, b] = [region(0), region(1)];
      apart ||= a.join('\n') !== b.join('\n');
      texts.mine.push(...a);
      texts.theirs.push(...b);
    }
    at = end;
  }
  putBoth(lines.slice(at));
  return { theirs: texts.theirs.join('\n'), mine: texts.mine.join('\n'), apart };
}

function applied(lines: readonly string[], start: number, end: number, changes: readonly Hunk[]): readonly string[] {
  const found: string[] = [];
  let at = start;
  for (const hunk of changes) {
    found.push(...lines.slice(at, hunk.start), ...hunk.put);
    at = hunk.end;
  }
  return [...found, ...lines.slice(at, end)];
}

const mostCompared = 25_000_000;

/** What lies between the longest common lines. */
function hunks(was: readonly string[], now: readonly string[]): readonly Hunk[] {
  let head = 0;
  while (head < was.length && head < now.length && was[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < was.length - head &&
    tail < now.length - head &&
    was[was.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++;
  const [rows, columns] = [was.length - head - tail, now.length - head - tail];
  // Of very long changes the whole is one: comparing them line by line would take more memory than a page has.
  if (rows * columns > mostCompared) return [{ start: head, end: head + rows, put: now.slice(head, head + columns) }];
  // The length of what is common from each place on.
  const common = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      common[i]![j] =
        was[head + i] === now[head + j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const found: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const [fromI, fromJ] = [i, j];
    while ((i < rows || j < columns) && !(i < rows && j < columns && was[head + i] === now[head + j]))
      if (j >= columns || (i < rows && common[i + 1]![j]! >= common[i]![j + 1]!)) i++;
      else j++;
    if (i > fromI || j > fromJ)
      found.push({ start: head + fromI, end: head + i, put: now.slice(head + fromJ, head + j) });
    while (i < rows && j < columns && was[head + i] === now[head + j]) {
      i++;
      j++;
    }
  }
  return found;
}
