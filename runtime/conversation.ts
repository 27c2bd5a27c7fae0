/**
 * What travels beside fields and status: comments, files and the bridge's own notes, in one shape for each
 * system, and what a link remembers of them. Imports nothing but the type of a time.
 */
import type { Instant } from './ports/failure.ts';

// ── as the systems have them ────────────────────────────────────────────────────────────────────

export interface SalesforceComment {
  readonly id: string;
  /** `case-comment`: CaseComment. `post`: FeedItem. `reply`: FeedComment. */
  readonly kind: 'case-comment' | 'post' | 'reply';
  readonly record: string;
  /** The post under which a reply stands. */
  readonly parent?: string;
  readonly body: string;
  /** HTML; else plain text. */
  readonly rich: boolean;
  /** As people know the author. */
  readonly author: string;
  /** Published: customers may read it. */
  readonly open: boolean;
  readonly createdAt: Instant;
  readonly stamp: Instant;
  readonly deleted: boolean;
}

export interface JiraComment {
  readonly id: string;
  /** A document. */
  readonly body: unknown;
  readonly author: string;
  /** For the team only, or for a role or group. */
  readonly internal: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The comment that it replies to. */
  readonly parent?: string;
  readonly marker?: CommentMarker;
}

/** A comment's property in Jira. People who may edit the comment may edit it: it counts with its seal only. */
export interface CommentMarker {
  readonly v: 1;
  readonly kind: 'comment' | 'attachment';
  readonly org: string;
  readonly record: string;
  /** The comment's or the file's id in Salesforce, or the attachment's in Jira. */
  readonly source: string;
  readonly seal: string;
}

export interface NewJiraComment {
  readonly body: unknown;
  readonly internal: boolean;
  readonly marker: CommentMarker;
}

/** The latest version of a file that hangs on a record. */
export interface SalesforceFile {
  readonly document: string;
  readonly version: string;
  readonly record: string;
  /** `PathOnClient`. */
  readonly name: string;
  readonly size: number;
  /** MD5, in lower-case hexadecimal. */
  readonly checksum: string;
  readonly description: string;
  readonly author: string;
  readonly createdAt: Instant;
  /** `AllUsers` or `InternalUsers`; with the id of the link that says so. */
  readonly shared: { readonly link: string; readonly visibility: string };
}

export interface NewSalesforceFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
  readonly record: string;
  readonly description: string;
}

export interface JiraFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  readonly author: { readonly id: string; readonly name: string };
  readonly createdAt: Instant;
}

export interface NewJiraFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A record that is made, not changed. */
export interface NewRecord {
  readonly object: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

// ── what a link remembers ───────────────────────────────────────────────────────────────────────

/** One comment and its copy on the other side; in several parts where one is too short for it. */
export interface CommentPair {
  readonly from: 'salesforce' | 'jira';
  /** The original's id. */
  readonly source: string;
  /** Of the original as its copy shows it; empty when that is not known any more. */
  readonly digest: string;
  /** Whether the copy is for customers too. */
  readonly open: boolean;
  readonly copies: readonly Copy[];
  /** Why it has no copy, as a sentence. */
  readonly skipped?: string;
  readonly sending?: SentWords;
}

/**
 * Words on their way to a comment that is there: what the pair is once they arrived. Until that is seen the pair is what
 * it was, so that words that never arrived are nobody's edit.
 */
export interface SentWords extends Pick<CommentPair, 'digest' | 'open' | 'copies'> {
  readonly to: 'original' | 'copy';
  readonly at: Instant;
  /** How the text begins that gave way, for whoever finds them written and not told. */
  readonly lost?: string;
}

export interface Copy {
  /** Absent from the moment that it is asked for until its making is answered. */
  readonly id?: string;
  /** When it was asked for. */
  readonly at?: Instant;
  /** Of the words that the bridge gave it; a person's edit differs from it. */
  readonly digest?: string;
  /** A person deleted it. */
  readonly gone?: true;
}

export interface FilePair {
  readonly from: 'salesforce' | 'jira';
  readonly name: string;
  readonly size: number;
  /** MD5. */
  readonly checksum: string;
  /** The ContentDocument. */
  readonly document?: string;
  /** The attachment. */
  readonly attachment?: string;
  /** When the copy was asked for, until its making is answered. */
  readonly at?: Instant;
  /** Why it was not copied, as a sentence. */
  readonly skipped?: string;
  /** The notes about it: what was asked for, and the ids that came of it. */
  readonly notes: { readonly salesforce?: Copy; readonly jira?: Copy };
}

export interface Pairs {
  /** Of another issue, they say nothing. */
  readonly issueId: string;
  /** The item's settings when both sides were last read whole. */
  readonly looked: string;
  readonly comments: readonly CommentPair[];
  readonly files: readonly FilePair[];
  /** Some old pairs gave way: what is not among these may still have been paired. */
  readonly forgot: boolean;
}
