/** What one promise found: which, and a sentence. */
import type { Seen } from '../play.ts';

export interface Broken {
  readonly promise: string;
  readonly what: string;
}

export type Promised = (seen: Seen) => readonly Broken[] | Promise<readonly Broken[]>;

export interface SeenLink {
  readonly item: string;
  readonly record: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly managed: string;
}
export interface SeenEntry {
  readonly at: number;
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: string;
  readonly what: string;
  readonly to?: string;
  readonly reason: string;
  readonly source: string;
  readonly lost?: unknown;
  readonly kept?: unknown;
}
export interface SeenAttention {
  readonly id: string;
  readonly record?: string;
  readonly cause: string;
}

export const linksOf = ({ state }: Seen) => state.links as readonly SeenLink[];
export const journalOf = ({ state }: Seen) => state.journal as readonly SeenEntry[];
export const attentionOf = ({ state }: Seen) => state.attention as readonly SeenAttention[];

export interface SeenIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly status: { readonly name: string };
    readonly comment: { readonly comments: readonly { readonly body: unknown; readonly jsdPublic?: boolean }[] };
    readonly attachment: readonly { readonly filename: string }[];
    readonly creator: { readonly accountType: string };
  };
}

export const issuesOf = async ({ people }: Seen): Promise<readonly SeenIssue[]> =>
  (
    await people.jira<{ issues: SeenIssue[] }>('POST', '/search/jql', {
      jql: 'project = SUP ORDER BY created ASC',
      fields: ['*all'],
      maxResults: 100,
    })
  ).issues;
