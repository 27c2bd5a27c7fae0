/**
 * Two people's changes to one program, brought together line by line where they lie apart. What both changed
 * differently is named, and theirs stands there until somebody chooses.
 */
import type { Files } from '../../bridge/contract.ts';

export interface Merged {
  readonly files: Files;
  /** Files in which both changed the same lines. */
  readonly apart: readonly string[];
}

export function mergeFiles(base: Files, mine: Files, theirs: Files): Merged {
  const files: Record<string, string> = {};
  const apart: string[] = [];
  for (const path of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, own, other] = [base[path], mine[path], theirs[path]];
    const merged = own === other || own === was ? other : other === was ? own : mergeTexts(was, own, other);
    if (merged === null) apart.push(path);
    const kept = merged === null ? other : merged;
    if (kept !== undefined) files[path] = kept;
  }
  return { files, apart };
}

/** Each side's change as one stretch of lines; `null` where the two stretches meet. */
function mergeTexts(was: string | undefined, own: string | undefined, other: string | undefined): string | null {
  if (was === undefined || own === undefined || other === undefined) return null;
  const lines = was.split('\n');
  const [a, b] = [stretch(lines, own.split('\n')), stretch(lines, other.split('\n'))];
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  if (first.end >= second.start) return null;
  return [
    ...lines.slice(0, first.start),
    ...first.put,
    ...lines.slice(first.end, second.start),
    ...second.put,
    ...lines.slice(second.end),
  ].join('\n');
}

function stretch(was: readonly string[], now: readonly string[]) {
  let start = 0;
  while (start < was.length && start < now.length && was[start] === now[start]) start++;
  let end = 0;
  while (
    end < was.length - start &&
    end < now.length - start &&
    was[was.length - 1 - end] === now[now.length - 1 - end]
  )
    end++;
  return { start, end: was.length - end, put: now.slice(start, now.length - end) };
}
