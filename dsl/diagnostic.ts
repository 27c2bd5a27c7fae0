/**
 * Findings about a text, and the maker of the tables that define them. A table names each code once,
 * with its severity and its sentences; reporting takes a code and exactly the holes of its sentences,
 * so a misspelt code or a missing hole does not compile. Every room owns a table of its own.
 */
import type { Notation, SourceFile, Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'hint';

export interface TextEdit {
  readonly file: SourceFile;
  readonly span: Span;
  readonly text: string;
}

/** A mechanical way out: applying the edits and checking again no longer reports the finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** A person may choose it, nothing applies it unasked: it takes away what somebody wrote, or says what nobody did. */
  readonly asks?: true;
}

export interface Related {
  readonly file: SourceFile;
  readonly span: Span;
  readonly message: string;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly file: SourceFile;
  readonly span: Span;
  /** One plain sentence in an admin's words, lower case, no final stop, user text in backticks. */
  readonly message: string;
  /** The reason, with the value or record that shows it, where there is one. */
  readonly reason?: string;
  /** What to do. The only place that suggests. */
  readonly help?: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** What a code says. `Holes` are the values that its sentences name. */
export interface Definition<Holes> {
  readonly severity: Severity;
  /** One line for lists and the documentation page. */
  readonly summary: string;
  readonly message: (holes: Holes) => string;
  readonly reason?: (holes: Holes) => string | undefined;
  readonly help?: (holes: Holes) => string | undefined;
  /** For the documentation page. */
  readonly example?: Example;
}

/** A text that earns a finding, and the text that does not. A test reads both, put into a whole program. */
export interface Example {
  /** Where the text stands; in an item unless said. `config` is `bridge.config.yaml`, beside a usual item. */
  readonly within?: 'file' | 'item' | 'fields' | 'test' | 'config';
  /** Bridge unless said. */
  readonly notation?: Notation;
  readonly wrong: string;
  readonly right: string;
}

/** Rows by code, each with the holes that its message names; its other sentences get the same. */
export type DefinitionTable<Holes> = { readonly [Code in keyof Holes]: Definition<Holes[Code]> };

/** Some rows of a table. */
export const family = <Holes>(rows: DefinitionTable<Holes>): DefinitionTable<Holes> => rows;

export type HolesOf<D> = D extends Definition<infer Holes> ? Holes : never;

export interface ReportOptions {
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** Builds the diagnostic of `code`; the holes are checked against that code's own sentences. */
export type Reporter<Holes> = <Code extends keyof Holes & string>(
  file: SourceFile,
  span: Span,
  code: Code,
  holes: Holes[Code],
  options?: ReportOptions,
) => Diagnostic;

export function defineDiagnostics<Holes>(table: DefinitionTable<Holes>): {
  readonly table: DefinitionTable<Holes>;
  readonly diagnostic: Reporter<Holes>;
} {
  return {
    table,
    diagnostic(file, span, code, holes, options = {}) {
      const definition = table[code];
      const reason = definition.reason?.(holes);
      const help = definition.help?.(holes);
      return {
        code,
        severity: definition.severity,
        file,
        span,
        message: definition.message(holes),
        ...(reason === undefined ? {} : { reason }),
        ...(help === undefined ? {} : { help }),
        related: options.related ?? [],
        fixes: options.fixes ?? [],
      };
    },
  };
}
