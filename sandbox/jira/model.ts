/**
 * What the stand-in remembers: a site's configuration, which does not change while it runs, and the
 * documents that people and the app write. Values are kept in one stored form per field type (see
 * `field-types.ts`), times as epoch milliseconds; REST shapes are made when they are asked for.
 */

/** A field's value as it is kept: always JSON, `null` or an empty list when unset. */
export type Stored = unknown;

export interface User {
  readonly accountId: string;
  readonly accountType: 'atlassian' | 'app';
  readonly displayName: string;
  readonly email?: string;
  /** People decide whether others see their address. */
  readonly emailVisible: boolean;
  readonly active: boolean;
  readonly timeZone: string;
  readonly groups: readonly string[];
}

export type StatusCategoryKey = 'new' | 'indeterminate' | 'done';

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: StatusCategoryKey;
}

export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly subtask: boolean;
}

export interface NamedThing {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface Priority extends NamedThing {
  readonly color: string;
}

export interface Group {
  readonly groupId: string;
  readonly name: string;
}

export interface FieldOption {
  readonly id: string;
  readonly value: string;
  readonly children?: readonly FieldOption[];
}

export interface FieldDefinition {
  readonly id: string;
  readonly name: string;
  /** A row of `fieldTypes`. */
  readonly type: string;
  readonly custom: boolean;
  readonly options?: readonly FieldOption[];
}

export interface Transition {
  readonly id: string;
  readonly name: string;
  /** Status ids; absent: from every status. */
  readonly from?: readonly string[];
  readonly to: string;
  readonly screen?: readonly ScreenField[];
}

export interface ScreenField {
  readonly field: string;
  readonly required: boolean;
}

export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly initial: string;
  /** Status ids in the order of the board. */
  readonly statuses: readonly string[];
  readonly transitions: readonly Transition[];
}

export interface ProjectIssueType {
  readonly typeId: string;
  readonly workflow: string;
  /** The create and edit screen, without project and issue type, which stand on every one. */
  readonly screen: readonly ScreenField[];
}

export interface Component extends NamedThing {
  readonly projectId: string;
}

export interface Version extends NamedThing {
  readonly projectId: string;
  readonly released: boolean;
  readonly releaseDate?: string;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: 'software' | 'service_desk' | 'business';
  readonly lead: string;
  readonly types: readonly ProjectIssueType[];
}

/** Permission keys by account id; `*` stands for every permission of the project. */
export type Grants = Readonly<Record<string, readonly string[]>>;

export interface Site {
  readonly title: string;
  readonly cloudId: string;
  readonly timeZone: string;
  readonly users: readonly User[];
  readonly app: User;
  readonly groups: readonly Group[];
  readonly statuses: readonly Status[];
  readonly issueTypes: readonly IssueType[];
  readonly priorities: readonly Priority[];
  readonly defaultPriority: string;
  readonly resolutions: readonly NamedThing[];
  readonly components: readonly Component[];
  readonly versions: readonly Version[];
  readonly fields: readonly FieldDefinition[];
  readonly workflows: readonly Workflow[];
  readonly projects: readonly Project[];
  readonly globalGrants: Grants;
  /** By project key. */
  readonly projectGrants: Readonly<Record<string, Grants>>;
}

export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly typeId: string;
  readonly statusId: string;
  readonly creator: string;
  readonly created: number;
  readonly updated: number;
  readonly statusChanged: number;
  readonly resolved: number | null;
  /** By field id; what is unset is absent. */
  readonly values: Readonly<Record<string, Stored>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ChangeItem {
  readonly field: string;
  readonly fieldId: string;
  readonly fieldtype: 'jira' | 'custom';
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

export interface History {
  readonly id: string;
  readonly author: string;
  readonly created: number;
  readonly items: readonly ChangeItem[];
}

export interface EntityProperty {
  readonly key: string;
  readonly value: unknown;
}

export interface Comment {
  readonly id: string;
  readonly issueId: string;
  readonly author: string;
  readonly updateAuthor: string;
  readonly created: number;
  readonly updated: number;
  readonly body: unknown;
  readonly visibility?: Readonly<Record<string, unknown>>;
  readonly parentId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Attachment {
  readonly id: string;
  readonly issueId: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly author: string;
  readonly created: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface RemoteLink {
  readonly id: string;
  readonly issueId: string;
  readonly globalId?: string;
  readonly application?: Readonly<Record<string, unknown>>;
  readonly relationship?: string;
  readonly object: Readonly<Record<string, unknown>>;
}
