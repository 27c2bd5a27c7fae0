/** Findings as SARIF 2.1.0, for code scanning. */
import type { Diagnostic, Severity } from '../../dsl/diagnostic.ts';
import type { SourceFile, Span } from '../../dsl/source.ts';
import { definitions } from '../codes.ts';
import type { Report } from './report.ts';
import { ordered, rangeOf, wholeText } from './report.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' };

export function renderSarif(report: Report): string {
  const results = ordered(report);
  const rules = [...new Set(results.map(diagnostic => diagnostic.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'bridge', rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: report.files.map(file => ({ location: { uri: uriOf(file) } })),
        results: results.map(diagnostic => resultOf(diagnostic, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What code scanning shows of a rule beside its findings. */
const ruleOf = (id: string) => ({ id, shortDescription: { text: definitions.get(id)!.summary } });

function resultOf(diagnostic: Diagnostic, rules: readonly string[]): unknown {
  return {
    ruleId: diagnostic.code,
    ruleIndex: rules.indexOf(diagnostic.code),
    level: levels[diagnostic.severity],
    message: { text: wholeText(diagnostic) },
    locations: [locationOf(diagnostic.file, diagnostic.span)],
    relatedLocations: diagnostic.related.map((related, id) => ({
      id,
      ...locationOf(related.file, related.span),
      message: { text: related.message },
    })),
    fixes: diagnostic.fixes.map(fix => ({
      description: { text: fix.title },
      artifactChanges: [...new Set(fix.edits.map(edit => edit.file))].map(file => ({
        artifactLocation: { uri: uriOf(file) },
        replacements: fix.edits
          .filter(edit => edit.file === file)
          .map(edit => ({ deletedRegion: regionOf(file, edit.span), insertedContent: { text: edit.text } })),
      })),
    })),
  };
}

const locationOf = (file: SourceFile, span: Span) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(file, span) },
});

function regionOf(file: SourceFile, span: Span): unknown {
  const { start, end } = rangeOf(file, span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

const uriOf = (file: SourceFile): string => file.path.split(/[\\/]/).map(encodeURIComponent).join('/');
