/**
 * The tree of a program: a closed union of nodes, the same for both notations. Spans point into the
 * text that was read, be it Bridge or YAML, so nothing downstream asks which it was. The tree accepts
 * more than the language (any word where a listed one is due, clauses twice, rules after `otherwise`);
 * the compiler's checks say what is wrong with it, where each complaint has a place and a sentence.
 * A piece that the text lacks is a `Missing` node with a place, and checks stay silent about it.
 */
import type { SourceFile, Span } from './source.ts';

export interface Missing {
  readonly kind: 'missing';
  /** Empty, at the place where the piece was due. */
  readonly span: Span;
}

/** A word: an id, an API name, one of a list. As written. */
export interface Name {
  readonly kind: 'name';
  readonly span: Span;
  readonly text: string;
}

/** A text, with its escapes resolved. The span includes the quotes where there are any. */
export interface Text {
  readonly kind: 'text';
  readonly span: Span;
  readonly value: string;
  /** Its closing quote was missing: the value ran to the line end and is not looked up. */
  readonly unclosed?: true;
}

/** `raw` keeps the spelling (`1.50`), since a text or picklist takes a number as it is written. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  readonly raw: string;
}
export interface DateLiteral {
  readonly kind: 'date';
  readonly span: Span;
  /** `YYYY-MM-DD`, a day that exists. */
  readonly value: string;
}
export interface DateTimeLiteral {
  readonly kind: 'datetime';
  readonly span: Span;
  /** As written, zone included. */
  readonly value: string;
}
export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
  readonly raw: string;
}
export type Literal = Text | NumberLiteral | DateLiteral | DateTimeLiteral | BooleanLiteral;

export interface EmptyValue {
  readonly kind: 'empty';
  readonly span: Span;
}
/** Several values for one field: `["a", "b"]`. */
export interface ListValue {
  readonly kind: 'list';
  readonly span: Span;
  readonly values: readonly (Literal | Missing)[];
}
export type Value = Literal | EmptyValue | ListValue;

/** `Account.Rating`: at least one segment. */
export interface Path {
  readonly kind: 'path';
  readonly span: Span;
  readonly segments: readonly Name[];
}

/** `"{Account.Name} ({Account.Rating})"`, split at its holes; doubled braces are resolved. */
export interface Template {
  readonly kind: 'template';
  readonly span: Span;
  readonly parts: readonly TemplatePart[];
  /** The text before splitting, escapes resolved, braces as written. */
  readonly value: string;
}
export type TemplatePart =
  | { readonly kind: 'literal'; readonly span: Span; readonly value: string }
  | { readonly kind: 'hole'; readonly span: Span; readonly path: Path | Missing };

/** A Jira field by id or display name; quotes are not part of the tree. */
export interface JiraField {
  readonly kind: 'jira-field';
  readonly span: Span;
  readonly name: string;
  /** Its closing quote was missing: the name ran to the line end and is not looked up. */
  readonly unclosed?: true;
}

export type Arrow = '->' | '<-' | '<->';
export interface ArrowNode {
  readonly kind: 'arrow';
  readonly span: Span;
  readonly arrow: Arrow;
}

// ── conditions ──────────────────────────────────────────────────────────────────────────────────

/** `and` binds tighter than `or`; `mixed` marks a level that has both without brackets, which is an error. */
export interface AllCondition {
  readonly kind: 'all';
  readonly span: Span;
  readonly of: readonly Condition[];
}
export interface AnyCondition {
  readonly kind: 'any';
  readonly span: Span;
  readonly of: readonly Condition[];
  readonly mixed?: true;
}
export interface NotCondition {
  readonly kind: 'not';
  readonly span: Span;
  readonly of: Condition;
}
export type Comparison =
  | 'is'
  | 'is-not'
  | 'is-at-least'
  | 'is-at-most'
  | 'is-before'
  | 'is-after'
  | 'contains'
  | 'starts-with';
export interface CompareCondition {
  readonly kind: 'compare';
  readonly span: Span;
  readonly path: Path | Missing;
  readonly comparison: Comparison;
  readonly value: Literal | Missing;
}
export interface OneOfCondition {
  readonly kind: 'one-of';
  readonly span: Span;
  readonly path: Path | Missing;
  readonly negated: boolean;
  readonly values: readonly (Literal | Missing)[];
}
export interface EmptyCondition {
  readonly kind: 'is-empty';
  readonly span: Span;
  readonly path: Path | Missing;
  readonly negated: boolean;
}
export type Condition =
  | AllCondition
  | AnyCondition
  | NotCondition
  | CompareCondition
  | OneOfCondition
  | EmptyCondition
  | Missing;

