/**
 * What the page asks of the worker that holds the program, and what it answers: plain data, positions as
 * offsets into the file of that path. One row a question; the service answers it, the client asks it.
 */
import type { Metadata } from '../../compiler/metadata/model.ts';
import type { Item, Severity, Span, Values } from '../../dsl/index.ts';
import type {
  Completion,
  Fold,
  Formatted,
  Hint,
  Hover,
  Location,
  OutlineSymbol,
  QuickFix,
  Rename,
  Renaming,
  TextEdit,
} from '../language/index.ts';
import type { Lens } from '../language/notes.ts';

export interface Problem extends Location {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly reason?: string;
  readonly help?: string;
  readonly related: readonly (Location & { readonly message: string })[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
  /** From 1, for lists that people read. */
  readonly line: number;
  /** The item that it stands in. */
  readonly item?: string;
}

/** Metadata that the program names and the worker was not given. */
export interface Wanted {
  readonly objects: readonly string[];
  readonly projects: readonly string[];
}

export interface ItemPlace {
  readonly path: string;
  readonly id: string;
}

/** An item as lists name it. */
export interface ItemHead extends ItemPlace {
  readonly name: string;
  readonly span: Span;
  readonly line: number;
}

export interface Checked {
  readonly problems: readonly Problem[];
  readonly wanted: Wanted;
  /** Some of `wanted` is still to come: of the items that name it only that is told which needs no metadata. */
  readonly partial: boolean;
  /** By file, then in the order of the text. */
  readonly items: readonly ItemHead[];
  /** Ids of the value tables. */
  readonly tables: readonly string[];
  /** The tree of the one that was asked for, in which the problems have their places. */
  readonly item?: Item;
  /** Milliseconds that the worker's thread was busy with it. */
  readonly took: number;
}

export type Files = Readonly<Record<string, string>>;

export interface Questions {
  /**
   * Replaces what the program is checked against; `undefined` while nothing is known. What `lacking` names could not be
   * read, and is judged as it is; what else is only known by its name is still to come.
   */
  metadata(metadata: Metadata | undefined, lacking?: Wanted): void;
  /** Replaces every file. */
  files(files: Files): void;
  /** One file's new text; `undefined` takes it away. */
  text(path: string, text: string | undefined): void;
  /** `shown` is the item that a form shows. */
  check(shown?: ItemPlace): Checked;

  /** A value table's tree, wherever it stands, and the text that it stands in. */
  table(id: string): { readonly path: string; readonly text: string; readonly node: Values } | undefined;
  /**
   * That text with one declaration turned into another; `undefined` where the notation cannot say it. It is the text that
   * somebody looked at when they changed it, and may be another by now: nothing of the program changes.
   */
  edit(path: string, text: string, id: string, next: Item | Values): string | undefined;

  complete(path: string, offset: number): readonly Completion[];
  /** The item there names what is still to be read, so that more can be offered soon. */
  isReading(path: string, offset: number): boolean;
  hover(path: string, offset: number): Hover | undefined;
  define(path: string, offset: number): readonly Location[];
  references(path: string, offset: number): readonly Location[];
  renameable(path: string, offset: number): Renaming | undefined;
  rename(path: string, offset: number, name: string): Rename;
  format(path: string): Formatted;
  quickFixes(path: string, start: number, end: number): readonly QuickFix[];
  outline(path: string): readonly OutlineSymbol[];
  fold(path: string): readonly Fold[];
  /** Between two offsets: Monaco draws all that it is given, at every letter. */
  hints(path: string, start: number, end: number): readonly Hint[];
  lenses(path: string): readonly Lens[];
}

export type Question = keyof Questions;
export type Arguments<Q extends Question> = Parameters<Questions[Q]>;
export type Answer<Q extends Question> = ReturnType<Questions[Q]>;

export interface Asked {
  readonly id: number;
  readonly question: Question;
  readonly given: readonly unknown[];
}
export type Answered = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: string; readonly notLoaded?: true }
);
