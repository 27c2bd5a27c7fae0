/** The local Jira over its own REST API, as one of the demo's people. */
import { call, post, put, Refused } from './http.ts';
import { plainText, richText } from './rich-text.ts';

export type Role = 'admin' | 'agent' | 'viewer' | 'outsider';

export interface IssueRow {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly type: string;
  readonly status: { readonly name: string; readonly category: 'new' | 'indeterminate' | 'done' };
  readonly priority: string | null;
}
export interface IssueField {
  readonly id: string;
  readonly name: string;
  /** How it is edited; `none`: it is shown only. */
  readonly kind: 'line' | 'text' | 'choice' | 'date' | 'number' | 'labels' | 'none';
  readonly value: string;
  readonly choices: readonly string[];
}
export interface IssueComment {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly at: string;
}
export interface IssueFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}
export interface IssueDetail extends IssueRow {
  readonly description: string;
  readonly reporter: string;
  readonly fields: readonly IssueField[];
  readonly comments: readonly IssueComment[];
  readonly files: readonly IssueFile[];
}
export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: { readonly name: string };
}

interface RestIssue {
  readonly id: string;
  readonly key: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly summary: string;
    readonly issuetype: { readonly name: string };
    readonly status: { readonly name: string; readonly statusCategory: { readonly key: string } };
    readonly priority: { readonly name: string } | null;
  };
}
interface EditMeta {
  readonly fields: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly schema: { readonly type: string; readonly items?: string; readonly custom?: string };
        readonly allowedValues?: readonly { readonly name?: string; readonly value?: string }[];
      }
    >
  >;
}

const rest = '/jira/rest/api/3';
/** In the name of one of the demo's people; what they may not do says who may. */
async function as<T>(role: Role, path: string, init: RequestInit = {}): Promise<T> {
  try {
    return await call<T>(`${rest}/${path}`, { ...init, headers: { ...init.headers, 'x-sandbox-user': role } });
  } catch (error) {
    if (!(error instanceof Refused) || ![401, 403, 404].includes(error.status) || role === 'admin') throw error;
    throw new Refused(
      error.status,
      `${error.message} Above the issue you can be somebody else: the Jira admin may do everything.`,
    );
  }
}

const rowOf = ({ id, key, fields }: RestIssue): IssueRow => ({
  id,
  key,
  summary: fields.summary,
  type: fields.issuetype.name,
  status: { name: fields.status.name, category: category(fields.status.statusCategory.key) },
  priority: fields.priority?.name ?? null,
});

