/** The app in a sandbox without sockets, its functions called as the sandbox's people call them. */
import { expect } from 'vitest';
import { createWorld, type Refusal, type ResolverAnswer, type World, type WorldOptions } from '../../sandbox/world.ts';

export interface App {
  readonly world: World;
  accountOf(role: string): string;
  admin(name: string, payload?: unknown, role?: string): Promise<ResolverAnswer>;
  panel(issueKey: string, name: string, payload?: unknown, role?: string): Promise<ResolverAnswer>;
  /** Replaces the program; fails the test unless it compiles. */
  program(text: string): Promise<void>;
  create(object: string, fields: Readonly<Record<string, unknown>>): string;
  jira<T>(role: string, method: string, path: string, body?: unknown): Promise<T>;
  /** An issue that the agent made by hand; answers its key. */
  issue(type?: string, project?: string, fields?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function openApp(options: Partial<WorldOptions> = {}): Promise<App> {
  const world = await createWorld({ clock: 'manual', empty: true, ...options });
  const app: App = {
    world,
    accountOf: role => world.users.find(user => user.role === role)!.accountId,
    admin: (name, payload = {}, role = 'admin') =>
      world.invoke({ module: 'admin', function: name, payload, accountId: app.accountOf(role) }),
    panel: (issueKey, name, payload = {}, role = 'agent') =>
      world.invoke({ module: 'panel', function: name, payload, accountId: app.accountOf(role), issueKey }),
    async program(text) {
      const answer = await world.saveProgram({ 'a.bridge': text });
      expect(answer.ok, JSON.stringify(answer)).toBe(true);
    },
    create: (object, fields) => world.salesforce.hand.create(object, fields),
    async jira(role, method, path, body) {
      const init = { method, headers: { 'content-type': 'application/json' } };
      const response = await world.jira.fetch(
        new Request(
          `https://sandbox.atlassian.net/rest/api/3${path}`,
          body === undefined ? init : { ...init, body: JSON.stringify(body) },
        ),
        { kind: 'user', accountId: app.accountOf(role) },
      );
      const text = await response.text();
      expect(response.ok, text).toBe(true);
      return (text === '' ? undefined : JSON.parse(text)) as never;
    },
    async issue(type = 'Incident', project = 'SUP', fields = {}) {
      const body = { fields: { project: { key: project }, issuetype: { name: type }, summary: 'By hand', ...fields } };
      return (await app.jira<{ key: string }>('agent', 'POST', '/issue', body)).key;
    },
  };
  return app;
}

/** The result; a refusal fails the test with its words. */
export async function resultOf<T>(answer: Promise<ResolverAnswer>): Promise<T> {
  const given = await answer;
  expect(given.ok ? undefined : given.error).toBeUndefined();
  return (given as { readonly result: unknown }).result as T;
}

export async function refusalOf(answer: Promise<ResolverAnswer>): Promise<Refusal> {
  const given = await answer;
  expect(given.ok, JSON.stringify(given)).toBe(false);
  return (given as { readonly error: Refusal }).error;
}
