/**
 * What every renderer takes, and the few questions that they all ask of it. Findings stand in the order of
 * the files and, within one, of the text.
 */
import type { Diagnostic, Severity } from '../../dsl/diagnostic.ts';
import type { Position, SourceFile, Span } from '../../dsl/source.ts';

export interface Report {
  readonly files: readonly SourceFile[];
  /** How many items the files declare. */
  readonly items: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were written, by a command that writes any. */
  readonly written?: readonly string[];
}

export interface Range {
  readonly start: Position;
  /** The position after the last character. */
  readonly end: Position;
}

export const rangeOf = (file: SourceFile, span: Span): Range => ({
  start: file.position(span.start),
  end: file.position(Math.max(span.start, span.end)),
});

export const countOf = (report: Report, severity: Severity): number =>
  report.diagnostics.filter(diagnostic => diagnostic.severity === severity).length;

export function ordered(report: Report): readonly Diagnostic[] {
  const place = new Map(report.files.map((file, index) => [file.path, index]));
  const fileOf = (diagnostic: Diagnostic) => place.get(diagnostic.file.path) ?? place.size;
  return report.diagnostics.toSorted(
    (a, b) => fileOf(a) - fileOf(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
}

/** `1 error`, `2 errors`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Message, reason and help as one paragraph of plain text, for formats that have room for nothing else. */
export const wholeText = (diagnostic: Diagnostic): string =>
  [diagnostic.message, diagnostic.reason, diagnostic.help && `help: ${diagnostic.help}`].filter(Boolean).join('\n');
