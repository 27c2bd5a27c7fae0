/** Jira as the engine's shell asks for it. */
import type { JiraComment, JiraFile, NewJiraComment, NewJiraFile } from '../conversation.ts';
import type { Allowance, Instant } from './failure.ts';

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  /** As REST gives them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly updated: Instant;
}

export interface JiraTransition {
  readonly id: string;
  readonly name: string;
  readonly to: { readonly id: string; readonly name: string };
  /** Ids of screen fields without which Jira refuses the move. */
  readonly requiredFields: readonly string[];
}

/** One change of one field, oldest first; `from` and `to` are ids or raw values, the strings what people see. */
export interface JiraFieldChange {
  readonly at: Instant;
  readonly author: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly fromString: string | null;
  readonly toString: string | null;
}

/** The marker that travels in the request that creates an issue: ids only, since who sees the issue can read it. */
export interface IssueMarker {
  readonly v: 1;
  readonly org: string;
  readonly object: string;
  readonly record: string;
  readonly item: string;
  /** The claim's key; a marker counts only if it matches the claim. */
  readonly claim: string;
}

export interface NewIssue {
  readonly projectId: string;
  readonly issueTypeId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly marker: IssueMarker;
}

export interface JiraPort {
  /** The points of the hour, which all sites of the app may share; unknown before the first answer. */
  readonly allowance: Allowance | undefined;
  /** Bulk fetch, 100 a call, consistent; issues that are gone or hidden are absent from the answer. */
  issues(idsOrKeys: readonly string[], fields: readonly string[]): Promise<readonly JiraIssue[]>;
  create(issue: NewIssue): Promise<{ readonly id: string; readonly key: string }>;
  /** One PUT; `null` clears. */
  update(issueId: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  transitions(issueId: string): Promise<readonly JiraTransition[]>;
  transition(issueId: string, transitionId: string): Promise<void>;
  changes(
    issueIds: readonly string[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<string, readonly JiraFieldChange[]>>;
  /** Issues whose markers name one of these claims; eventually consistent, so an empty answer proves nothing. */
  findByMarkers(
    claims: readonly string[],
  ): Promise<readonly { readonly id: string; readonly key: string; readonly marker: IssueMarker }[]>;
  marker(issueId: string): Promise<IssueMarker | undefined>;
  /** No search finds it as a record's issue any more. One that has no marker, or is gone, is fine as it is. */
  unmark(issueId: string): Promise<void>;
  /** Whether the app may see the issues of a project: search is silent about those that it may not. */
  mayBrowse(projectKey: string): Promise<boolean>;
  /** The first `most` issues, in the order that the query asks for. */
  search(jql: string, fields: readonly string[], most: number): Promise<readonly JiraIssue[]>;
  /** The account with this e-mail address that can be assigned in the project, if its profile shows it. */
  userByEmail(email: string, projectKey: string): Promise<string | undefined>;
  /** The app's own account. */
  self(): Promise<string>;
  /** The site's address as people know it, without a slash at the end. */
  siteUrl(): Promise<string>;
  /** All that the app may see, oldest first, read from the database. */
  comments(issueId: string): Promise<readonly JiraComment[]>;
  /** Answers the comment as Jira keeps it. */
  addComment(issueId: string, comment: NewJiraComment): Promise<JiraComment>;
  /** Without a visibility and a marker both stay as they are. */
  editComment(
    issueId: string,
    id: string,
    comment: Pick<NewJiraComment, 'body'> & Partial<NewJiraComment>,
  ): Promise<JiraComment>;
  files(issueId: string): Promise<readonly JiraFile[]>;
  attach(issueId: string, file: NewJiraFile): Promise<string>;
  attachmentBytes(id: string): Promise<Uint8Array>;
  /** Raw reads for the metadata that the compiler needs; the answers are Jira's own. */
  metadata(): Promise<JiraMetadataAnswers>;
}

/** Jira's own answers, as `compiler/metadata` turns them into its model. */
export interface JiraMetadataAnswers {
  readonly projects: readonly unknown[];
  /** `GET /issue/createmeta/{project}/issuetypes/{type}` by project key and issue type id. */
  readonly createFields: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
  /** `GET /project/{key}/statuses` by project key. */
  readonly projectStatuses: Readonly<Record<string, readonly unknown[]>>;
  /** `GET /field`. */
  readonly fields: readonly unknown[];
}
