/**
 * What the two readers say: one row a code, with its sentence, its way out and an example. The rows lie by what they
 * are about, one file each.
 */
import { type Diagnostic, defineDiagnostics, type HolesOf, type ReportOptions } from '../diagnostic.ts';
import type { SourceFile, Span } from '../source.ts';
import { bridge } from './bridge.ts';
import { leaves } from './leaves.ts';
import { limits } from './limits.ts';
import { yaml } from './yaml.ts';

export const syntax = defineDiagnostics({ ...yaml, ...leaves, ...bridge, ...limits });

export type SyntaxCode = keyof typeof syntax.table;

/** Gathers the findings of one file. */
export interface Findings {
  readonly list: Diagnostic[];
  report<Code extends SyntaxCode>(
    span: Span,
    code: Code,
    holes: HolesOf<(typeof syntax.table)[Code]>,
    options?: ReportOptions,
  ): void;
}

export function createFindings(file: SourceFile): Findings {
  const list: Diagnostic[] = [];
  return {
    list,
    report(span, code, holes, options) {
      list.push(syntax.diagnostic(file, span, code, holes, options));
    },
  };
}
