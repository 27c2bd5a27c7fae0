/**
 * What was written is read again and held to what it was written from: the same tree, or the same tokens, and every
 * comment. A printer with a fault costs nobody a line: there is no text then, and the finding says why.
 */
import type { Program } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { megabytesBeyond } from '../limits.ts';
import { parse } from '../parse.ts';
import { createSourceFile, type Notation, type Span } from '../source.ts';
import { printing } from './messages.ts';
import { difference, lostComment } from './same.ts';
import { hasSameTokens } from './same-tokens.ts';
import { Unprintable } from './unprintable.ts';

/** `text` is missing where there is no text to give, and the diagnostics say why. */
export interface Printed {
  /** What was read. */
  readonly program: Program;
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

export function proven(program: Program, notation: Notation, write: () => string): Printed {
  const { file } = program;
  let text: string;
  try {
    text = write();
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error;
    const holes = { notation, problem: error.message };
    return { program, diagnostics: [printing.diagnostic(file, error.node.span, 'not-in-notation', holes)] };
  }
  const megabytes = megabytesBeyond(text);
  if (megabytes !== undefined) {
    const start = { start: 0, end: 0 };
    return { program, diagnostics: [printing.diagnostic(file, start, 'too-large-written', { notation, megabytes })] };
  }
  const alike = notation === file.notation && (text === file.text || isBridgeAlike(program, text));
  if (alike) return { program, text, diagnostics: [] };
  const again = parse(createSourceFile(file.path, text, notation));
  const refuse = (span: Span): Printed => ({
    program,
    diagnostics: [printing.diagnostic(file, span, 'not-proven', {})],
  });
  const changed = difference(program.declarations, again.program.declarations);
  if (changed !== undefined || hasErrors(again.diagnostics)) return refuse(placeOf(changed) ?? program.span);
  const lost = lostComment(program, again.program);
  return lost === undefined ? { program, text, diagnostics: [] } : refuse(lost.span);
}

const isBridgeAlike = (program: Program, text: string): boolean =>
  program.file.notation === 'bridge' && hasSameTokens(program, text);

const placeOf = (node: unknown): Span | undefined =>
  typeof node === 'object' && node !== null && 'span' in node ? (node.span as Span) : undefined;
