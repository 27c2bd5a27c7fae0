/** What the tests of this room share: a Jira on a clock that they move, under the eye of the contract. */
import { afterAll, expect } from 'vitest';
import { createContract } from './contract.ts';
import { createJira, type JiraOptions, type JiraStandIn, type Principal, type ProductEvent } from './index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Tests read what they expect in it. */
  // biome-ignore lint/suspicious/noExplicitAny: a wrong guess fails the test that makes it
  readonly body: any;
}

export type Who = 'app' | 'admin' | 'agent' | 'viewer' | 'outsider';

export interface TestJira extends JiraStandIn {
  readonly events: ProductEvent[];
  advance(ms: number): void;
  accountOf(who: Who): string;
  call(who: Who, method: string, path: string, body?: unknown): Promise<Answer>;
  /** A new SUP incident with these fields; answers its id and key. */
  create(fields?: Record<string, unknown>, who?: Who): Promise<{ readonly id: string; readonly key: string }>;
}

export const start = Date.UTC(2026, 10, 23, 9);

/**
 * Every exchange of the file that calls this is judged; what broke the contract fails the file. A file that
 * sends nonsense on purpose has only the answers judged.
 */
export function contractOfThisFile(judged: 'exchanges' | 'answers' = 'exchanges') {
  const contract = createContract();
  if (!contract.active) console.error(contract.note);
  afterAll(() => {
    const found = contract.violations().filter(line => judged === 'exchanges' || !line.includes(': request'));
    expect(found).toEqual([]);
  });
  return (options: Partial<JiraOptions> = {}): TestJira => {
    let now = start;
    const events: ProductEvent[] = [];
    const standIn = contract.watch(
      createJira({ clock: { now: () => now }, onEvent: event => events.push(event), empty: true, ...options }),
    );
    const accountOf = (who: Who): string =>
      who === 'app' ? standIn.appAccountId : standIn.users.find(user => user.role === who)!.accountId;
    const call: TestJira['call'] = async (who, method, path, body) => {
      const principal: Principal = who === 'app' ? { kind: 'app' } : { kind: 'user', accountId: accountOf(who) };
      const request = new Request(`https://sandbox.atlassian.net/rest/api/3${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      });
      const response = await standIn.fetch(request, principal);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    };
    return {
      ...standIn,
      events,
      accountOf,
      call,
      advance(ms) {
        now += ms;
      },
      async create(fields = {}, who = 'agent') {
        const sent = {
          project: { key: 'SUP' },
          issuetype: { name: 'Incident' },
          summary: 'Printer on fire',
          ...fields,
        };
        const { status, body } = await call(who, 'POST', '/issue', { fields: sent });
        expect({ status, body }).toMatchObject({ status: 201 });
        return body;
      },
    };
  };
}

export const adf = (...texts: readonly string[]) => ({
  type: 'doc',
  version: 1,
  content: texts.map(text => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});
