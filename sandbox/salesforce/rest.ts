/**
 * The REST API of an org: finds the route of a request, or of a part of a composite one, runs it as one transaction and
 * turns what it throws into Salesforce's own refusals. What no table names is not modelled, and says so.
 */
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { notFound, notModelled, SalesforceError } from './errors.ts';
import { type Org, sessionOf } from './org.ts';
import { collectionRoutes } from './routes/collections.ts';
import { compositeRoutes, type Dispatch } from './routes/composite.ts';
import { metadataRoutes, servedVersion, versions } from './routes/metadata.ts';
import { mountOauth } from './routes/oauth.ts';
import { picklistRoutes } from './routes/picklists.ts';
import { queryRoutes } from './routes/query.ts';
import { MultipleChoices, recordRoutes } from './routes/records.ts';
import { replicationRoutes } from './routes/replication.ts';
import type { Answer, Call, Route } from './routes/route.ts';
import { searchRoutes } from './routes/search.ts';
import { bodyOf, refuseXml, respond, tooLong } from './wire.ts';

const day = 24 * 60 * 60 * 1000;

const writing = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

export interface Rest {
  fetch(request: Request): Promise<Response>;
  readonly resources: readonly string[];
}

export function createRest(org: Org): Rest {
  const app = new Hono();
  const router = new TrieRouter<Route>();
  const paths = new TrieRouter<string>();
  const dispatch: Dispatch = (call, part) => {
    const url = new URL(part.url.startsWith('/') ? part.url : `/${part.url}`, call.base);
    const match = /^\/services\/data\/(v[\d.]+)(\/.*)$/.exec(url.pathname);
    if (!match) throw notFound();
    const route = find(part.method, trimmed(match[2] as string));
    if (route.route.alone)
      throw new SalesforceError('INVALID_INPUT', `${url.pathname} cannot be used in a composite request`);
    part.inside(route.route);
    const answer = route.route.handle({
      ...call,
      method: part.method,
      path: match[2] as string,
      params: route.params,
      query: url.searchParams,
      headers: part.headers,
      body: part.body,
      version: servedVersion(match[1] as string),
    });
    if (answer.body instanceof Uint8Array)
      throw new SalesforceError('INVALID_INPUT', 'blobs cannot be read in a composite request');
    return answer;
  };
  const routes = [
    ...metadataRoutes,
    ...picklistRoutes,
    ...queryRoutes,
    ...replicationRoutes,
    ...searchRoutes,
    ...compositeRoutes(dispatch),
    ...collectionRoutes,
    ...recordRoutes,
  ];
  for (const route of routes) {
    router.add(route.method, route.path, route);
    paths.add('ANY', route.path, route.method);
  }

  function find(
    method: string,
    path: string,
  ): { readonly route: Route; readonly params: Readonly<Record<string, string>> } {
    const [found] = router.match(method, path);
    const first = found[0];
    if (first) {
      const params = Object.fromEntries(
        Object.entries(first[1] as Record<string, string>).map(([name, value]) => [name, decoded(value)]),
      );
      return { route: first[0], params };
    }
    const [others] = paths.match('ANY', path);
    const allowed = [...new Set(others.flatMap(([other]) => (other === 'GET' ? ['HEAD', 'GET'] : [other])))];
    if (allowed.length > 0)
      throw new SalesforceError(
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
      );
    throw notModelled(`the resource ${method} ${path}`);
  }

  mountOauth(app, org);
  app.get('/services/data', context => context.json(versions()));
  app.get('/services/data/', context => context.json(versions()));
  app.all('*', context => {
    const url = new URL(context.req.url);
    return respond({ status: 501, body: [notModelled(`the resource ${context.req.method} ${url.pathname}`).toBody()] });
  });

  async function handle(request: Request): Promise<Response> {
    const now = org.clock.now();
    org.settle(now);
    const url = new URL(request.url);
    try {
      const long = tooLong(request);
      if (long) return long;
      refuseXml(request);
      const session = sessionOf(org, request.headers.get('authorization'), now);
      if (!session) throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');
      if (session.app.withoutApi)
        throw new SalesforceError('INVALID_SESSION_ID', 'This session is not valid for use with the REST API', {
          status: 403,
        });
      if (now - org.usage.since >= day) Object.assign(org.usage, { calls: 0, since: now });
      if (org.usage.calls >= org.usage.max)
        throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      org.usage.calls++;
      const match = /^\/services\/data\/([^/]+)(\/.*)?$/.exec(url.pathname);
      const version = servedVersion(match?.[1] ?? '');
      const path = trimmed(match?.[2] ?? '/');
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const { route, params } = find(method, path);
      const body = await bodyOf(request);
      const call: Call = {
        org,
        method,
        path,
        params,
        query: url.searchParams,
        headers: request.headers,
        body,
        version,
        base: url.origin,
        userId: session.userId,
        now,
      };
      // What a request does to the state it does at once, so that each is one transaction.
      return respond(
        org.perform(writing.has(method), now, () => route.handle(call)),
        org,
      );
    } catch (error) {
      return respond(errorAnswer(error), org);
    }
  }

  return {
    // What every call goes through has a table of its own.
    fetch: async request => (data.test(new URL(request.url).pathname) ? handle(request) : app.fetch(request)),
    resources: routes.map(route => `${route.method} ${route.path}`),
  };
}

const data = /^\/services\/data\/[^/]+/;

const trimmed = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path) || '/';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function errorAnswer(error: unknown): Answer {
  if (error instanceof MultipleChoices) return { status: 300, body: error.addresses };
  if (error instanceof SalesforceError) return { status: error.status, body: [error.toBody()] };
  throw error;
}
