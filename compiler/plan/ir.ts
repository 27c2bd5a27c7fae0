/**
 * The execution plan: what the compiler hands to the engine, and all that the engine knows of a
 * program. It is data: versioned, JSON without loss, byte-identical for equal input, names resolved to
 * ids, every node with the place in the text that it came from. This file imports nothing.
 */

/** Raised with every change that an older engine would misread; `decode` migrates or refuses. */
export const planVersion = 1;

/** Where in the program a node stands; lines and columns count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Plan {
  readonly version: typeof planVersion;
  /** Sorted by id. */
  readonly items: readonly ItemPlan[];
  /** Where the configuration sets other limits than the product's own. */
  readonly guard?: GuardPlan;
}

/** How far a change of the program may reach before somebody is asked. */
export interface GuardPlan {
  /** Links of an item that may be moved or blanked, if they are also over the share. */
  readonly links?: number;
  /** In per cent of the item's links. */
  readonly share?: number;
  /** Issues that a first activation creates without asking. */
  readonly newIssues?: number;
}

export type Mode = 'display-only' | 'one-way' | 'two-way' | 'custom';

export interface ItemPlan {
  readonly id: string;
  /** The id that it had before; links move along. */
  readonly was?: string;
  readonly name: string;
  readonly origin: Origin;
  readonly mode: Mode;
  readonly salesforce: SalesforceScope;
  readonly jira: JiraScope;
  readonly where?: Condition;
  readonly create: CreatePlan;
  readonly mappings: readonly MappingPlan[];
  /** Constants for issues that the bridge creates. */
  readonly newIssue: readonly SettingPlan[];
  readonly status?: StatusPlan;
  readonly rules?: RulesPlan;
  readonly comments: CommentsPlan;
  readonly attachments: boolean;
  /** Where the text says so. */
  readonly attachmentsClause?: { readonly origin: Origin };
  readonly associations: boolean;
  /** Columns of the card's preview. */
  readonly show: readonly SalesforceField[];
}

export interface SalesforceScope {
  /** API name in the org's own spelling. */
  readonly object: string;
  readonly label: string;
  readonly keyPrefix: string | null;
  /** Every path that anything in the item reads, sorted; the union is what a query selects. */
  readonly reads: readonly SalesforceField[];
}

export interface JiraScope {
  readonly projects: readonly { readonly id: string; readonly key: string }[];
  /** Absent for display-only items. */
  readonly issueType?: { readonly id: string; readonly name: string };
}

/** A field as a record offers it, reached over zero or more parents. */
export interface SalesforceField {
  /** `["Account", "Rating"]`, in the org's own spelling. */
  readonly path: readonly string[];
  readonly label: string;
  readonly type: SalesforceType;
  /** In characters, for texts. */
  readonly length?: number;
  /** It can be empty. */
  readonly nillable: boolean;
  /** Usable in a SOQL `WHERE`. */
  readonly filterable: boolean;
}

/** A describe's `type`, with long and rich texts told apart, since they convert differently. */
export type SalesforceType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'rich-textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'phone'
  | 'email'
  | 'url'
  | 'encryptedstring'
  | 'address'
  | 'location'
  | 'base64'
  | 'anytype';

export interface JiraField {
  /** `summary`, `customfield_10040`. */
  readonly id: string;
  readonly name: string;
  readonly type: JiraType;
  /** The issue type refuses an empty value. */
  readonly required: boolean;
  /** In characters, for texts. */
  readonly length?: number;
}

/** What a Jira field takes and gives, independent of whether it is a system or a custom field. */
export type JiraType =
  | 'text'
  | 'rich-text'
  | 'number'
  | 'date'
  | 'datetime'
  | 'option'
  | 'options'
  | 'cascading-option'
  | 'priority'
  | 'user'
  | 'users'
  | 'group'
  | 'groups'
  | 'labels'
  | 'components'
  | 'versions'
  | 'version'
  | 'url'
  | 'project'
  | 'parent'
  /** Set by Jira along the workflow and known by its name: resolution, issue type, security level. */
  | 'named'
  | 'other';

