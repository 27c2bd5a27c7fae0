/**
 * What an org and a site offer, as far as the compiler asks: the same shape whether it came live from
 * both APIs or from a committed snapshot. No records, no issues, no people, no secrets.
 */
import type { JiraType, SalesforceType } from '../plan/ir.ts';

/** Raised when the snapshot file's shape changes; `readSnapshot` migrates or refuses. */
export const snapshotVersion = 1;

export interface Metadata {
  readonly salesforce: SalesforceMetadata;
  readonly jira: JiraMetadata;
}

/** The snapshot file `metadata.lock.json`: metadata with a version, keys in a stable order. */
export interface Snapshot extends Metadata {
  readonly version: typeof snapshotVersion;
}

export interface SalesforceMetadata {
  /** `67.0`. */
  readonly apiVersion: string;
  /** Daily API calls that the org allows, where known. */
  readonly dailyApiRequests?: number;
  /** Sorted by name. Objects that are only known to exist have no fields. */
  readonly objects: readonly ObjectMetadata[];
}

export interface ObjectMetadata {
  /** API name in the org's own spelling. */
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly searchable: boolean;
  readonly feedEnabled: boolean;
  /** Sorted by name; absent when the describe was not read. */
  readonly fields?: readonly FieldMetadata[];
  readonly children?: readonly ChildRelationship[];
}

export interface FieldMetadata {
  readonly name: string;
  readonly label: string;
  readonly type: SalesforceType;
  /** In characters, for texts; absent for other types. */
  readonly length?: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly filterable: boolean;
  readonly calculated: boolean;
  readonly nameField: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  /** The picklist refuses values that are not listed. */
  readonly restricted?: boolean;
  /** Active values first as the org orders them. */
  readonly values?: readonly PicklistValue[];
  /** For references. */
  readonly relationship?: string | null;
  readonly referenceTo?: readonly string[];
}

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  /** What a new record has where nobody chooses. */
  readonly default?: boolean;
  /** For status-like fields: the org treats this value as closed. */
  readonly closed?: boolean;
}

export interface ChildRelationship {
  readonly object: string;
  readonly field: string;
  readonly relationship: string;
}

export interface JiraMetadata {
  /** Sorted by key. */
  readonly projects: readonly ProjectMetadata[];
  /** Every field of the site, sorted by id. */
  readonly fields: readonly JiraFieldMetadata[];
  readonly statuses: readonly StatusMetadata[];
}

export interface ProjectMetadata {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** `software`, `service_desk`, `business`, … */
  readonly type: string;
  readonly issueTypes: readonly IssueTypeMetadata[];
}

export interface IssueTypeMetadata {
  readonly id: string;
  readonly name: string;
  readonly subtask: boolean;
  /** What its create screen offers. */
  readonly fields: readonly IssueTypeField[];
  /** Ids of the statuses of its workflow. */
  readonly statuses: readonly string[];
  /** Absent where the scopes do not show edges. */
  readonly transitions?: readonly TransitionMetadata[];
}

export interface IssueTypeField {
  readonly id: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  /** Option values, priority names, … that the field takes here. */
  readonly allowedValues?: readonly AllowedValue[];
}

export interface AllowedValue {
  readonly id: string;
  readonly name: string;
}

export interface JiraFieldMetadata {
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  readonly type: JiraType;
  /** In characters, for texts that have a limit. */
  readonly length?: number;
}

export interface StatusMetadata {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done' | 'undefined';
}

export interface TransitionMetadata {
  readonly id: string;
  readonly name: string;
  /** Status ids that it leaves from; absent: from every status. */
  readonly from?: readonly string[];
  readonly to: string;
  readonly initial: boolean;
}
