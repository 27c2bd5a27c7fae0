/** The app with the example of support cases in the demo's org and site: what its resolvers are asked for in tests. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect } from 'vitest';
import type { World } from '../../sandbox/world.ts';
import { type App, openApp } from './app.ts';

export const path = 'support-cases.bridge';
export const source = readFileSync(new URL(`../../examples/support-cases/${path}`, import.meta.url), 'utf8');
export const myDomain = 'https://sandbox.my.salesforce.com';

export interface SupportApp extends Pick<App, 'accountOf' | 'admin' | 'panel' | 'jira'> {
  readonly world: World;
  /** As an outside client. */
  salesforce<T>(method: string, resource: string, body?: unknown): Promise<T>;
  newCase(fields?: Record<string, unknown>): Promise<string>;
  newIssue(type?: string): Promise<string>;
  /** Everything that left the app: answers, logs and what it remembers in the open. */
  everywhere(): Promise<string>;
}

/** A new one before each test of the file that calls this. */
export function setSupportApp(): SupportApp {
  let app: App;
  let log: string[];
  beforeEach(async () => {
    log = [];
    const note = (line: string) => void log.push(line);
    app = await openApp({ empty: false, files: { [path]: source }, onLog: note, onTrouble: note });
  });
  afterEach(() => app.world.stop());

  async function salesforce<T>(method: string, resource: string, body?: unknown): Promise<T> {
    const { id, secret } = app.world.client;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const token = await app.world.salesforce.fetch(
      new Request(`${myDomain}/services/oauth2/token`, { method: 'POST', body: form }),
    );
    const { access_token } = (await token.json()) as { access_token: string };
    const response = await app.world.salesforce.fetch(
      new Request(`${myDomain}/services/data/v67.0${resource}`, {
        method,
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    expect(response.ok, text).toBe(true);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async function customer(): Promise<string> {
    const query = encodeURIComponent("SELECT Id FROM Account WHERE Type = 'Customer - Direct' LIMIT 1");
    const { records } = await salesforce<{ records: { Id: string }[] }>('GET', `/query?q=${query}`);
    return records[0]!.Id;
  }

  return {
    get world() {
      return app.world;
    },
    accountOf: role => app.accountOf(role),
    admin: (...call) => app.admin(...call),
    panel: (...call) => app.panel(...call),
    jira: (...call) => app.jira(...call),
    newIssue: type => app.issue(type),
    salesforce,
    async newCase(fields = {}) {
      const values = { Subject: 'Printer on fire', Origin: 'Phone', AccountId: await customer(), ...fields };
      return (await salesforce<{ id: string }>('POST', '/sobjects/Case', values)).id;
    },
    everywhere: async () =>
      JSON.stringify([
        log,
        await app.world.state(),
        app.world.forge.ledger.calls(),
        await app.admin('connection.get'),
        await app.admin('state'),
      ]),
  };
}
