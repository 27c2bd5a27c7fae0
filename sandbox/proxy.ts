/**
 * Both sides' own REST, under the page's origin: `/jira/*` as the demo admin or as whom of the demo's people the page
 * names by role, `/salesforce/*` as the integration user. The token stays on the server.
 */
import { Hono } from 'hono';
import type { World } from './world.ts';

export function createProxy(world: World, bases: { readonly jira: string; readonly salesforce: string }): Hono {
  const app = new Hono();
  const admin = world.users.find(user => user.role === 'admin')!;
  let token: string | undefined;

  const signIn = async (): Promise<string> => {
    const response = await world.salesforce.fetch(
      new Request(`${bases.salesforce}/services/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: world.client.id,
          client_secret: world.client.secret,
        }).toString(),
      }),
    );
    return ((await response.json()) as { access_token: string }).access_token;
  };

  app.all('/jira/*', async context => {
    const { request } = await forwarded(context.req.raw, '/jira', bases.jira);
    const role = context.req.header('x-sandbox-user');
    const user = world.users.find(one => one.role === role) ?? admin;
    return world.jira.fetch(request(), { kind: 'user', accountId: user.accountId });
  });
  app.all('/salesforce/*', async context => {
    const { request } = await forwarded(context.req.raw, '/salesforce', bases.salesforce);
    const send = async () => {
      token ??= await signIn();
      return world.salesforce.fetch(request({ authorization: `Bearer ${token}` }));
    };
    const response = await send();
    if (response.status !== 401) return response;
    token = undefined;
    return send();
  });
  return app;
}

const passed = ['accept', 'content-type', 'if-modified-since', 'x-atlassian-token'];

/** The request for the other side; only what a client would say goes along. */
async function forwarded(original: Request, prefix: string, base: string) {
  const url = new URL(original.url);
  const target = base + url.pathname.slice(prefix.length) + url.search;
  const headers = Object.fromEntries(
    passed.flatMap(name => {
      const value = original.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
  const hasBody = original.method !== 'GET' && original.method !== 'HEAD';
  const body = hasBody ? await original.arrayBuffer() : undefined;
  return {
    request: (more: Readonly<Record<string, string>> = {}) =>
      new Request(target, {
        method: original.method,
        headers: { ...headers, ...more },
        ...(body === undefined || body.byteLength === 0 ? {} : { body }),
      }),
  };
}
