/** Findings for programs: one JSON object of a versioned shape; lines and columns count from 1, an end is the position after. */
import type { Diagnostic, Fix } from '../../dsl/diagnostic.ts';
import type { Report } from './report.ts';
import { countOf, ordered, rangeOf } from './report.ts';

export const renderJson = (report: Report): string =>
  `${JSON.stringify(
    {
      version: 1,
      diagnostics: ordered(report).map(diagnosticJson),
      ...(report.written === undefined ? {} : { written: report.written }),
      summary: {
        files: report.files.length,
        items: report.items,
        errors: countOf(report, 'error'),
        warnings: countOf(report, 'warning'),
      },
    },
    null,
    2,
  )}\n`;

function diagnosticJson(diagnostic: Diagnostic): unknown {
  const { code, severity, message, reason, help, file, span, related, fixes } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(help === undefined ? {} : { help }),
    file: file.path,
    range: rangeOf(file, span),
    related: related.map(one => ({ message: one.message, file: one.file.path, range: rangeOf(one.file, one.span) })),
    ...(fixes[0] === undefined ? {} : { fix: fixJson(fixes[0]) }),
  };
}

const fixJson = (fix: Fix): unknown => ({
  title: fix.title,
  edits: fix.edits.map(edit => ({ file: edit.file.path, range: rangeOf(edit.file, edit.span), text: edit.text })),
});
