/**
 * Reads the Bridge notation. A valid text is read by the grammar and by nothing else; only a text
 * that it refuses is read a second time, with allowances. Never throws, and the tree is always whole.
 */
import { readStrictly } from './grammar/index.ts';
import { lex } from './lexer.ts';
import { isTooLarge } from './limits.ts';
import { createFindings } from './messages.ts';
import type { Parsed } from './parsed.ts';
import type { SourceFile } from './source.ts';
import { readTolerantly } from './tolerant/read.ts';

export function parseBridge(file: SourceFile): Parsed {
  const findings = createFindings(file);
  const span = { start: 0, end: file.text.length };
  if (isTooLarge(file, findings)) {
    return { program: { kind: 'program', file, span, declarations: [], comments: [] }, diagnostics: findings.list };
  }
  const { tokens, comments, unknown } = lex(file.text);
  const declarations = unknown.length === 0 ? readStrictly(tokens) : undefined;
  if (declarations === undefined) return readTolerantly(file, tokens, unknown);
  return { program: { kind: 'program', file, span, declarations, comments }, diagnostics: [] };
}
