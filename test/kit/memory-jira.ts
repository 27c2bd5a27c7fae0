/**
 * A small Jira behind the port: issues with a change log, a workflow, markers that search finds late, and
 * refusals for fields that are too long or required.
 */
import type { JiraComment, NewJiraComment } from '../../runtime/conversation.ts';
import {
  type Allowance,
  type IssueMarker,
  type JiraFieldChange,
  type JiraIssue,
  type JiraPort,
  type JiraTransition,
  PortError,
} from '../../runtime/ports.ts';

interface Issue {
  readonly id: string;
  readonly key: string;
  readonly fields: Record<string, unknown>;
  readonly changes: JiraFieldChange[];
  readonly comments: JiraComment[];
  readonly createdAt: number;
  marker?: IssueMarker;
  updated: number;
}

export interface MemoryJira extends JiraPort {
  allowance: Allowance | undefined;
  readonly issuesNow: ReadonlyMap<string, Issue>;
  edit(issueId: string, fields: Readonly<Record<string, unknown>>, author?: string): void;
  move(issueId: string, status: string, author?: string): void;
  remove(issueId: string): void;
  /** By a person, unless it says otherwise. */
  comment(
    issueId: string,
    comment: {
      readonly body: unknown;
      readonly internal?: boolean;
      readonly author?: string;
    } & Partial<NewJiraComment>,
  ): JiraComment;
  /** Made by a person. */
  createIssue(fields: Readonly<Record<string, unknown>>): string;
  /** Fields whose values Jira keeps in a form of its own. */
  readonly reforming: Map<string, (value: unknown) => unknown>;
  readonly refusing: Map<string, PortError>;
  /** How long search takes to know an issue. */
  searchLagMs: number;
}

export interface Workflow {
  readonly statuses: readonly { readonly id: string; readonly name: string }[];
  /** From status name to status names, each with the fields that its screen requires. */
  readonly moves: Readonly<Record<string, readonly { readonly to: string; readonly requires?: readonly string[] }[]>>;
}

export const selfAccount = 'app-account';

