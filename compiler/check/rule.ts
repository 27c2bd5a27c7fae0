/** What a rule is: it looks at a bound program, or at each of its items, and reports; it changes nothing. */
import type { HolesOf, ReportOptions } from '../../dsl/diagnostic.ts';
import type { SourceFile, Span } from '../../dsl/source.ts';
import type { BoundItem, BoundProgram } from '../bind/bound.ts';
import type { compilerDiagnostics } from '../messages/index.ts';
import type { Proofs } from './proofs.ts';

type Table = typeof compilerDiagnostics.table;

export type Report = <Code extends keyof Table & string>(
  file: SourceFile,
  span: Span,
  code: Code,
  /** As a function where it takes work, or grows with the text: it is not called for a finding that is not listed. */
  said: HolesOf<Table[Code]> | (() => Said<HolesOf<Table[Code]>>),
  options?: ReportOptions,
) => void;

export interface Said<Holes> extends ReportOptions {
  readonly holes: Holes;
}

export interface Rule {
  /** The file's name. */
  readonly name: string;
  readonly item?: (item: BoundItem, report: Report, program: BoundProgram, proofs: Proofs) => void;
  /** For a rule that remembers the items before: what it begins a program with. */
  readonly items?: (program: BoundProgram, report: Report, proofs: Proofs) => Watch;
  readonly program?: (program: BoundProgram, report: Report, proofs: Proofs) => void;
}

/** Shown every item in turn, and told when there are no more. */
export interface Watch {
  item(item: BoundItem): void;
  end?(): void;
}
