/** Where in the program a part of the plan comes from. */
import type { SourceFile, Span } from '../../dsl/source.ts';
import type { Origin } from './ir.ts';

export function originOf(file: SourceFile, span: Span): Origin {
  const { line, column } = file.position(span.start);
  return { file: file.path, line, column };
}