export function createMemoryJira(
  now: () => number,
  workflow: Workflow,
  project: { readonly id: string; readonly key: string },
  issueTypeId: string,
): MemoryJira {
  const issues = new Map<string, Issue>();
  const reforming = new Map<string, (value: unknown) => unknown>();
  const refusing = new Map<string, PortError>();
  const statusNamed = (name: string) => workflow.statuses.find(status => status.name === name)!;
  let last = 10_000;

  const add = (fields: Readonly<Record<string, unknown>>, marker?: IssueMarker): Issue => {
    const id = String(++last);
    const issue: Issue = {
      id,
      key: `${project.key}-${last - 10_000}`,
      fields: { status: workflow.statuses[0], project, issuetype: { id: issueTypeId } },
      changes: [],
      comments: [],
      createdAt: now(),
      updated: now(),
      ...(marker && { marker }),
    };
    for (const [field, value] of Object.entries(fields)) issue.fields[field] = reform(field, value);
    issues.set(id, issue);
    return issue;
  };
  const reform = (field: string, value: unknown) => structuredClone(reforming.get(field)?.(value) ?? value);
  const text = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

  const set = (issue: Issue, fields: Readonly<Record<string, unknown>>, author: string) => {
    for (const [field, value] of Object.entries(fields)) {
      const from = text(issue.fields[field]);
      issue.fields[field] = reform(field, value);
      const to = text(issue.fields[field]);
      if (from !== to) {
        issue.changes.push({ at: now(), author, field, from, to, fromString: from, toString: to });
      }
    }
    issue.updated = now();
  };
  const existing = (id: string): Issue => {
    const issue = issues.get(id);
    if (issue === undefined) {
      throw new PortError({ system: 'jira', kind: 'gone', code: '404', message: 'Issue does not exist', fields: [] });
    }
    return issue;
  };
  const checked = (fields: Readonly<Record<string, unknown>>) => {
    for (const field of Object.keys(fields)) {
      const error = refusing.get(field);
      if (error !== undefined) throw error;
    }
  };
  const seen = ({ id, key, fields, updated }: Issue): JiraIssue =>
    structuredClone({ id, key, fields, updated }) as JiraIssue;

  return {
    issuesNow: issues,
    allowance: undefined,
    reforming,
    refusing,
    searchLagMs: 0,
    edit: (id, fields, author = 'agent') => set(existing(id), fields, author),
    move: (id, status, author = 'agent') => set(existing(id), { status: statusNamed(status) }, author),
    remove: id => void issues.delete(id),
    createIssue: fields => add(fields).id,

    issues: async ids => ids.flatMap(id => issues.get(id) ?? []).map(seen),
    async create({ projectId, issueTypeId: type, fields, marker }) {
      checked(fields);
      if (projectId !== project.id || type !== issueTypeId) throw new Error('no such project or issue type');
      const { id, key } = add(fields, structuredClone(marker));
      return { id, key };
    },
    async update(id, fields) {
      const issue = existing(id);
      checked(fields);
      set(issue, fields, selfAccount);
    },
    async transitions(id) {
      const current = (existing(id).fields.status as { name: string }).name;
      return (workflow.moves[current] ?? []).map(
        ({ to, requires }, index): JiraTransition => ({
          id: `${statusNamed(current).id}-${index}`,
          name: `to ${to}`,
          to: statusNamed(to),
          requiredFields: requires ?? [],
        }),
      );
    },
    async transition(id, transitionId) {
      const offered = (await this.transitions(id)).find(transition => transition.id === transitionId);
      if (offered === undefined || offered.requiredFields.length > 0) {
        const message = `Transition id '${transitionId}' is not valid for this issue.`;
        throw new PortError({ system: 'jira', kind: 'refused', code: '400', message, fields: [] });
      }
      set(existing(id), { status: offered.to }, selfAccount);
    },
    async changes(ids, fields) {
      return new Map(
        ids.map(id => [id, structuredClone(existing(id).changes.filter(({ field }) => fields.includes(field)))]),
      );
    },
    async findByMarkers(claims) {
      return [...issues.values()].flatMap(({ id, key, marker, createdAt }) =>
        marker && claims.includes(marker.claim) && now() - createdAt >= this.searchLagMs ? [{ id, key, marker }] : [],
      );
    },
    marker: async id => structuredClone(issues.get(id)?.marker),
    async unmark(id) {
      delete issues.get(id)?.marker;
    },
    mayBrowse: async () => true,
    async search(jql, _, most) {
      const minutes = Number(/updated >= "-(\d+)m"/.exec(jql)?.[1]);
      const from = now() - minutes * 60_000;
      return [...issues.values()]
        .filter(({ updated }) => updated >= from && now() - updated >= this.searchLagMs)
        .sort((a, b) => a.updated - b.updated)
        .slice(0, most)
        .map(seen);
    },
    userByEmail: async email => (email.endsWith('@example.com') ? `account-of-${email.split('@')[0]}` : undefined),
    self: async () => selfAccount,
    siteUrl: async () => 'https://model.atlassian.net',
    comments: async id => structuredClone(existing(id).comments),
    async addComment(id, { body, internal, marker }) {
      return this.comment(id, { body, internal, marker, author: selfAccount });
    },
    comment(id, { body, internal = false, marker, author = 'agent' }) {
      const made: JiraComment = {
        id: String(++last),
        body: structuredClone(body),
        author,
        internal,
        createdAt: now(),
        updatedAt: now(),
        ...(marker && { marker: structuredClone(marker) }),
      };
      existing(id).comments.push(made);
      return structuredClone(made);
    },
    async editComment(id, commentId, change) {
      const { comments } = existing(id);
      const at = comments.findIndex(one => one.id === commentId);
      if (at < 0) {
        throw new PortError({ system: 'jira', kind: 'gone', code: '404', message: 'No such comment', fields: [] });
      }
      comments[at] = { ...comments[at]!, ...structuredClone(change), updatedAt: now() };
      return structuredClone(comments[at]);
    },
    files: async () => [],
    async attach() {
      throw new Error('files are not part of this model');
    },
    async attachmentBytes() {
      throw new Error('files are not part of this model');
    },
    async metadata() {
      throw new Error('metadata is not part of this model');
    },
  };
}
