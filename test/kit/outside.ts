/**
 * The sandbox as an outside client sees it: a Salesforce client that others wrote, Jira's REST as a
 * user with a token, and the host's control API. Everything goes over sockets.
 */
import { readFileSync } from 'node:fs';
import jsforce from '@jsforce/jsforce-node';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';

export interface Outside {
  readonly sandbox: RunningSandbox;
  readonly salesforce: jsforce.Connection;
  /** Anew: a session ends after two hours. */
  signIn(): Promise<void>;
  /** As the demo user of that role; answers the body, throws with the answer's text on a refusal. */
  jira<T>(role: string, method: string, path: string, body?: unknown): Promise<T>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  cycle(): Promise<void>;
  settle(): Promise<void>;
  issues(): Promise<readonly OutsideIssue[]>;
  state(): Promise<OutsideState>;
  stop(): Promise<void>;
}

export interface OutsideIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly summary: string;
    readonly status: { readonly name: string };
    readonly priority: { readonly name: string } | null;
    readonly description: unknown;
  };
}

interface Page {
  readonly issues: readonly OutsideIssue[];
  readonly nextPageToken?: string;
}

export interface OutsideCall {
  readonly system: 'jira' | 'salesforce' | 'kvs' | 'queue';
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface OutsideState {
  readonly links: readonly { readonly record: string; readonly issueKey: string; readonly managed: string }[];
  readonly journal: readonly {
    readonly outcome: string;
    readonly side: string;
    readonly what: string;
    readonly reason: string;
    readonly source: string;
    readonly record: string;
    readonly issueKey?: string;
  }[];
  readonly runs: readonly { readonly id: string; readonly failure?: string }[];
  readonly attention: readonly { readonly id: string; readonly cause: string; readonly remedy: string }[];
}

/** Starts a sandbox on free ports, with the clock in our hand. */
export async function openOutside(options: Partial<SandboxOptions> = {}): Promise<Outside> {
  const sandbox = await startSandbox({ port: 0, clock: 'manual', ...options });
  const salesforce = new jsforce.Connection({
    loginUrl: sandbox.salesforce,
    instanceUrl: sandbox.salesforce,
    version: '67.0',
  });
  const signIn = async () => {
    await salesforce.authorize({
      grant_type: 'client_credentials',
      client_id: sandbox.salesforceClient.id,
      client_secret: sandbox.salesforceClient.secret,
    });
  };
  await signIn();

  const request = async <T>(
    url: string,
    method: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const jira = <T>(role: string, method: string, path: string, body?: unknown): Promise<T> => {
    const user = sandbox.jiraUsers.find(one => one.role === role);
    if (user === undefined) throw new Error(`the sandbox has no ${role}`);
    const basic = Buffer.from(`${user.email}:${user.token}`).toString('base64');
    return request<T>(`${sandbox.jira}${path}`, method, body, { authorization: `Basic ${basic}` });
  };
  const control = <T>(method: string, path: string, body?: unknown) =>
    request<T>(`${sandbox.host}${path}`, method, body);

  return {
    sandbox,
    salesforce,
    signIn,
    jira,
    control,
    cycle: async () => void (await control('POST', '/control/cycle', {})),
    settle: async () => void (await control('POST', '/control/settle', {})),
    async issues() {
      const found: OutsideIssue[] = [];
      let nextPageToken: string | undefined;
      do {
        const body = {
          jql: 'project = SUP ORDER BY created ASC',
          fields: ['*all'],
          maxResults: 100,
          ...(nextPageToken === undefined ? {} : { nextPageToken }),
        };
        const page = await jira<Page>('admin', 'POST', '/rest/api/3/search/jql', body);
        found.push(...page.issues);
        nextPageToken = page.nextPageToken;
      } while (nextPageToken !== undefined);
      return found;
    },
    state: () => control<OutsideState>('GET', '/control/state'),
    stop: () => sandbox.stop(),
  };
}

/** The app's calls since the last clearing that changed something in either system. */
export async function writesOf(outside: Outside): Promise<readonly OutsideCall[]> {
  const calls = await outside.control<readonly OutsideCall[]>('GET', '/control/calls');
  return calls.filter(isWrite);
}

const reads = [
  /\/services\/oauth2\//,
  /\/rest\/api\/3\/(search\/jql|issue\/bulkfetch|changelog\/bulkfetch|permissions\/check|jql\/)/,
  /\/parameterizedSearch/,
];

function isWrite(call: OutsideCall & { readonly parts?: readonly { readonly method: string }[] }): boolean {
  if (call.system !== 'jira' && call.system !== 'salesforce') return false;
  if (call.method === 'GET' || call.method === 'HEAD') return false;
  if (call.parts !== undefined) return call.parts.some(part => part.method !== 'GET');
  return !reads.some(pattern => pattern.test(call.path));
}

export const exampleProgram = (): Record<string, string> => ({
  'support-cases.bridge': readFileSync(
    new URL('../../examples/support-cases/support-cases.bridge', import.meta.url),
    'utf8',
  ),
});

/** The words of a Jira rich text. */
export function wordsOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, content } = node as { type?: string; text?: string; content?: unknown[] };
  if (type === 'text') return text ?? '';
  return (content ?? []).map(wordsOf).join(type === 'doc' ? '\n' : '');
}
