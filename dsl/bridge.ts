import type { Program } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { readStrictly } from './grammar.ts';
import { lex } from './lexer.ts';
import { syntax } from './messages.ts';
import type { SourceFile } from './source.ts';

export interface Parsed {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
}

export function parseBridge(file: SourceFile): Parsed {
  const span = { start: 0, end: file.text.length };
  const { tokens, comments, clean } = lex(file.text);
  const declarations = clean ? readStrictly(tokens) : undefined;
  return {
    program: { kind: 'program', file, span, declarations: declarations ?? [], comments },
    diagnostics: declarations ? [] : [syntax.diagnostic(file, { start: 0, end: 0 }, 'unexpected-text', {})],
  };
}
