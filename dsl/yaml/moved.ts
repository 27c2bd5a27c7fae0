/**
 * Which line of broken YAML was moved to the right or left: the one with which, moved back, the lines stand where those
 * around them lead one to look. Only how lines begin is looked at, which costs next to nothing beside reading them.
 */
import { isIdle, type Line } from './mends.ts';

export interface Move {
  readonly line: number;
  /** The blanks that it is meant to begin with. */
  readonly width: number;
}

/** How a line begins. */
interface Head {
  readonly line: number;
  readonly indent: number;
  /** Of each `-`, and of the key behind them, counted from the indent. */
  readonly columns: readonly number[];
  readonly dashes: number;
  /** What its key holds stands below it. */
  readonly opens: boolean;
}

/** A map or list: its entries stand in one column. */
interface Level {
  readonly column: number;
  readonly isList: boolean;
  /** Its first line. */
  readonly line: number;
}

/** A line that stands where nothing leads one to look for it. */
interface Odd {
  readonly line: number;
  /** Where the maps and lists began that are open there. */
  readonly within: readonly number[];
}

/** How much deeper than its key a list or map stands. */
interface Step {
  readonly isList: boolean;
  readonly by: number;
}

/** So many odd lines are looked into, and so many places for a line. */
const MOST_ODD = 3;
const MOST_WIDTHS = 12;
const MOST_MOVES = 4;
/** So many lines are looked at, around the first odd one. */
const MOST_AROUND = 300;

const KEY = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'{}[\]#,][^:#]*(?::[^\s:][^:#]*)*):(?=\s|$)/;
const DASH = /^-(?:\s+|$)/;
const TEXT_BELOW = /^[|>][-+\d]*\s*(?:#|$)/;
const NOTHING_BEHIND = /^(?:&\S+\s*)?(?:#|$)/;

/** The ways to move one line that leave the fewest odd ones, the best first; none if nothing is odd. */
export function movesOf(lines: readonly Line[]): readonly Move[] {
  const all = headsOf(lines);
  const usual = usualSteps(standing(all).steps);
  const [first] = standing(all, usual).odd;
  if (first === undefined) return [];
  const heads = all.filter(({ line }) => Math.abs(line - first.line) <= MOST_AROUND);
  const { odd } = standing(heads, usual);
  const moves = suspected(heads, odd.slice(0, MOST_ODD))
    .flatMap(head =>
      widthsFor(heads, head).map(width => ({ line: head.line, width, by: Math.abs(width - head.indent) })),
    )
    .map(move => ({ ...move, left: standing(heads, usual, move).odd.length }))
    .filter(({ left }) => left < odd.length)
    .sort((a, b) => a.left - b.left || a.by - b.by);
  return moves.filter(({ left }) => left === moves[0]!.left).slice(0, MOST_MOVES);
}

/** The lines that may have been moved where some are odd: these, their neighbours, and where began what they are in. */
function suspected(heads: readonly Head[], odd: readonly Odd[]): readonly Head[] {
  const lines = new Set<number>();
  for (const { line, within } of odd) {
    const at = heads.findIndex(head => head.line === line);
    for (const near of [at, at - 1, at + 1]) if (heads[near] !== undefined) lines.add(heads[near].line);
    for (const head of within) lines.add(head);
  }
  return heads.filter(({ line }) => lines.has(line));
}

/** Where other lines begin, the nearest first. */
function widthsFor(heads: readonly Head[], { indent }: Head): readonly number[] {
  const widths = new Set([0, ...heads.map(head => head.indent)]);
  return [...widths]
    .filter(width => width !== indent)
    .sort((a, b) => Math.abs(a - indent) - Math.abs(b - indent))
    .slice(0, MOST_WIDTHS);
}

/** The lines that begin an entry; those of a text or of a map in braces are left out. */
function headsOf(lines: readonly Line[]): readonly Head[] {
  const heads: Head[] = [];
  /** What is deeper belongs to a text. */
  let text = Infinity;
  for (const [line, written] of lines.entries()) {
    const { indent } = written;
    if (isIdle(written) || indent > text) continue;
    text = Infinity;
    const columns: number[] = [];
    let rest = written.text.slice(indent);
    let column = 0;
    for (let dash = DASH.exec(rest); dash !== null; dash = DASH.exec(rest)) {
      columns.push(column);
      column += dash[0].length;
      rest = rest.slice(dash[0].length);
    }
    const dashes = columns.length;
    const key = KEY.exec(rest);
    if (key !== null) columns.push(column);
    if (columns.length === 0) continue;
    const behind = rest.slice(key?.[0].length ?? 0).trimStart();
    if (TEXT_BELOW.test(behind)) text = indent;
    heads.push({ line, indent, columns, dashes, opens: key !== null && NOTHING_BEHIND.test(behind) });
  }
  return heads;
}

/** Which lines are odd, one of them moved if so said, and how deep what stands under a key is. */
function standing(
  heads: readonly Head[],
  usual?: Usual,
  moved?: Move,
): { readonly odd: readonly Odd[]; readonly steps: readonly Step[] } {
  const odd: Odd[] = [];
  const steps: Step[] = [];
  const levels: Level[] = [];
  /** The column of a key whose map or list is due. */
  let due: number | undefined;
  for (const { line, indent, columns, dashes, opens } of heads) {
    const from = line === moved?.line ? moved.width : indent;
    const isList = dashes > 0;
    const within = levels.map(level => level.line);
    const above = levels.length === 0 ? 0 : due;
    const isFirst = above !== undefined && (from > above || (from === above && (isList || levels.length === 0)));
    if (isFirst) {
      const by = from - above;
      if (levels.length === 0 ? by > 0 : usual !== undefined && by !== usual(isList)) odd.push({ line, within });
      if (levels.length > 0) steps.push({ isList, by });
      levels.push({ column: from, isList, line });
    } else {
      const isOver = ({ column, isList: held }: Level): boolean =>
        column > from || (column === from && held && !isList);
      while (levels.length > 0 && isOver(levels.at(-1)!)) levels.pop();
      const level = levels.at(-1);
      if (due !== undefined || level?.column !== from || level.isList !== isList) odd.push({ line, within });
    }
    if (levels.at(-1)?.column === from)
      for (const [index, column] of columns.entries())
        if (index > 0) levels.push({ column: from + column, isList: index < dashes, line });
    due = opens ? from + columns.at(-1)! : undefined;
  }
  return { odd, steps };
}

type Usual = (isList: boolean) => number;

/** What most keys do, lists and maps apart. */
function usualSteps(steps: readonly Step[]): Usual {
  const [lists, maps] = [true, false].map(kind => {
    const found = Map.groupBy(
      steps.filter(({ isList }) => isList === kind),
      ({ by }) => by,
    );
    const byCount = [...found].sort(([a, as], [b, bs]) => bs.length - as.length || Math.abs(a - 2) - Math.abs(b - 2));
    return byCount[0]?.[0] ?? 2;
  });
  return isList => (isList ? lists! : maps!);
}
