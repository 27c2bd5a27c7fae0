/** What is said of a text in the notation that the name of its file does not say, in place of all that its reader would. */
import { createFindings } from './messages/index.ts';
import { otherNotation } from './other-notation.ts';
import type { Parsed } from './parsed.ts';
import type { SourceFile } from './source.ts';

export function readAsOther(file: SourceFile): Parsed | undefined {
  const other = otherNotation(file);
  if (other === undefined) return undefined;
  const findings = createFindings(file);
  const { end } = file.line(file.position(other.at).line);
  // Standard input has no name that could be another one.
  const path = file.path.startsWith('<') ? undefined : other.path.replace(/^.*[\\/]/, '');
  findings.report({ start: other.at, end }, 'other-notation', { is: other.notation, path });
  const span = { start: 0, end: file.text.length };
  return { program: { kind: 'program', file, span, declarations: [], comments: [] }, diagnostics: findings.list };
}
