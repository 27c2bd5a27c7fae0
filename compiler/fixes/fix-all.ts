/**
 * Fixes until nothing mechanical is left: a name that is spelled right lets the checks look further, and
 * they may find the next slip. Ends after a bounded number of passes, whatever the checks say.
 */
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { SourceFile } from '../../dsl/source.ts';
import { type Applied, applyFixes, type Fixed } from './apply-fixes.ts';

const mostPasses = 20;

/** `check` gives the findings of the files as they are then. `applied` tells each finding with its place at its pass. */
export function fixAll(
  files: readonly SourceFile[],
  check: (files: readonly SourceFile[]) => readonly Diagnostic[],
): Fixed {
  const applied: Applied[] = [];
  const tried = new Set<string>();
  let now = files;
  for (let pass = 0; pass < mostPasses; pass++) {
    // A finding that comes back after its fix would come back for ever.
    const fresh = check(now).filter(diagnostic => !tried.has(keyOf(diagnostic)));
    const next = applyFixes(now, fresh);
    if (next.applied.length === 0) break;
    for (const { diagnostic } of next.applied) tried.add(keyOf(diagnostic));
    for (const each of next.applied) applied.push(each);
    now = next.files;
  }
  return { files: now, applied };
}

function keyOf({ file, span, code, message }: Diagnostic): string {
  const { line, column } = file.position(span.start);
  return [file.path, line, column, code, message].join('\n');
}
