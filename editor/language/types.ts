/**
 * What the language services take and give: plain values, so that a worker can pass them on. Places are offsets in
 * UTF-16 code units, half-open, in the file that is named by its path.
 */
import type { Severity, SourceFile, Span } from '../../dsl/index.ts';

export type { Severity, Span };

export interface Location {
  readonly path: string;
  readonly span: Span;
}
export interface TextEdit extends Location {
  readonly text: string;
}

/** A finding as an editor shows it. `fixes` are asked for on their own. */
export interface Finding extends Location {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly reason?: string;
  readonly help?: string;
  readonly related: readonly (Location & { readonly message: string })[];
  /** How many ways out can be applied. */
  readonly fixes: number;
}

export interface QuickFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The finding that it answers: its code and place. */
  readonly code: string;
  readonly span: Span;
  /** It is the only way out and takes nothing away: it may be applied without asking. */
  readonly preferred: boolean;
}

export type CompletionKind =
  | 'clause'
  | 'keyword'
  | 'object'
  | 'field'
  | 'relationship'
  | 'jira-field'
  | 'project'
  | 'issue-type'
  | 'status'
  | 'value'
  | 'table'
  | 'item'
  | 'snippet';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Written in place of `span`; reads as a whole entry where one begins. */
  readonly insert: string;
  readonly span: Span;
  /** The same with the parts that a person fills in, as `${1:text}`; absent where there are none. */
  readonly snippet?: string;
  /** One short line beside the label: type and label of a field. */
  readonly detail?: string;
  /** A sentence. */
  readonly about?: string;
  /** What is typed is matched against this; the label unless said. */
  readonly filter?: string;
  /** Offered before all others. */
  readonly preferred?: boolean;
}

export interface Hover {
  readonly span: Span;
  /** What it is: `Subject`, `or else`. */
  readonly title: string;
  /** Sentences; user text in backticks. */
  readonly lines: readonly string[];
}

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'item' | 'values' | 'test' | 'clause' | 'mapping' | 'row' | 'rule' | 'step';
  readonly span: Span;
  /** Where the name stands. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

export interface Fold {
  readonly span: Span;
  readonly kind: 'block' | 'comment';
}

export interface Hint {
  readonly offset: number;
  readonly text: string;
}

export interface Renaming {
  /** The id under the cursor. */
  readonly span: Span;
  readonly id: string;
  readonly of: 'item' | 'values';
}
export type Rename = { readonly edits: readonly TextEdit[] } | { readonly refused: string };

export type Formatted = { readonly edits: readonly TextEdit[] } | { readonly refused: string };

export type { SourceFile };
