/** What reading a text gives, in either notation: a whole tree, and what was wrong with the text. */
import type { Program } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';

export interface Parsed {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
}
