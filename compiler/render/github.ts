/** Findings as GitHub workflow commands, which a run shows as annotations on the changed lines. */
import type { Diagnostic, Severity } from '../../dsl/diagnostic.ts';
import type { Report } from './report.ts';
import { ordered, rangeOf, wholeText } from './report.ts';
import { tame } from './width.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };

export const renderGithub = (report: Report): string =>
  ordered(report)
    .map(diagnostic => `${annotation(diagnostic)}\n`)
    .join('');

function annotation(diagnostic: Diagnostic): string {
  const { start, end } = rangeOf(diagnostic.file, diagnostic.span);
  const properties = Object.entries({
    file: diagnostic.file.path,
    line: start.line,
    endLine: end.line,
    // GitHub takes columns only for a range on one line.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: diagnostic.code,
  });
  const list = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${commands[diagnostic.severity]} ${list}::${data(tame(wholeText(diagnostic)))}`;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
