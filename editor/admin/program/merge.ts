/**
 * Two people's changes to one program, brought together line by line. Where both changed the same lines differently,
 * either theirs or one's own stand there: the page says so and asks, and everything else of both is kept.
 */
import type { Files } from '../../bridge/contract.ts';
import { mergeTexts } from '../../form/merge-texts.ts';

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
