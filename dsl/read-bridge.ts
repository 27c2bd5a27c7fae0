/**
 * Reads the Bridge notation. A valid text is read by the grammar and by nothing else; only a text that it refuses
 * is read a second time, with allowances, by whoever is given for that: an editor loads that reader when the
 * first text is broken. Never throws, and the tree is always whole.
 */
import type { IToken } from 'chevrotain';
import type { Declaration, Program } from './ast.ts';
import { readStrictly } from './grammar/index.ts';
import { createLexer, lex } from './lexer.ts';
import { isTooLarge } from './limits.ts';
import { createFindings } from './messages/index.ts';
import type { Parsed } from './parsed.ts';
import { readAsOther } from './read-as-other.ts';
import type { SourceFile } from './source.ts';

export type ReadTolerantly = (file: SourceFile, tokens: readonly IToken[], unknown: readonly number[]) => Parsed;

export function readBridge(file: SourceFile, readTolerantly: ReadTolerantly): Parsed {
  const findings = createFindings(file);
  const span = { start: 0, end: file.text.length };
  if (isTooLarge(file, findings)) {
    return { program: { kind: 'program', file, span, declarations: [], comments: [] }, diagnostics: findings.list };
  }
  const sound = readSound(file.text);
  if (sound !== undefined) return { program: { kind: 'program', file, span, ...sound }, diagnostics: [] };
  const other = readAsOther(file);
  if (other !== undefined) return other;
  const { tokens, unknown } = lex(file.text);
  return readTolerantly(file, tokens, unknown);
}

/** One declaration after the other, each by the grammar; `undefined` as soon as one is none. */
function readSound(text: string): Pick<Program, 'declarations' | 'comments'> | undefined {
  const { declaration, comments, unknown, isDone } = createLexer(text);
  const declarations: Declaration[] = [];
  while (!isDone()) {
    const tokens: IToken[] = [];
    declaration(tokens);
    const read = unknown.length === 0 ? readStrictly(tokens) : undefined;
    if (read === undefined) return undefined;
    declarations.push(...read);
  }
  return { declarations, comments };
}
