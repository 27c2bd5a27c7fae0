/**
 * Reads the YAML notation: one document in, the same tree as Bridge out, with spans that point into
 * the YAML. Every key of the notation is read in exactly one place. Blanks are empty maps and lists,
 * what is missing is a node with a place, and nothing throws.
 */
import { isMap } from 'yaml';
import type * as ast from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { isTooLarge, limited } from '../limits.ts';
import { createFindings } from '../messages/index.ts';
import type { Parsed } from '../parsed.ts';
import { readAsOther } from '../read-as-other.ts';
import { emptySpan, type SourceFile } from '../source.ts';
import { createAccess, type Entry, list } from './access.ts';
import { createConditions } from './conditions.ts';
import { emptyDocument, loadDocument } from './document.ts';
import { forms } from './forms.ts';
import { createItems } from './items.ts';
import { createLeaves, nameOf } from './leaves.ts';
import { keys } from './shapes.ts';
import { createTables } from './tables.ts';
import { createTests } from './tests.ts';
import { readMended } from './tolerant.ts';

export function parseYaml(file: SourceFile): Parsed {
  const first = readYaml(file);
  if (!first.diagnostics.some(({ severity }) => severity === 'error')) return first;
  return readAsOther(file) ?? readMended(file, first, readYaml);
}

/** Reads it as it stands, with no allowance for a slip. */
export function readYaml(file: SourceFile): Parsed {
  const findings = createFindings(file);
  const document = isTooLarge(file, findings) ? emptyDocument : loadDocument(file, findings);
  const yaml = createAccess(file, document, findings);
  const leaves = createLeaves(yaml);
  const tables = createTables(yaml, leaves);
  const item = createItems(yaml, leaves, tables, createConditions(yaml, leaves), findings);
  const test = createTests(yaml, leaves);

  function values(entry: Entry): ast.Values {
    const shape = yaml.shape(entry.value, 'a table', keys.table, entry.keySpan);
    if (shape.entries.length === 0 && (yaml.isBlank(entry.value) || isMap(yaml.resolve(entry.value)))) {
      yaml.oneOf(entry.keySpan, 'a table', list(keys.table), 0);
    }
    return {
      kind: 'values',
      span: entry.span,
      id: nameOf(leaves.keyText(entry)),
      table: tables.table(shape.entries, shape.span),
    };
  }

  const whole = { start: 0, end: file.text.length };
  const top = yaml.shape(document.contents, 'a program', keys.program, emptySpan(0));
  const declarations = top.entries.flatMap((entry): ast.Declaration[] => {
    if (entry.key === 'items') return yaml.entries(entry.value, '`items`', forms.items).map(item);
    if (entry.key === 'values') return yaml.entries(entry.value, '`values`', forms.values).map(values);
    return yaml.items(entry.value, '`tests`').map(test);
  });
  const program: ast.Program = { kind: 'program', file, span: whole, declarations, comments: document.comments };
  return { program, diagnostics: limited(file, once(file, findings.list)) };
}

/** What nothing can be read behind: an alias that is refused stands for no value. */
const UNREADABLE: ReadonlySet<string> = new Set(['yaml-syntax', 'yaml-alias', 'nested-too-deep']);

/** What is missing is so because of what stands in its place, where a line has anything else that is wrong. */
const LACKING: ReadonlySet<string> = new Set(['yaml-missing-key', 'yaml-one-of-keys']);

/**
 * In the order of the text, and each once: what an alias stands for is read wherever it stands. One slip in a line
 * often has several errors, of which the first is enough that is about something that stands there.
 */
function once(file: SourceFile, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const lines = new Set<number>();
  const lineOf = ({ span }: Diagnostic) => file.position(span.start).line;
  // What is no YAML is the reason for what else is wrong with the line.
  const broken = new Set(findings.filter(({ code }) => UNREADABLE.has(code)).map(lineOf));
  const isOfWritten = ({ code, severity }: Diagnostic) => severity === 'error' && !LACKING.has(code);
  const written = new Set(findings.filter(isOfWritten).map(lineOf));
  return [...findings]
    .sort((a, b) => a.span.start - b.span.start)
    .filter(found => {
      const { code, severity, span, message } = found;
      const key = `${code} ${span.start} ${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      if (severity !== 'error' || UNREADABLE.has(code)) return true;
      const line = lineOf(found);
      if (broken.has(line) || (LACKING.has(code) && written.has(line))) return false;
      return !lines.has(line) && lines.add(line);
    });
}
