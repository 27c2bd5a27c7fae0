/** Findings as JUnit XML: a test case a finding, or one that passes for a file without any. Errors are failures. */
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { Report } from './report.ts';
import { countOf, ordered, wholeText } from './report.ts';

export function renderJunit(report: Report): string {
  const findings = ordered(report);
  const clean = report.files.filter(file => !findings.some(diagnostic => diagnostic.file.path === file.path));
  const cases = [
    ...clean.map(file => `    <testcase classname="${xml(file.path)}" name="no problems"/>`),
    ...findings.map(caseOf),
  ];
  const counts = `tests="${cases.length}" failures="${countOf(report, 'error')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bridge" ${counts}>`,
    `  <testsuite name="bridge check" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(diagnostic: Diagnostic): string {
  const { line, column } = diagnostic.file.position(diagnostic.span.start);
  const place = `${diagnostic.file.path}:${line}:${column}`;
  const body = xml(`${place}\n${wholeText(diagnostic)}`);
  const inside =
    diagnostic.severity === 'error'
      ? `<failure type="${xml(diagnostic.code)}" message="${xml(diagnostic.message)}">${body}</failure>`
      : `<system-out>${body}</system-out>`;
  const name = xml(`${line}:${column} ${diagnostic.code}`);
  return `    <testcase classname="${xml(diagnostic.file.path)}" name="${name}">${inside}</testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 cannot hold become a replacement character. */
export const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are not allowed in XML.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, character => entities[character]!);
