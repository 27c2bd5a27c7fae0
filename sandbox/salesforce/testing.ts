/** For the tests beside this file: a stand-in on a real socket, signed in with an independent client. */
import { type ServerType, serve } from '@hono/node-server';
import { Connection } from '@jsforce/jsforce-node';
import { createSalesforce, type SalesforceOptions, type SalesforceStandIn } from './index.ts';

export interface ManualClock {
  now(): number;
  advance(ms: number): void;
}

/** Stands still until it is moved. */
export function manualClock(start = Date.parse('2026-11-23T10:00:00Z')): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

export interface Running {
  readonly standIn: SalesforceStandIn;
  readonly clock: ManualClock;
  readonly url: string;
  /** A new connection of jsforce, signed in by client credentials. */
  connect(): Promise<Connection>;
  /** One request with a good token; JSON in and out. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  token(form: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  query(soql: string): Promise<Reply>;
  stop(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export const root = '/services/data/v67.0';

/** `inProcess` leaves the socket to other clients and calls the handler itself, for tests of many small steps. */
export async function startOnSocket(options: Partial<SalesforceOptions> = {}, inProcess = false): Promise<Running> {
  const clock = manualClock();
  const standIn = createSalesforce({ clock, ...options });
  const { server, url } = await listen(standIn);
  const { id, secret } = standIn.client;
  let bearer: string | undefined;
  let usedAt = 0;

  const send = async (address: string, init: RequestInit): Promise<Reply> => {
    const request = new Request(url + address, init);
    const response = await (inProcess ? standIn.fetch(request) : fetch(request));
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
  const token: Running['token'] = (form, headers = {}) =>
    send('/services/oauth2/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  const call: Running['call'] = async (method, path, body, headers = {}) => {
    // A session ends when it rests for two hours.
    if (bearer === undefined || clock.now() - usedAt > 3600e3)
      bearer = (await token({ grant_type: 'client_credentials', client_id: id, client_secret: secret })).body
        .access_token as string;
    usedAt = clock.now();
    return send(path.startsWith('/services') ? path : root + path, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
  return {
    standIn,
    clock,
    url,
    async connect() {
      const connection = new Connection({
        loginUrl: url,
        instanceUrl: url,
        version: '67.0',
        oauth2: { clientId: id, clientSecret: secret, loginUrl: url },
      });
      await connection.authorize({ grant_type: 'client_credentials' });
      return connection;
    },
    call,
    token,
    query: soql => call('GET', `/query?q=${encodeURIComponent(soql)}`),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        // Clients keep their connections open.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function listen(standIn: SalesforceStandIn): Promise<{ server: ServerType; url: string }> {
  return new Promise(resolve => {
    const server: ServerType = serve({ fetch: standIn.fetch, port: 0, hostname: '127.0.0.1' }, info =>
      resolve({ server, url: `http://127.0.0.1:${info.port}` }),
    );
  });
}