// ── tables ──────────────────────────────────────────────────────────────────────────────────────

/** `skip`, `keep` or `clear` as a word (any word in the tree), or a text to write instead. */
export interface Fallback {
  readonly kind: 'fallback';
  readonly span: Span;
  /** In `or else` a text is a template; in a table's `otherwise` it is a plain text. */
  readonly action: Name | Text | Template | Missing;
}
/** `left` is always Salesforce, `right` always Jira. */
export interface TableRow {
  readonly kind: 'row';
  readonly span: Span;
  readonly left: Literal | Missing;
  readonly arrow: ArrowNode | Missing;
  readonly right: Literal | Missing;
}
export interface TableOtherwise {
  readonly kind: 'table-otherwise';
  readonly span: Span;
  readonly fallback: Fallback;
}
export interface Table {
  readonly kind: 'table';
  readonly span: Span;
  readonly rows: readonly (TableRow | TableOtherwise)[];
  readonly closed: boolean;
}

// ── an item ─────────────────────────────────────────────────────────────────────────────────────

export interface ByModifier {
  readonly kind: 'by';
  readonly span: Span;
  readonly table: Name | Missing;
}
export interface TableModifier {
  readonly kind: 'inline-table';
  readonly span: Span;
  readonly table: Table;
}
export interface CutModifier {
  readonly kind: 'cut-at';
  readonly span: Span;
  readonly length: NumberLiteral | Missing;
}
export interface OrElseModifier {
  readonly kind: 'or-else';
  readonly span: Span;
  readonly fallback: Fallback;
}
export interface OnConflictModifier {
  readonly kind: 'on-conflict';
  readonly span: Span;
  readonly choice: Name | Missing;
}
export type Modifier = ByModifier | TableModifier | CutModifier | OrElseModifier | OnConflictModifier;

export interface Mapping {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly source: Path | Template | Missing;
  readonly arrow: ArrowNode | Missing;
  readonly target: JiraField | Missing;
  readonly modifiers: readonly Modifier[];
}

export interface SalesforceClause {
  readonly kind: 'salesforce';
  readonly span: Span;
  readonly object: Name | Missing;
}
export interface WhereClause {
  readonly kind: 'where';
  readonly span: Span;
  readonly condition: Condition;
}
export interface JiraClause {
  readonly kind: 'jira';
  readonly span: Span;
  /** One with `issueType`, one or more without. */
  readonly projects: readonly (Name | Missing)[];
  readonly issueType?: Text | Missing;
}
export interface SyncClause {
  readonly kind: 'sync';
  readonly span: Span;
  readonly mode: Name | Missing;
}
export interface CreateClause {
  readonly kind: 'create';
  readonly span: Span;
  readonly records: Name | Missing;
  readonly since?: DateLiteral | Missing;
}
export interface FieldsClause {
  readonly kind: 'fields';
  readonly span: Span;
  readonly mappings: readonly Mapping[];
  readonly closed: boolean;
}
/** `labels = "a"` in `new issue`, and assignments in tests. */
export interface Setting {
  readonly kind: 'setting';
  readonly span: Span;
  readonly field: JiraField | Missing;
  readonly value: Value | Missing;
}
export interface NewIssueClause {
  readonly kind: 'new-issue';
  readonly span: Span;
  readonly settings: readonly Setting[];
  readonly closed: boolean;
}
export interface StatusClause {
  readonly kind: 'status';
  readonly span: Span;
  readonly field: Name | Missing;
  readonly by?: Name | Missing;
  readonly table?: Table;
}
export interface RuleClause {
  readonly kind: 'rule';
  readonly span: Span;
  readonly condition: Condition;
  readonly target: Text | Missing;
}
export interface OtherwiseClause {
  readonly kind: 'otherwise';
  readonly span: Span;
  /** A status to move to, or `leave`. */
  readonly target: Text | Leave | Missing;
}
export interface Leave {
  readonly kind: 'leave';
  readonly span: Span;
}
export interface CommentsClause {
  readonly kind: 'comments';
  readonly span: Span;
  readonly state: Name | Missing;
  /** `internal` for `internal too`, `published`, or another word that the checks refuse. */
  readonly options: readonly Name[];
}
export interface SwitchClause {
  readonly kind: 'switch';
  readonly span: Span;
  readonly feature: 'attachments' | 'associations';
  readonly state: Name | Missing;
}
export interface ShowClause {
  readonly kind: 'show';
  readonly span: Span;
  readonly paths: readonly (Path | Missing)[];
}
export type Clause =
  | SalesforceClause
  | WhereClause
  | JiraClause
  | SyncClause
  | CreateClause
  | FieldsClause
  | NewIssueClause
  | StatusClause
  | RuleClause
  | OtherwiseClause
  | CommentsClause
  | SwitchClause
  | ShowClause;

