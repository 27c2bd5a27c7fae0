/**
 * A program with its names resolved. Nothing is judged here: what a name did not lead to is kept as the
 * reason why, for the checks to say, for completion to offer and for lowering to refuse. A `silent` result
 * stands where something else is the matter already (a missing piece, an unknown object).
 */
import type {
  Arrow,
  Clause,
  Condition,
  Fallback,
  Item,
  JiraField,
  Literal,
  Mapping,
  Missing,
  Modifier,
  Name,
  Path,
  Setting,
  Table,
  TableRow,
  Template,
  Test,
  Text,
  Values,
} from '../../dsl/ast.ts';
import type { SourceFile } from '../../dsl/source.ts';
import type { Config } from '../config/config.ts';
import type { MetadataLookup } from '../metadata/lookup.ts';
import type {
  FieldMetadata,
  IssueTypeField,
  IssueTypeMetadata,
  JiraFieldMetadata,
  ObjectMetadata,
  ProjectMetadata,
  StatusMetadata,
} from '../metadata/model.ts';
import type { Mode, SalesforceField } from '../plan/ir.ts';

export interface BoundProgram {
  /** By file, then in the order of the text. */
  readonly items: readonly BoundItem[];
  readonly tables: readonly BoundTable[];
  readonly tests: readonly BoundTest[];
  /** The first of an id counts. */
  readonly itemsById: ReadonlyMap<string, BoundItem>;
  readonly tablesById: ReadonlyMap<string, BoundTable>;
  readonly files: readonly SourceFile[];
  /** Absent without metadata: then every name is `silent`. */
  readonly lookup?: MetadataLookup;
  /** Of `bridge.config.yaml`, where there is one. */
  readonly config?: Config;
}

export type ClausesOf = { readonly [K in Clause['kind']]: readonly Extract<Clause, { kind: K }>[] };

export interface BoundItem {
  readonly file: SourceFile;
  readonly node: Item;
  readonly id?: string;
  readonly clauses: ClausesOf;
  /** Absent where it is missing or no listed word. */
  readonly mode?: Mode;
  /** Absent where it is missing, unknown or not described. */
  readonly object?: ObjectMetadata;
  readonly projects: readonly BoundProject[];
  readonly issueType?: IssueTypeMetadata;
  readonly mappings: readonly BoundMapping[];
  readonly settings: readonly BoundSetting[];
  readonly conditions: readonly BoundCondition[];
  readonly rules: readonly BoundRule[];
  readonly status?: BoundStatus;
  readonly show: readonly BoundPath[];
  /** Every path of the item, wherever it stands. */
  readonly paths: readonly BoundPath[];
  readonly jiraFields: readonly BoundJiraField[];
  readonly statuses: readonly BoundIssueStatus[];
}

export interface BoundProject {
  readonly node: Name;
  readonly project?: ProjectMetadata;
}

export type PathResult =
  | {
      readonly kind: 'field';
      /** As plans carry it. */
      readonly field: SalesforceField;
      readonly metadata: FieldMetadata;
      readonly object: ObjectMetadata;
      /** Relationships that the path goes over. */
      readonly hops: number;
    }
  | { readonly kind: 'unknown-field'; readonly object: ObjectMetadata; readonly segment: Name }
  | { readonly kind: 'not-a-relationship'; readonly object: ObjectMetadata; readonly segment: Name }
  | { readonly kind: 'object-not-described'; readonly object: string; readonly segment: Name }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'silent' };

export interface BoundPath {
  readonly node: Path;
  readonly result: PathResult;
}

export type JiraFieldResult =
  | { readonly kind: 'field'; readonly field: JiraFieldMetadata; readonly screen?: IssueTypeField }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly fields: readonly JiraFieldMetadata[] }
  | { readonly kind: 'silent' };

export interface BoundJiraField {
  readonly node: JiraField;
  readonly result: JiraFieldResult;
}

export interface BoundIssueStatus {
  readonly node: Text;
  readonly issueType: IssueTypeMetadata;
  readonly status?: StatusMetadata;
}

export type BoundSource =
  | { readonly kind: 'path'; readonly path: BoundPath }
  | { readonly kind: 'template'; readonly template: Template; readonly holes: readonly BoundPath[] }
  | { readonly kind: 'missing' };

