/** What scenarios say over and over: one linked case, what people do, what is there then. */
import { type Outside, type OutsideIssue, openOutside } from './outside.ts';

export interface Scenario {
  readonly outside: Outside;
  /** Replaces the world by an empty one with this program. */
  start(program: string): Promise<void>;
  create(object: string, fields: Readonly<Record<string, unknown>>): Promise<string>;
  rows<T = Readonly<Record<string, unknown>>>(soql: string): Promise<readonly T[]>;
  /** A case whose issue is there already; `fields` may be of another object. */
  linked(
    fields?: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly record: string; readonly issue: OutsideIssue }>;
  /** A person's comment, as paragraphs of plain text. */
  say(issue: string, text: string, more?: Readonly<Record<string, unknown>>, role?: string): Promise<string>;
  comments(issue: string): Promise<readonly ScenarioComment[]>;
  /** Answers the attachment's id. */
  attach(issue: string, name: string, bytes: Uint8Array, role?: string): Promise<string>;
  attachments(issue: string): Promise<readonly ScenarioAttachment[]>;
  download(attachment: string): Promise<Buffer>;
  advance(by: string): Promise<void>;
  /** Five minutes later. */
  nextCycle(): Promise<void>;
  faults(...faults: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** A function of the app, called as the demo user of that role. */
  admin(name: string, payload?: unknown, role?: string): Promise<Answer>;
  panel(issue: string, name: string, payload?: unknown, role?: string): Promise<Answer>;
  issue(key: string): Promise<OutsideIssue>;
  edit(object: string, id: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** By the agent, through a transition that Jira offers. */
  move(issue: string, status: string): Promise<void>;
}

export interface Answer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;
}

export interface ScenarioComment {
  readonly id: string;
  readonly text: string;
  readonly public: boolean;
  readonly author: string;
  readonly body: unknown;
}

export interface ScenarioAttachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly mimeType: string;
}

export const paragraphs = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text
    .split('\n')
    .map(line => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});

/** Block by block, a line each. */
export function linesOf(node: unknown): string {
  const { type, text, content = [] } = (node ?? {}) as { type?: string; text?: string; content?: unknown[] };
  if (type === 'text') return text ?? '';
  if (type === 'hardBreak') return '\n';
  const inner = content.map(linesOf);
  return type === 'paragraph' ? inner.join('') : inner.join('\n');
}

export async function openScenario(): Promise<Scenario> {
  const outside = await openOutside({ empty: true });
  const { salesforce, jira, control } = outside;
  const basicOf = (role: string) => {
    const user = outside.sandbox.jiraUsers.find(one => one.role === role)!;
    return `Basic ${Buffer.from(`${user.email}:${user.token}`).toString('base64')}`;
  };
  const create: Scenario['create'] = async (object, fields) =>
    (await salesforce.sobject(object).create(fields)).id as string;

  const accountOf = (role: string) => outside.sandbox.jiraUsers.find(user => user.role === role)?.accountId;

  const scenario: Scenario = {
    outside,
    async start(program) {
      await control('POST', '/control/reset', {});
      const answer = await control<{ ok: boolean; diagnostics: unknown }>('PUT', '/control/program', {
        files: { 'scenario.bridge': program },
      });
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      await scenario.faults();
      await outside.signIn();
    },
    create,
    rows: async soql => (await salesforce.query(soql)).records as never,
    async linked(fields = {}) {
      const record = await create('Case', { Subject: 'Printer on fire', Origin: 'Phone', ...fields });
      await outside.cycle();
      const { links } = await outside.state();
      const key = links.find(link => link.record === record)?.issueKey;
      const issue = (await outside.issues()).find(one => one.key === key);
      if (issue === undefined) throw new Error('the case has no issue');
      return { record, issue };
    },
    async say(issue, text, more = {}, role = 'agent') {
      const body = { body: paragraphs(text), ...more };
      return (await jira<{ id: string }>(role, 'POST', `/rest/api/3/issue/${issue}/comment`, body)).id;
    },
    async comments(issue) {
      const answer = await jira<{
        comments: { id: string; body: unknown; jsdPublic: boolean; author: { displayName: string } }[];
      }>('admin', 'GET', `/rest/api/3/issue/${issue}/comment`);
      return answer.comments.map(({ id, body, jsdPublic, author }) => ({
        id,
        text: linesOf(body),
        public: jsdPublic,
        author: author.displayName,
        body,
      }));
    },
    async attach(issue, name, bytes, role = 'agent') {
      const form = new FormData();
      form.append('file', new Blob([Uint8Array.from(bytes)]), name);
      const answer = await fetch(`${outside.sandbox.jira}/rest/api/3/issue/${issue}/attachments`, {
        method: 'POST',
        headers: { authorization: basicOf(role), 'x-atlassian-token': 'no-check' },
        body: form,
      });
      if (!answer.ok) throw new Error(await answer.text());
      return ((await answer.json()) as { id: string }[])[0]!.id;
    },
    async attachments(issue) {
      const path = `/rest/api/3/issue/${issue}?fields=attachment`;
      const { fields } = await jira<{ fields: { attachment: ScenarioAttachment[] } }>('admin', 'GET', path);
      return fields.attachment;
    },
    async download(attachment) {
      const path = `${outside.sandbox.jira}/rest/api/3/attachment/content/${attachment}?redirect=false`;
      const answer = await fetch(path, { headers: { authorization: basicOf('admin') } });
      return Buffer.from(await answer.arrayBuffer());
    },
    advance: async by => void (await control('POST', '/control/clock', { advance: by })),
    async nextCycle() {
      await scenario.advance('5m');
      await outside.cycle();
    },
    async faults(...faults) {
      const answer = await control<Answer>('PUT', '/control/faults', faults);
      // A fault that is not understood would make a test that cannot fail.
      if (!answer.ok) throw new Error(answer.error?.message);
    },
    admin: (name, payload = {}, role = 'admin') =>
      control('POST', '/control/invoke', { module: 'admin', function: name, payload, accountId: accountOf(role) }),
    panel: (issueKey, name, payload = {}, role = 'agent') =>
      control('POST', '/control/invoke', {
        module: 'panel',
        function: name,
        payload,
        accountId: accountOf(role),
        issueKey,
      }),
    issue: key => jira('admin', 'GET', `/rest/api/3/issue/${key}`),
    edit: async (object, id, fields) => void (await salesforce.sobject(object).update({ Id: id, ...fields })),
    async move(issue, status) {
      const { transitions } = await jira<{ transitions: { id: string; to: { name: string } }[] }>(
        'agent',
        'GET',
        `/rest/api/3/issue/${issue}/transitions`,
      );
      const found = transitions.find(({ to }) => to.name === status);
      if (found === undefined) throw new Error(`Jira offers no move to ${status}`);
      await jira('agent', 'POST', `/rest/api/3/issue/${issue}/transitions`, { transition: { id: found.id } });
    },
  };
  return scenario;
}

/** An item over cases in SUP, with these clauses. */
export const caseItem = (...clauses: readonly string[]): string =>
  `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  create all
  fields { Subject -> summary or else "Case {CaseNumber}" }
  ${clauses.join('\n  ')}
}
`;
