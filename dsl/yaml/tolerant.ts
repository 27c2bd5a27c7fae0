/**
 * YAML that is broken in one place loses what stands behind it, or takes it for something else. Such a text is read
 * again with one line mended, and the mend that keeps the most of it and leaves the fewest errors is told instead, once.
 * A text without an error never comes here.
 */
import type * as ast from '../ast.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import { MAX_DEPTH } from '../limits.ts';
import { syntax } from '../messages/index.ts';
import type { Parsed } from '../parsed.ts';
import { createSourceFile, type SourceFile } from '../source.ts';
import { isYaml } from './document.ts';
import {
  applied,
  hiddenKey,
  indentedBy,
  isIdle,
  isUneven,
  type Line,
  leftOut,
  linesOf,
  type Mend,
  mendsOf,
  STAND_IN,
} from './mends.ts';
import { movesOf } from './moved.ts';

/** What reads as YAML and has no more wrong with it than one slip may cost is told as that. */
const ENOUGH = 2;
/** Such a text is refused as a whole. */
const REFUSED = new Set<string>(['nested-too-deep', 'file-too-large', 'merge-conflict']);
/** What a line that stands in another map or list is told of, with those under it. */
const ELSEWHERE = new Set<string>(['yaml-wrong-kind', 'yaml-unknown-key', 'yaml-duplicate-key']);
/** A mend that leaves no more than this to say of its own line is as good as any. */
const MOST_OWN = 1;
const LACKING = new Set<string>(['yaml-missing-key', 'yaml-one-of-keys', 'yaml-no-text']);
/** What is YAML as it stands is read otherwise only for so many nodes more, which is an entry or two. */
const GAIN = 8;
/**
 * So many characters are read again at most, whatever the text is and however slow the machine: while a mend is
 * looked for, and then while lines are left out.
 */
const LARGEST = 100_000;
const MOST_READ = 60_000;
const MOST_READ_LEFT_OUT = 150_000;
const MOST_SUSPECTS = 5;
/** A line that is longer, or opens more brackets, was written by a program, which makes other mistakes. */
const LONGEST = 2000;
const MOST_OPEN = MAX_DEPTH;
/** Around a line, so much is looked at alone. */
const MOST_AROUND = 4000;