export interface BoundMapping {
  readonly node: Mapping;
  readonly source: BoundSource;
  /** Absent where it is missing. */
  readonly arrow?: Arrow;
  readonly target?: BoundJiraField;
  readonly modifiers: { readonly [K in Modifier['kind']]?: Extract<Modifier, { kind: K }> };
  /** Named or its own; absent where there is none or the name leads nowhere. */
  readonly table?: BoundTable;
}

export interface BoundTable {
  readonly file: SourceFile;
  readonly table: Table;
  readonly id?: string;
  /** Absent for a table that stands on its mapping. */
  readonly node?: Values;
  /** The first; a second one is an error of its own. */
  readonly otherwise?: Fallback;
}

export interface BoundSetting {
  readonly node: Setting;
  readonly target?: BoundJiraField;
}

/** One comparison with its field; brackets, `and`, `or` and `not` are left to the tree. */
export interface BoundCondition {
  readonly node: Extract<Condition, { kind: 'compare' | 'one-of' | 'is-empty' }>;
  readonly path: BoundPath;
  readonly literals: readonly Literal[];
}

export interface BoundRule {
  readonly node: Extract<Clause, { kind: 'rule' | 'otherwise' }>;
  readonly target?: BoundIssueStatus;
}

export interface BoundStatus {
  readonly node: Extract<Clause, { kind: 'status' }>;
  readonly field?: BoundPath;
  readonly table?: BoundTable;
}

export interface BoundTest {
  readonly file: SourceFile;
  readonly node: Test;
  readonly item?: BoundItem;
  readonly paths: readonly BoundPath[];
  readonly jiraFields: readonly BoundJiraField[];
  readonly statuses: readonly BoundIssueStatus[];
  /** Values that tests give to fields, for the checks of values. */
  readonly values: readonly { readonly field: BoundPath | BoundJiraField; readonly literals: readonly Literal[] }[];
}

/** The field of a path that led to one. */
export const fieldOf = (path: BoundPath | undefined): Extract<PathResult, { kind: 'field' }> | undefined =>
  path?.result.kind === 'field' ? path.result : undefined;
export const jiraFieldOf = (
  bound: BoundJiraField | undefined,
): Extract<JiraFieldResult, { kind: 'field' }> | undefined =>
  bound?.result.kind === 'field' ? bound.result : undefined;

/** On Salesforce's side of a mapping; a template has none. */
export const sourceFieldOf = ({ source }: BoundMapping): ReturnType<typeof fieldOf> =>
  source.kind === 'path' ? fieldOf(source.path) : undefined;

const onWords: ReadonlySet<string> = new Set(['on', 'yes', 'true']);
/** The state of a switch. */
export const isOn = (state: Name | Missing): boolean => state.kind === 'name' && onWords.has(state.text.toLowerCase());

export const writesJira = (arrow: Arrow | undefined): boolean => arrow === '->' || arrow === '<->';
export const writesSalesforce = (arrow: Arrow | undefined): boolean => arrow === '<-' || arrow === '<->';
const writes = (arrow: Arrow, toJira: boolean): boolean => (toJira ? writesJira(arrow) : writesSalesforce(arrow));

/** The record's own field that a mapping writes; a parent's is only read. */
export function writtenFieldOf(mapping: BoundMapping): ReturnType<typeof fieldOf> {
  const field = writesSalesforce(mapping.arrow) ? sourceFieldOf(mapping) : undefined;
  return field?.hops === 0 ? field : undefined;
}

/** The field that status sync writes; a rule switches it off. */
export const writtenStatusOf = ({ status, rules }: BoundItem): ReturnType<typeof fieldOf> =>
  rules.length === 0 ? fieldOf(status?.field) : undefined;

/** The rows that count in one direction: the value that each is for, and the one that it becomes. */
export function* rowsOneWay(
  { table }: BoundTable,
  toJira: boolean,
): Generator<{ readonly row: TableRow; readonly from: Literal | Missing; readonly to: Literal | Missing }> {
  for (const row of table.rows) {
    if (row.kind !== 'row' || row.arrow.kind !== 'arrow' || !writes(row.arrow.arrow, toJira)) continue;
    yield toJira ? { row, from: row.left, to: row.right } : { row, from: row.right, to: row.left };
  }
}
