/**
 * The page's view of the sandbox: the control API, and both sides through their own REST, which the
 * host forwards as the demo admin and as the integration user. Every failure is a sentence to show.
 */

export interface ControlLink {
  readonly item: string;
  readonly record: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly managed: 'manual' | 'auto';
}
export interface RunCounts {
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly moved: number;
  readonly pushed: number;
  readonly skipped: number;
  readonly blocked: number;
  readonly failed: number;
}
export interface ControlRun {
  readonly id: string;
  readonly cause: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly items: Readonly<Record<string, RunCounts>>;
  readonly failure?: string;
}
export interface JournalEntry {
  readonly id: string;
  readonly run: string;
  readonly at: number;
  readonly item: string;
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: 'created' | 'written' | 'moved' | 'blocked' | 'skipped' | 'failed' | 'held';
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly source: string;
}
export interface ControlState {
  readonly now?: number;
  readonly links: readonly ControlLink[];
  readonly runs: readonly ControlRun[];
  readonly journal: readonly JournalEntry[];
  readonly attention: readonly { readonly id: string; readonly cause: string; readonly remedy: string }[];
}
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly help?: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}
export type ProgramFiles = Readonly<Record<string, string>>;

export interface CaseRow {
  readonly Id: string;
  readonly CaseNumber: string;
  readonly Subject: string | null;
  readonly Description: string | null;
  readonly Status: string;
  readonly Priority: string;
  readonly Account: { readonly Id: string; readonly Name: string; readonly Rating: string | null } | null;
}
export interface AccountRow {
  readonly Id: string;
  readonly Name: string;
  readonly Rating: string | null;
  readonly Type: string | null;
}
export interface IssueRow {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly description: string;
  readonly status: { readonly name: string; readonly category: 'new' | 'indeterminate' | 'done' };
  readonly priority: string | null;
}
export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: { readonly name: string };
}

const json = { 'content-type': 'application/json', accept: 'application/json' };

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...json, ...init.headers } });
  } catch {
    throw new Error('The sandbox does not answer. Is it still running in your terminal?');
  }
  const text = await response.text();
  const body: unknown = text === '' ? undefined : parseJson(text);
  if (!response.ok) throw new Error(sentenceOf(body) ?? `${path.split('?')[0]} answered ${response.status}.`);
  return body as T;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Salesforce answers a list of `{message}`, Jira `{errorMessages, errors}`, the host `{error: {message}}`. */
function sentenceOf(body: unknown): string | undefined {
  if (Array.isArray(body)) return sentenceOf(body[0]);
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, error, errorMessages, errors } = body as Record<string, unknown>;
  if (typeof message === 'string') return message;
  if (Array.isArray(errorMessages) && errorMessages.length > 0) return String(errorMessages[0]);
  if (typeof errors === 'object' && errors !== null) return Object.values(errors).map(String).join(' ');
  return sentenceOf(error);
}

const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

export const control = {
  state: () => call<ControlState>('/control/state'),
  cycle: () => call<{ readonly ok?: boolean }>('/control/cycle', post({})),
  settle: () => call<unknown>('/control/settle', post({})),
  reset: () => call<unknown>('/control/reset', post({})),
  program: () => call<{ readonly files: ProgramFiles }>('/control/program'),
  saveProgram: (files: ProgramFiles) =>
    call<{ readonly ok: boolean; readonly diagnostics: readonly DiagnosticJson[] }>('/control/program', {
      method: 'PUT',
      body: JSON.stringify({ files }),
    }),
};

const data = '/salesforce/services/data/v67.0';

export const salesforce = {
  async cases(): Promise<readonly CaseRow[]> {
    const soql =
      'SELECT Id, CaseNumber, Subject, Description, Status, Priority, Account.Id, Account.Name, Account.Rating ' +
      'FROM Case ORDER BY CreatedDate DESC, CaseNumber DESC LIMIT 60';
    return (await call<{ records: CaseRow[] }>(`${data}/query?q=${encodeURIComponent(soql)}`)).records;
  },
  async accounts(): Promise<readonly AccountRow[]> {
    const soql = 'SELECT Id, Name, Rating, Type FROM Account ORDER BY Name LIMIT 100';
    return (await call<{ records: AccountRow[] }>(`${data}/query?q=${encodeURIComponent(soql)}`)).records;
  },
  create: (object: string, fields: Record<string, unknown>) =>
    call<{ id: string }>(`${data}/sobjects/${object}`, post(fields)),
  update: (object: string, id: string, fields: Record<string, unknown>) =>
    call<void>(`${data}/sobjects/${object}/${id}`, { method: 'PATCH', body: JSON.stringify(fields) }),
};

interface RestIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: {
    readonly summary: string;
    readonly description: unknown;
    readonly status: { readonly name: string; readonly statusCategory: { readonly key: string } };
    readonly priority: { readonly name: string } | null;
  };
}

export const jira = {
  async issues(): Promise<readonly IssueRow[]> {
    const { issues } = await call<{ issues: RestIssue[] }>(
      '/jira/rest/api/3/search/jql',
      post({
        jql: 'project in (SUP, OPS) ORDER BY created DESC',
        fields: ['summary', 'description', 'status', 'priority'],
        maxResults: 100,
      }),
    );
    return issues.map(({ id, key, fields }) => ({
      id,
      key,
      summary: fields.summary,
      description: plainText(fields.description),
      status: { name: fields.status.name, category: category(fields.status.statusCategory.key) },
      priority: fields.priority?.name ?? null,
    }));
  },
  update: (key: string, fields: Record<string, unknown>) =>
    call<void>(`/jira/rest/api/3/issue/${key}`, { method: 'PUT', body: JSON.stringify({ fields }) }),
  transitions: async (key: string) =>
    (await call<{ transitions: Transition[] }>(`/jira/rest/api/3/issue/${key}/transitions`)).transitions,
  move: (key: string, id: string) =>
    call<void>(`/jira/rest/api/3/issue/${key}/transitions`, post({ transition: { id } })),
};

function category(key: string): IssueRow['status']['category'] {
  return key === 'new' || key === 'done' ? key : 'indeterminate';
}

/** The words of a rich text, a line per block. */
function plainText(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, content } = node as { type?: string; text?: string; content?: unknown[] };
  if (type === 'text') return text ?? '';
  if (type === 'hardBreak') return '\n';
  const inner = (content ?? []).map(plainText);
  return inner.join(type === 'doc' ? '\n' : '');
}

/** A rich text of plain paragraphs, as Jira's REST API takes it. */
export const richText = (text: string): unknown => ({
  type: 'doc',
  version: 1,
  content: text
    .split('\n')
    .map(line => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});