export const jira = {
  async issues(): Promise<readonly IssueRow[]> {
    const { issues } = await call<{ issues: RestIssue[] }>(
      `${rest}/search/jql`,
      post({
        // Every issue, in words that Jira takes: it wants a limit.
        jql: 'created >= -3650d ORDER BY created DESC',
        fields: ['summary', 'issuetype', 'status', 'priority'],
        maxResults: 100,
      }),
    );
    return issues.map(rowOf);
  },

  async issue(key: string, role: Role): Promise<IssueDetail> {
    const [issue, meta] = await Promise.all([
      as<RestIssue>(role, `issue/${key}?expand=names`),
      as<EditMeta>(role, `issue/${key}/editmeta`),
    ]);
    const { fields, names = {} } = issue;
    const shown = Object.keys(fields).filter(id => !apart.has(id) && (id in meta.fields || fields[id] !== null));
    return {
      ...rowOf(issue),
      description: plainText(fields.description),
      reporter: (fields.reporter as { displayName?: string } | null)?.displayName ?? '',
      fields: shown.flatMap(id => fieldOf(id, names[id] ?? id, fields[id], meta.fields[id]) ?? []),
      comments: ((fields.comment as { comments?: RestComment[] } | undefined)?.comments ?? []).map(
        ({ id, body, author, created }) => ({
          id,
          body: plainText(body),
          author: author?.displayName ?? 'Somebody',
          at: created,
        }),
      ),
      files: ((fields.attachment as RestFile[] | undefined) ?? []).map(({ id, filename: name, size: bytes }) => ({
        id,
        name,
        bytes,
      })),
    };
  },
  /** Where a person may create what, `SUP · Incident`. */
  async types(role: Role): Promise<readonly string[]> {
    const { values } = await as<{ values: readonly { key: string }[] }>(role, 'project/search');
    const found = await Promise.all(
      values.map(async ({ key }) => {
        const { issueTypes } = await as<{ issueTypes: readonly { name: string }[] }>(
          role,
          `issue/createmeta/${key}/issuetypes`,
        );
        return issueTypes.map(({ name }) => `${key} · ${name}`);
      }),
    );
    return found.flat();
  },
  create: (role: Role, fields: Record<string, unknown>) => as<{ key: string }>(role, 'issue', post({ fields })),
  update: (key: string, role: Role, fields: Record<string, unknown>) => as<void>(role, `issue/${key}`, put({ fields })),
  remove: (key: string, role: Role) => as<void>(role, `issue/${key}`, { method: 'DELETE' }),
  transitions: async (key: string, role: Role) =>
    (await as<{ transitions: Transition[] }>(role, `issue/${key}/transitions`)).transitions,
  move: (key: string, role: Role, id: string) =>
    as<void>(role, `issue/${key}/transitions`, post({ transition: { id } })),
  addComment: (key: string, role: Role, text: string) =>
    as<unknown>(role, `issue/${key}/comment`, post({ body: richText(text) })),
  removeComment: (key: string, role: Role, id: string) =>
    as<void>(role, `issue/${key}/comment/${id}`, { method: 'DELETE' }),
  addFile(key: string, role: Role, file: File): Promise<unknown> {
    const body = new FormData();
    body.set('file', file);
    const headers = { 'x-atlassian-token': 'no-check' };
    return as<unknown>(role, `issue/${key}/attachments`, { method: 'POST', body, headers });
  },
  removeFile: (role: Role, id: string) => as<void>(role, `attachment/${id}`, { method: 'DELETE' }),
  fileUrl: (id: string) => `${rest}/attachment/content/${id}?redirect=false`,
};

interface RestComment {
  readonly id: string;
  readonly body: unknown;
  readonly created: string;
  readonly author?: { readonly displayName: string };
}
interface RestFile {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
}

/** Shown at places of their own, or by nobody. */
const apart = new Set([
  'summary',
  'description',
  'status',
  'comment',
  'attachment',
  'project',
  'issuetype',
  'reporter',
]);

function category(key: string): IssueRow['status']['category'] {
  return key === 'new' || key === 'done' ? key : 'indeterminate';
}

function fieldOf(
  id: string,
  name: string,
  value: unknown,
  meta: EditMeta['fields'][string] | undefined,
): IssueField | undefined {
  const text = textOf(value);
  const choices = (meta?.allowedValues ?? []).flatMap(one => one.name ?? one.value ?? []);
  const kind = meta === undefined ? 'none' : kindOf(meta.schema);
  if (kind === 'none' && text === '') return undefined;
  return { id, name: meta?.name ?? name, kind, value: text, choices };
}

function kindOf({ type, items, custom = '' }: EditMeta['fields'][string]['schema']): IssueField['kind'] {
  if (type === 'string') return custom.endsWith(':textarea') ? 'text' : 'line';
  if (type === 'priority' || type === 'option') return 'choice';
  if (type === 'date' || type === 'number') return type;
  return type === 'array' && items === 'string' ? 'labels' : 'none';
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (typeof value !== 'object') return String(value);
  const { type, displayName, name, value: own } = value as Record<string, unknown>;
  if (type === 'doc') return plainText(value);
  return String(displayName ?? name ?? own ?? '');
}

/** What a field's text is in a request. */
export function fieldValue({ id, kind }: IssueField, text: string): unknown {
  if (kind === 'labels') return text.split(/[\s,]+/).filter(Boolean);
  if (text === '') return null;
  if (kind === 'text') return richText(text);
  if (kind === 'number') return Number(text);
  if (kind === 'choice') return id === 'priority' ? { name: text } : { value: text };
  return text;
}
