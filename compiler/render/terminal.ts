/** Findings for people: the sentence, the line with the range underlined, the reason, the way out. */
import type { Diagnostic, Severity } from '../../dsl/diagnostic.ts';
import type { SourceFile, Span } from '../../dsl/source.ts';
import { type Paint, painter, type TerminalOptions } from './paint.ts';
import type { Report } from './report.ts';
import { counted, countOf, ordered } from './report.ts';
import { shown, tame } from './width.ts';

/** Longer lines are shown around the finding only. */
const widest = 160;

export const renderFinding = (diagnostic: Diagnostic, options: TerminalOptions): string =>
  finding(diagnostic, painter(options));

export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = painter(options);
  const findings = ordered(report).map(diagnostic => finding(diagnostic, paint));
  return `${[...findings, summary(report, paint)].join('\n\n')}\n`;
}

function finding(diagnostic: Diagnostic, paint: Paint): string {
  const { severity, code } = diagnostic;
  const lines = [`${paint(severity, `${severity}[${code}]`)}: ${paint('bold', tame(diagnostic.message))}`];
  lines.push(...frame(diagnostic.file, diagnostic.span, severity, paint));
  for (const related of diagnostic.related) {
    lines.push(
      `  ${paint('bold', 'see')}: ${tame(related.message)}`,
      ...frame(related.file, related.span, 'hint', paint),
    );
  }
  if (diagnostic.reason)
    lines.push(`  ${paint('bold', 'why')}: ${tame(diagnostic.reason).replaceAll('\n', '\n       ')}`);
  if (diagnostic.help) lines.push(`  ${paint('bold', 'help')}: ${tame(diagnostic.help)}`);
  for (const fix of diagnostic.fixes) lines.push(`  ${paint('bold', 'fix')}: ${tame(fix.title)}`);
  return lines.join('\n');
}

function frame(file: SourceFile, span: Span, style: Severity, paint: Paint): readonly string[] {
  const start = file.position(span.start);
  const end = file.position(Math.max(span.start, span.end));
  const { text, from, to } = marked(file, span, start.line);
  const gutter = String(start.line);
  const bar = paint('dim', '│');
  const blank = ' '.repeat(gutter.length);
  const lines = [
    `${blank} ${paint('dim', '┌')} ${tame(file.path)}:${start.line}:${start.column}`,
    `${paint('dim', gutter)} ${bar} ${text}`,
    `${blank} ${bar} ${' '.repeat(from)}${paint(style, '^'.repeat(Math.max(1, to - from)))}`,
  ];
  if (end.line > start.line && span.end > file.line(start.line + 1).start) {
    lines.push(`${blank} ${bar} ${paint('dim', `… to line ${end.line}`)}`);
  }
  return lines;
}

/** The line as it stands on the screen, and the columns that the range covers in it. */
function marked(file: SourceFile, span: Span, line: number): { text: string; from: number; to: number } {
  const { start: lineStart, end: lineEnd } = file.line(line);
  // Of a line without end only the surroundings are looked at, or many findings on it would take hours.
  const start = around(file, Math.max(lineStart, span.start - 4 * widest));
  const end = around(file, Math.min(lineEnd, start + 12 * widest));
  const [cutBefore, cutBehind] = [start > lineStart, end < lineEnd];
  const whole = shown(file.text.slice(start, end));
  const column = (offset: number) => whole.columns[Math.min(Math.max(offset, start), end) - start]!;
  const [from, to] = [column(span.start), column(span.end)];
  if (whole.columns.at(-1)! <= widest && !cutBefore && !cutBehind) return { text: whole.text.trimEnd(), from, to };

  // Cut by characters of the source, so that a wide one is never halved.
  const firstAt = whole.columns.findIndex(at => at >= Math.max(0, from - 40));
  const lastAt = whole.columns.findLastIndex(at => at <= whole.columns[firstAt]! + widest);
  const part = shown(file.text.slice(start + firstAt, start + lastAt));
  const before = firstAt > 0 || cutBefore;
  const shift = whole.columns[firstAt]! - (before ? 1 : 0);
  const text = `${before ? '…' : ''}${part.text}${start + lastAt < end || cutBehind ? '…' : ''}`;
  return { text, from: from - shift, to: Math.min(to, whole.columns[lastAt]!) - shift };
}

/** Not between the halves of a character. */
const around = (file: SourceFile, offset: number): number =>
  /^[\udc00-\udfff]/.test(file.text.charAt(offset)) ? offset - 1 : offset;

function summary(report: Report, paint: Paint): string {
  const where = `${counted(report.items, 'item')} in ${counted(report.files.length, 'file')}`;
  const [errors, warnings, hints] = [countOf(report, 'error'), countOf(report, 'warning'), countOf(report, 'hint')];
  if (errors + warnings + hints === 0) return paint('bold', `no problems: ${where}`);
  const parts = [
    ...(errors > 0 ? [paint('error', counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint('warning', counted(warnings, 'warning'))] : []),
    ...(hints > 0 ? [paint('hint', counted(hints, 'hint'))] : []),
  ];
  return `${parts.join(', ')}: ${where}`;
}