export type Owner = 'salesforce' | 'jira' | 'both';

export interface MappingPlan {
  /** Stable under reordering: the Jira field's id, unique within an item. Bases are kept under it. */
  readonly id: string;
  readonly owner: Owner;
  readonly source: FieldSource | TemplateSource;
  readonly target: JiraField;
  /** Names of rows of the conversion table; absent where the owner never writes that way. */
  readonly toJira?: string;
  readonly toSalesforce?: string;
  readonly table?: ValueTable;
  readonly cutAt?: number;
  readonly orElse?: FallbackPlan;
  readonly onConflict: 'latest' | 'salesforce' | 'jira' | 'hold';
  readonly origin: Origin;
}

export interface FieldSource {
  readonly kind: 'field';
  readonly field: SalesforceField;
}
export interface TemplateSource {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
}
export type TemplatePart =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'field'; readonly field: SalesforceField };

/** A scalar of a text, picklist, number, date, datetime (UTC, `YYYY-MM-DDTHH:mm:ss.SSSZ`) or checkbox. */
export type Scalar = string | number | boolean;

/** Rows by direction; texts are compared as `foldText` of the conversion table does. */
export interface ValueTable {
  readonly toJira: readonly TableRow[];
  readonly toSalesforce: readonly TableRow[];
  readonly otherwise?: FallbackPlan;
}
export interface TableRow {
  readonly from: Scalar;
  readonly to: Scalar;
  readonly origin: Origin;
}

export type FallbackPlan =
  | { readonly kind: 'skip' | 'keep' | 'clear' }
  | { readonly kind: 'text'; readonly parts: readonly TemplatePart[] };

export interface SettingPlan {
  readonly target: JiraField;
  /** In the form that Jira's REST API takes. */
  readonly value: unknown;
  readonly origin: Origin;
}

export interface CreatePlan {
  readonly records: 'off' | 'matching' | 'all';
  /** `YYYY-MM-DD` (UTC): records created from that day on, also before activation. */
  readonly since?: string;
  readonly origin?: Origin;
}

export interface StatusPlan {
  readonly field: SalesforceField;
  /** Given rows first, closest safe matches after them. */
  readonly toJira: readonly StatusRow[];
  readonly toSalesforce: readonly StatusRow[];
  /** What a value without a row does: nothing, silently or recorded. */
  readonly otherwise?: 'skip' | 'keep';
  readonly origin: Origin;
}
export interface StatusRow {
  readonly from: string;
  readonly to: string;
  /** `match`: found by the compiler, not written by a person. */
  readonly by: 'row' | 'match';
  readonly origin: Origin;
}

export interface JiraStatus {
  readonly id: string;
  readonly name: string;
}

export interface RulesPlan {
  /** In order; the first whose condition holds decides. */
  readonly branches: readonly RuleBranch[];
  /** Absent target: `otherwise leave`. */
  readonly otherwise: { readonly moveTo?: JiraStatus; readonly origin: Origin };
}
export interface RuleBranch {
  readonly when: Condition;
  readonly moveTo: JiraStatus;
  readonly origin: Origin;
}

export interface CommentsPlan {
  readonly on: boolean;
  /** Internal Jira comments travel too, as unpublished ones. */
  readonly internal: boolean;
  /** Public Jira comments arrive published. */
  readonly published: boolean;
  readonly origin?: Origin;
}

/**
 * Conditions are total: an absent or empty field makes every comparison false, except that
 * `is-not` is true for it, as the guide's "does not equal" is. Texts compare without case.
 */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare';
      readonly field: SalesforceField;
      readonly comparison:
        | 'is'
        | 'is-not'
        | 'is-at-least'
        | 'is-at-most'
        | 'is-before'
        | 'is-after'
        | 'contains'
        | 'starts-with';
      readonly value: Scalar;
    }
  | {
      readonly kind: 'one-of';
      readonly field: SalesforceField;
      readonly negated: boolean;
      readonly values: readonly Scalar[];
    }
  | { readonly kind: 'is-empty'; readonly field: SalesforceField; readonly negated: boolean };