interface Candidate {
  readonly mend: Mend;
  readonly line: number;
  readonly parsed: Parsed;
  readonly size: number;
  /** What is left to tell beside the mend. */
  readonly left: readonly Diagnostic[];
  /** How much is wrong with the mended line all the same, which goes without saying. */
  readonly own: number;
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
/** A map in place of a list, because of a `?` that nobody means. */
const isAsked = ({ code, file, span }: Diagnostic): boolean => {
  const { start, end } = file.line(file.position(span.start).line);
  return code === 'yaml-wrong-kind' && /^ *(?:- *)?\? /.test(file.text.slice(start, end));
};
const lineOf = ({ file, span }: Diagnostic): number => file.position(span.start).line - 1;

export function readMended(file: SourceFile, first: Parsed, read: (file: SourceFile) => Parsed): Parsed {
  const found = first.diagnostics.filter(isError);
  // What reads as YAML and has one thing wrong with it is told as that.
  const isBroken = found.some(({ code }) => code === 'yaml-syntax') || found.some(isAsked);
  if (file.text.length > LARGEST || found.some(({ code }) => REFUSED.has(code))) return first;
  const lines = linesOf(file.text);
  const places = found.slice(0, 3).map(lineOf);
  const hidden = places.map(place => hiddenAbove(lines, place)).filter(at => at >= 0);
  const isElsewhere = hidden.length > 0 || (found.length > ENOUGH && found.some(({ code }) => ELSEWHERE.has(code)));
  if (!isBroken && !isElsewhere) return first;
  const size = sizeOf(first.program.declarations);
  const suspected = suspects(lines, places, hidden);
  let best: Candidate | undefined;
  let budget = MOST_READ;
  /** Reads the text with the mend; says whether there is nothing better to look for. */
  function settles(line: number, mend: Mend, mostOwn = MOST_OWN): boolean {
    budget -= file.text.length + 1000;
    const parsed = read(createSourceFile(file.path, applied(file.text, mend.edits), file.notation));
    if (parsed.diagnostics.some(({ code }) => code === 'yaml-syntax')) return false;
    const errors = parsed.diagnostics.filter(isError);
    const left = errors.filter(finding => !isOfMend(finding, lines, line));
    const own = errors.length - left.length;
    const candidate = { mend, line, parsed, size: sizeOf(parsed.program.declarations), left, own };
    if (best === undefined || worth(candidate) > worth(best)) best = candidate;
    return (
      left.length === 0 &&
      own <= mostOwn &&
      !errors.some(({ code }) => ELSEWHERE.has(code)) &&
      mend.title !== undefined &&
      mend.asks === undefined &&
      (isBroken ? candidate.size >= size : candidate.size > size)
    );
  }
  function search(): boolean {
    for (const { line, width } of movesOf(lines)) if (settles(line, indentedBy(lines[line]!, width), 0)) return true;
    for (const line of suspected) {
      const fits = fitting(file.text, lines, line);
      for (const mend of mendsOf(lines, line, found[0]!.span.start)) {
        if (budget < 0) return false;
        budget -= 300;
        if (fits(mend) && settles(line, mend)) return true;
      }
    }
    return false;
  }
  /** The last resort, which the first line does that leaves nothing to tell without it. */
  function leaveOut(): void {
    budget = MOST_READ_LEFT_OUT;
    for (const line of suspected) {
      for (const mend of leftOut(lines, line)) {
        if (budget < 0) return;
        settles(line, mend);
      }
      if (best?.left.length === 0) return;
    }
  }
  if (!search()) leaveOut();
  if (best === undefined) return first;
  // One slip that a whole map of complaints goes back to.
  const explains = best.size >= size && best.left.length === 0;
  if (!isBroken && !explains && best.size < size + GAIN) return first;
  return tell(file, lines, best);
}

/** Whether a mend makes sense of the lines around its own, which costs less to ask than reading the whole text. */
function fitting(text: string, lines: readonly Line[], at: number): (mend: Mend) => boolean {
  const { indent } = lines[at]!;
  const first = lines.findLastIndex((line, index) => index < at && !isIdle(line) && line.indent <= indent);
  const next = lines.findIndex((line, index) => index > at && !isIdle(line) && line.indent <= indent);
  const from = lines[Math.max(0, first)]!.start;
  const to = next < 0 ? text.length : (lines[next]!.indent < indent ? lines[next - 1]! : lines[next]!).end;
  const around = text.slice(from, to);
  if (to - from > MOST_AROUND || isYaml(around)) return () => true;
  return ({ edits }) => {
    if (edits.some(({ start, end }) => start < from || end > to)) return true;
    return isYaml(
      applied(
        around,
        edits.map(edit => ({ ...edit, start: edit.start - from, end: edit.end - from })),
      ),
    );
  };
}

/** What a mend is worth: what it keeps, less what it leaves to tell, each of which may stand for an entry. */
const worth = ({ size, left, own }: Candidate): number => size - 5 * left.length - own;

/** The lines that the slip may be on, the likeliest first. */
function suspects(lines: readonly Line[], places: readonly number[], hidden: readonly number[]): readonly number[] {
  const suspects = new Set<number>();
  const uneven = lines.findIndex(line => !isIdle(line) && isUneven(line));
  const before = places.map(place => lines.findLastIndex((line, index) => index < place && !isIdle(line)));
  const after = places.map(place => lines.findIndex((line, index) => index > place && !isIdle(line)));
  // What a text on the line before would swallow stands deeper than it.
  const swallowed = after.filter((at, n) => at >= 0 && lines[at]!.indent > (lines[places[n]!]?.indent ?? 0));
  for (const place of [...hidden, uneven, ...places, ...swallowed, ...before])
    if (place >= 0 && place < lines.length) suspects.add(place);
  return [...suspects].filter(at => isByHand(lines[at]!)).slice(0, MOST_SUSPECTS);
}

const isByHand = ({ text }: Line): boolean => text.length <= LONGEST && (text.match(/[[{]/g)?.length ?? 0) <= MOST_OPEN;

/** The line above a place that is no key any more, by a `#` or `%` before it, and has lines that stand under it. */
function hiddenAbove(lines: readonly Line[], place: number): number {
  let below = Math.min(place, lines.length - 1);
  for (let at = below - 1; at >= 0; at--) {
    const { text, indent } = lines[at]!;
    const isHidden = hiddenKey(text) !== undefined || /^%(?!YAML|TAG)/.test(text);
    if (isHidden && lines[below]!.indent > indent) return at;
    if (!isIdle(lines[at]!)) below = at;
  }
  return -1;
}

/** The line above that one stands under. */
function headOf(lines: readonly Line[], at: number): number {
  return lines.findLastIndex((line, index) => index < at && !isIdle(line) && line.indent < lines[at]!.indent);
}

/** Does it complain about the mended line itself, or that what the line would have said is missing? */
function isOfMend(finding: Diagnostic, lines: readonly Line[], at: number): boolean {
  const line = lineOf(finding);
  if (line === at) return true;
  const head = headOf(lines, at);
  return LACKING.has(finding.code) && line <= at && (line === head || line === headOf(lines, Math.max(0, head)));
}

/** How much of a program is there: its nodes, without those that are missing. */
function sizeOf(node: unknown): number {
  if (node === null || typeof node !== 'object') return 0;
  if (Array.isArray(node)) return node.reduce((sum: number, child) => sum + sizeOf(child), 0);
  if ((node as ast.Missing).kind === 'missing') return 0;
  let sum = 'kind' in node ? 1 : 0;
  for (const [key, value] of Object.entries(node)) if (key !== 'span') sum += sizeOf(value);
  return sum;
}

/** A name that a mend put where somebody's own is gone. */
const isStandIn = (node: object): node is ast.Name => 'text' in node && node.text === STAND_IN && 'kind' in node;

/** The mended reading, with its places in the text that was written. */
function tell(file: SourceFile, lines: readonly Line[], { mend, line, parsed, left }: Candidate): Parsed {
  const edits = [...mend.edits].sort((a, b) => a.start - b.start);
  /** Where a place of the mended text is in the written one. */
  function place(at: number): number {
    let shift = 0;
    for (const { start, end, text } of edits) {
      if (at + shift < start) break;
      if (at + shift <= start + text.length) return Math.min(at + shift, end);
      shift += end - start - text.length;
    }
    return Math.min(at + shift, file.text.length);
  }
  function moved<T>(node: T): T {
    if (node === null || typeof node !== 'object') return node;
    if ((node as unknown) === parsed.program.file) return file as T;
    if (Array.isArray(node)) return node.map(moved) as T;
    if (isStandIn(node)) return { kind: 'missing', span: moved(node.span) } as T;
    const { start, end } = node as { start?: unknown; end?: unknown };
    if (typeof start === 'number' && typeof end === 'number') {
      const from = place(start);
      return { ...node, start: from, end: Math.max(from, place(end)) };
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, moved(value)])) as T;
  }
  const [edit] = mend.edits;
  const written = lines[line]!;
  const atEnd = edit!.start === edit!.end;
  const start = Math.max(written.start, atEnd ? edit!.start - 1 : edit!.start);
  const span = { start, end: Math.max(start, Math.min(written.end, atEnd ? edit!.start : edit!.end)) };
  const fixes: readonly Fix[] =
    mend.title === undefined
      ? []
      : [
          {
            title: mend.title,
            edits: mend.edits.map(({ start, end, text }) => ({ file, span: { start, end }, text })),
            ...(mend.asks && { asks: true }),
          },
        ];
  const slip = syntax.diagnostic(
    file,
    span,
    'yaml-slip',
    { problem: mend.problem, read: mend.title !== undefined },
    { fixes },
  );
  const others = parsed.diagnostics.filter(finding => !isError(finding) && lineOf(finding) !== line);
  const diagnostics = [slip, ...moved([...left, ...others])].sort((a, b) => a.span.start - b.span.start);
  const program = moved(parsed.program);
  const declarations = program.declarations.map(
    (node): ast.Declaration =>
      node.kind === 'item' && node.span.start <= written.end && node.span.end >= written.start
        ? { ...node, broken: true as const }
        : node,
  );
  return { program: { ...program, file, declarations }, diagnostics };
}
