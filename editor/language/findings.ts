/** Findings and their ways out, as an editor shows them. */
import type { Analysis } from '../../compiler/analysis.ts';
import { mechanicalFix } from '../../compiler/fixes/mechanical-fix.ts';
import type { Diagnostic } from '../../dsl/index.ts';
import type { Finding, QuickFix } from './types.ts';

/** Of one file, or of all, in the order of the text. */
export const findings = ({ diagnostics }: Analysis, path?: string): readonly Finding[] =>
  diagnostics.filter(({ file }) => path === undefined || file.path === path).map(findingOf);

function findingOf({ file, span, code, severity, message, reason, help, related, fixes }: Diagnostic): Finding {
  return {
    path: file.path,
    span,
    code,
    severity,
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(help === undefined ? {} : { help }),
    related: related.map(one => ({ path: one.file.path, span: one.span, message: one.message })),
    fixes: fixes.length,
  };
}

/** The ways out of the findings that touch a place or a range. */
export function quickFixes({ diagnostics }: Analysis, path: string, start: number, end = start): readonly QuickFix[] {
  return diagnostics
    .filter(({ file, span }) => file.path === path && span.start <= end && start <= span.end)
    .flatMap(diagnostic =>
      diagnostic.fixes.map(fix => ({
        title: fix.title,
        edits: fix.edits.map(edit => ({ path: edit.file.path, span: edit.span, text: edit.text })),
        code: diagnostic.code,
        span: diagnostic.span,
        preferred: fix === mechanicalFix(diagnostic),
      })),
    );
}
