/**
 * The server's half of `__bridge`, the object through which @forge/bridge talks to the product that shows a
 * Custom UI: resolver calls, the context, and product REST as the user who looks at the page.
 */
import { Hono } from 'hono';
import type { ProductEventPayload, World } from '../world.ts';
import { site } from './invocation.ts';

interface Looking {
  readonly module: 'admin' | 'panel';
  readonly accountId: string;
  readonly issueKey?: string;
}

/** Who looks at which page: the page's own address says it, `?user=agent&issue=SUP-1`. */
function lookingOf(world: World, body: Readonly<Record<string, unknown>>): Looking {
  const module = body.module === 'panel' ? 'panel' : 'admin';
  const wanted = typeof body.user === 'string' ? body.user : module === 'panel' ? 'agent' : 'admin';
  const user = world.users.find(one => one.role === wanted || one.accountId === wanted);
  if (!user) throw new Error(`The sandbox has no user ${wanted}.`);
  const issueKey = typeof body.issue === 'string' ? { issueKey: body.issue } : {};
  return { module, accountId: user.accountId, ...issueKey };
}

export function createBridge(world: World, jiraUrl: string): Hono {
  const app = new Hono();
  // A page tells how long ago things were, and the sandbox has a time of its own.
  app.use(async (context, next) => {
    await next();
    context.header('x-sandbox-now', String(world.clock.now()));
  });

  app.post('/invoke', async context => {
    const body = (await context.req.json()) as Record<string, unknown>;
    const answer = await world.invokeRaw({
      ...lookingOf(world, body),
      function: String(body.functionKey),
      payload: body.payload ?? {},
    });
    if (answer.kind === 'returned') return context.json({ value: answer.value });
    const message = answer.kind === 'threw' ? String((answer.error as Error)?.message ?? answer.error) : answer.reason;
    return context.json({ error: message });
  });

  app.post('/context', async context => {
    const looking = lookingOf(world, (await context.req.json()) as Record<string, unknown>);
    const extension = looking.issueKey === undefined ? {} : await world.extensionOf(looking.issueKey);
    return context.json({
      accountId: looking.accountId,
      cloudId: site.cloudId,
      siteUrl: jiraUrl,
      environmentId: site.environmentId,
      environmentType: 'DEVELOPMENT',
      moduleKey: looking.module,
      localId: `ari:cloud:ecosystem::extension/${looking.module}`,
      locale: 'en_GB',
      timezone: 'Europe/London',
      theme: null,
      surfaceColor: null,
      extension: { type: looking.module === 'panel' ? 'jira:issuePanel' : 'jira:adminPage', ...extension },
    });
  });

  app.post('/product', async context => {
    const body = (await context.req.json()) as Record<string, unknown> & {
      readonly restPath: string;
      readonly fetchRequestInit: {
        readonly method?: string;
        readonly body?: string | null;
        readonly headers?: readonly (readonly [string, string])[];
      };
      readonly isMultipartFormData?: boolean;
    };
    const { accountId } = lookingOf(world, body);
    const { method = 'GET', headers = [], body: sent } = body.fetchRequestInit;
    const form = body.isMultipartFormData && sent ? formOf(JSON.parse(sent) as Record<string, string>) : undefined;
    const response = await world.jira.fetch(
      new Request(new URL(body.restPath, jiraUrl), {
        method,
        // The form's own boundary replaces the type that the page computed.
        headers: headers
          .filter(([name]) => form === undefined || name.toLowerCase() !== 'content-type')
          .map(([n, v]) => [n, v]),
        ...(form ? { body: form } : sent ? { body: sent } : {}),
      }),
      { kind: 'user', accountId },
    );
    const type = response.headers.get('content-type') ?? '';
    const isAttachment = response.headers.has('content-disposition') || !/json|text|^$/.test(type);
    const bytes = Buffer.from(await response.arrayBuffer());
    return context.json({
      body: isAttachment ? bytes.toString('base64') : bytes.toString(),
      headers: Object.fromEntries(response.headers),
      status: response.status,
      statusText: response.statusText,
      isAttachment,
    });
  });

  /**
   * What the issue view tells its modules, for as long as the page stands: `JIRA_ISSUE_CHANGED`, when somebody other
   * than the one who looks changed the issue or commented on it.
   */
  app.get('/changes', async context => {
    const { accountId, issueKey } = lookingOf(world, context.req.query());
    let stop = () => {};
    const words = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        // The first bytes tell the page that it is heard.
        stream.enqueue(words.encode(': heard\n\n'));
        stop = world.onProductEvent(event => {
          const change = changeOf(event, issueKey, accountId);
          if (change) stream.enqueue(words.encode(`data: ${JSON.stringify(change)}\n\n`));
        });
      },
      cancel: () => stop(),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } });
  });

  app.onError((error, context) => context.json({ error: error.message }));
  return app;
}

const changeTypes: Readonly<Record<string, 'updated' | 'commented'>> = {
  'avi:jira:updated:issue': 'updated',
  'avi:jira:commented:issue': 'commented',
};

/** One's own change is no news: the issue view takes it that who made it knows. */
function changeOf({ eventType, atlassianId, ...event }: ProductEventPayload, issueKey: unknown, viewer: string) {
  const issue = event.issue as
    | { readonly id: string; readonly key: string; readonly fields?: { readonly project?: { readonly id?: string } } }
    | undefined;
  const changeType = changeTypes[eventType];
  if (changeType === undefined || issue === undefined || issue.key !== issueKey || atlassianId === viewer) return;
  return { issueId: issue.id, projectId: issue.fields?.project?.id, changes: [{ changeType, atlassianId }] };
}

/** Files cross the bridge as base64 beside their names and types. */
function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('__')) continue;
    const fileName = fields[`__${name}Name`];
    if (fileName === undefined) form.append(name, value);
    else {
      const data = Buffer.from(value.slice(value.indexOf(',') + 1), 'base64');
      form.append(name, new Blob([data], { type: fields[`__${name}Type`] ?? '' }), fileName);
    }
  }
  return form;
}