export interface Item {
  readonly kind: 'item';
  readonly span: Span;
  readonly id: Name | Missing;
  readonly was?: Name | Missing;
  readonly name: Text | Missing;
  readonly clauses: readonly Clause[];
  readonly closed: boolean;
  /** A syntax error fell inside: checks that reason over the whole item (what is missing) stay silent. */
  readonly broken?: true;
}

export interface Values {
  readonly kind: 'values';
  readonly span: Span;
  readonly id: Name | Missing;
  readonly table: Table;
}

// ── tests ───────────────────────────────────────────────────────────────────────────────────────

/** `5m`; `milliseconds` is its length, `raw` its spelling. */
export interface Duration {
  readonly kind: 'duration';
  readonly span: Span;
  readonly milliseconds: number;
  readonly raw: string;
}
export interface Assignment {
  readonly kind: 'assignment';
  readonly span: Span;
  /** A record's path on the Salesforce side, a field's id or name on the Jira side. */
  readonly field: Path | JiraField | Missing;
  readonly value: Value | Missing;
}
export type Side = 'salesforce' | 'jira';
export interface ChangeStep {
  readonly kind: 'change';
  readonly span: Span;
  readonly at?: Duration | Missing;
  readonly side: Side;
  readonly assignments: readonly Assignment[];
}
export interface CycleStep {
  readonly kind: 'cycle';
  readonly span: Span;
  readonly at?: Duration | Missing;
}
export interface ValueExpectation {
  readonly kind: 'expect-value';
  readonly span: Span;
  readonly side: Side;
  readonly assignment: Assignment;
}
export interface WritesExpectation {
  readonly kind: 'expect-writes';
  readonly span: Span;
  readonly side: Side;
  readonly count: NumberLiteral | Missing;
}
export interface CreatedExpectation {
  readonly kind: 'expect-created';
  readonly span: Span;
  readonly negated: boolean;
}
export type Expectation = ValueExpectation | WritesExpectation | CreatedExpectation;
export interface ExpectStep {
  readonly kind: 'expect';
  readonly span: Span;
  readonly at?: Duration | Missing;
  readonly expectations: readonly Expectation[];
}
export type Step = ChangeStep | CycleStep | ExpectStep;
export interface Test {
  readonly kind: 'test';
  readonly span: Span;
  readonly name: Text | Missing;
  readonly item: Name | Missing;
  readonly steps: readonly Step[];
  readonly closed: boolean;
}

export type Declaration = Item | Values | Test;

export interface Comment {
  readonly span: Span;
  /** Without the `#`, trailing blanks removed. */
  readonly text: string;
  /** Nothing but blanks stands before it on its line. */
  readonly ownLine: boolean;
}

/** One file, read. Always whole, whatever the text was. */
export interface Program {
  readonly kind: 'program';
  readonly file: SourceFile;
  readonly span: Span;
  readonly declarations: readonly Declaration[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
}

export type Node =
  | Program
  | Declaration
  | Clause
  | Mapping
  | Modifier
  | Setting
  | Table
  | TableRow
  | TableOtherwise
  | Fallback
  | Condition
  | Step
  | Expectation
  | Assignment
  | Path
  | Template
  | JiraField
  | ArrowNode
  | Name
  | Value
  | Duration
  | Leave
  | Missing;

export const isMissing = (node: { readonly kind: string } | undefined): node is Missing => node?.kind === 'missing';
