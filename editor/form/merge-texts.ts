/** Two changes of one text, brought together line by line. */

/** Lines `start` to `end` of the common text became others. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly put: readonly string[];
}

/**
 * Changes that touch are one: whoever changed the line beside it may have had this one in mind. Where they change the
 * same lines differently, `apart` says so, and the texts have one side's there or the other's.
 */
export function mergeTexts(was: string, own: string, other: string): MergedText {
  return merge(was, own, other, (hunk, end) => hunk.start <= end);
}

/**
 * One change carried over into what the text became meanwhile: everything else of that stays, and lines that both put at
 * one place both stand there. Only lines that both changed are as the change has them.
 */
export function carryOver(was: string, own: string, now: string): string {
  if (now === was) return own;
  return merge(was, own, now, (hunk, end) => hunk.start < end).mine;
}

export interface MergedText {
  /** With the other's where both changed the same lines. */
  readonly theirs: string;
  /** With one's own there. */
  readonly mine: string;
  readonly apart: boolean;
}

function merge(was: string, own: string, other: string, reaches: (hunk: Hunk, end: number) => boolean): MergedText {
  const lines = was.split('\n');
  const sides = [hunks(lines, own.split('\n')), hunks(lines, other.split('\n'))] as const;
  const texts = { theirs: [] as string[], mine: [] as string[] };
  let apart = false;
  let at = 0;
  const next: [number, number] = [0, 0];
  const putBoth = (put: readonly string[]) => {
    texts.mine.push(...put);
    texts.theirs.push(...put);
  };
  for (;;) {
    const [a, b] = [sides[0][next[0]], sides[1][next[1]]];
    const first = b === undefined || (a !== undefined && comesFirst(a, b)) ? a : b;
    if (first === undefined) break;
    const { start } = first;
    putBoth(lines.slice(at, start));
    // Everything that reaches into it, of either side, is one region.
    let { end } = first;
    const from = [...next];
    next[first === a ? 0 : 1]++;
    for (let grown = true; grown; ) {
      grown = false;
      for (const index of [0, 1] as const)
        for (
          let hunk = sides[index][next[index]];
          hunk !== undefined && reaches(hunk, end);
          hunk = sides[index][next[index]]
        ) {
          next[index]++;
          end = Math.max(end, hunk.end);
          grown = true;
        }
    }
    const region = (index: 0 | 1): readonly string[] =>
      applied(lines, start, end, sides[index].slice(from[index], next[index]));
    if (next[1] === from[1]) putBoth(region(0));
    else if (next[0] === from[0]) putBoth(region(1));
    else {
      const [mine, theirs] = [region(0), region(1)];
      apart ||= mine.join('\n') !== theirs.join('\n');
      texts.mine.push(...mine);
      texts.theirs.push(...theirs);
    }
    at = end;
  }
  putBoth(lines.slice(at));
  return { theirs: texts.theirs.join('\n'), mine: texts.mine.join('\n'), apart };
}

/** What is only put between lines stands before what becomes of the line there; of two such the other's. */
const comesFirst = (own: Hunk, other: Hunk): boolean =>
  own.start < other.start || (own.start === other.start && own.end === own.start && other.end > other.start);

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
