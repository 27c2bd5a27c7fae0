/** What one promise found: which, and a sentence. */
import type { Seen } from '../play.ts';
import type { Mapped } from '../program.ts';
import { plain, type Value } from '../relations.ts';

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

/** The entries that tell what an edit of this mapping gave way to. */
export const conflictsOf = (seen: Seen, issueKey: string, { relation }: Mapped): readonly SeenEntry[] =>
  journalOf(seen).filter(
    entry =>
      entry.issueKey === issueKey &&
      'lost' in entry &&
      (entry.what === relation.label ||
        entry.what.replaceAll(' ', '').endsWith(relation.field?.replace(/__c$/, '').replaceAll('_', '') ?? '?')),
  );

/** What an entry's value may stand for: it is kept as its system has it, or as text. */
export const valuesIn = (kept: unknown, { relation }: Mapped): readonly Value[] =>
  typeof kept === 'object' && kept !== null ? [relation.fromRaw(kept)] : [plain(kept)];

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

/** As they stand at the end, oldest first, by id; read once for all promises. */
export const readIssues = async (people: Seen['people']): Promise<Seen['issues']> => {
  const { issues } = await people.jira<{ issues: SeenIssue[] }>('POST', '/search/jql', {
    jql: 'project = SUP ORDER BY created ASC',
    fields: ['*all'],
    maxResults: 100,
  });
  return new Map(issues.map(issue => [issue.id, issue]));
};
