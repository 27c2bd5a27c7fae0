/**
 * The token endpoint for client credentials with its real refusals, introspection, revocation, userinfo and the
 * identity URL.
 */
import { createHmac } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { type ClientApp, type Org, sessionOf } from '../org.ts';

const scopes = 'api';

const refusal = (context: Context, error: string, description: string): Response =>
  context.json({ error, error_description: description }, 400);

export function mountOauth(app: Hono, org: Org): void {
  app.post('/services/oauth2/token', async context => {
    const now = org.clock.now();
    const { base, host } = place(context);
    const form = await formOf(context);
    const grant = form.get('grant_type');
    if (!grant) return refusal(context, 'invalid_request', 'missing required parameter: grant_type');
    if (grant !== 'client_credentials') return refusal(context, 'unsupported_grant_type', 'grant type not supported');
    if (/^(login|test)\.salesforce\.com$/.test(host))
      return refusal(context, 'invalid_grant', 'request not supported on this domain');
    const client = credentials(context, form);
    if (!client.id) return refusal(context, 'invalid_request', 'missing required parameter: client_id');
    const known = org.apps.find(candidate => candidate.id === client.id);
    if (!known) return refusal(context, 'invalid_client_id', 'client identifier invalid');
    if (!client.secret) return refusal(context, 'invalid_request', 'missing required parameter: client_secret');
    if (known.secret !== client.secret) return refusal(context, 'invalid_client', 'invalid client credentials');
    if (known.refuses) return refusal(context, known.refuses.error, known.refuses.description);
    return context.json(tokenAnswer(org, known, base, now), 200, {
      'Cache-Control': 'no-cache, no-store',
      Pragma: 'no-cache',
    });
  });

  app.post('/services/oauth2/introspect', async context => {
    const form = await formOf(context);
    const client = credentials(context, form);
    const known = org.apps.find(candidate => candidate.id === client.id && candidate.secret === client.secret);
    if (!known) return context.json({ error: 'invalid_client', error_description: 'invalid client credentials' }, 401);
    const session = org.sessions.get(form.get('token') ?? '');
    if (!session) return context.json({ active: false });
    return context.json({
      active: true,
      scope: scopes,
      client_id: known.id,
      username: org.state.get(session.userId)?.values.Username,
      sub: `${place(context).base}/id/${org.orgId}/${session.userId}`,
      token_type: 'access_token',
      exp: Math.floor(session.usedAt / 1000) + 7200,
      iat: Math.floor(session.usedAt / 1000),
      nbf: Math.floor(session.usedAt / 1000),
    });
  });

  app.on(['GET', 'POST'], '/services/oauth2/revoke', async context => {
    const form = context.req.method === 'POST' ? await formOf(context) : new URL(context.req.url).searchParams;
    const token = form.get('token') ?? '';
    if (!org.sessions.delete(token))
      return refusal(context, 'unsupported_token_type', 'this token type is not supported');
    return context.body(null, 200);
  });

  const identity = (context: Context): Response => {
    const session = sessionOf(org, context.req.header('authorization') ?? null, org.clock.now());
    if (!session) return context.text('Bad_OAuth_Token', 403);
    const { base } = place(context);
    const user = org.state.get(session.userId)?.values ?? {};
    return context.json({
      id: `${base}/id/${org.orgId}/${session.userId}`,
      sub: `${base}/id/${org.orgId}/${session.userId}`,
      asserted_user: true,
      user_id: session.userId,
      organization_id: org.orgId,
      username: user.Username,
      preferred_username: user.Username,
      nick_name: user.CommunityNickname ?? user.Alias,
      nickname: user.CommunityNickname ?? user.Alias,
      display_name: user.Name,
      name: user.Name,
      email: user.Email,
      email_verified: true,
      first_name: user.FirstName ?? null,
      given_name: user.FirstName ?? null,
      last_name: user.LastName,
      family_name: user.LastName,
      timezone: user.TimeZoneSidKey,
      zoneinfo: user.TimeZoneSidKey,
      active: true,
      is_active: true,
      user_type: 'STANDARD',
      language: user.LanguageLocaleKey,
      locale: user.LocaleSidKey,
      utcOffset: 0,
      urls: Object.fromEntries(
        Object.entries({
          enterprise: '/services/Soap/c/{version}/',
          metadata: '/services/Soap/m/{version}/',
          partner: '/services/Soap/u/{version}/',
          rest: '/services/data/v{version}/',
          sobjects: '/services/data/v{version}/sobjects/',
          search: '/services/data/v{version}/search/',
          query: '/services/data/v{version}/query/',
          recent: '/services/data/v{version}/recent/',
          profile: `/${session.userId}`,
        }).map(([name, path]) => [name, `${base}${path}`]),
      ),
      last_modified_date: user.LastModifiedDate,
    });
  };
  app.get('/services/oauth2/userinfo', identity);
  app.get('/id/:org/:user', identity);
}

function tokenAnswer(org: Org, app: ClientApp, base: string, now: number): Record<string, string> {
  const id = `${base}/id/${org.orgId}/${org.userId}`;
  const issued = String(now);
  return {
    access_token: org.openSession(app, now),
    signature: createHmac('sha256', app.secret)
      .update(id + issued)
      .digest('base64'),
    scope: scopes,
    instance_url: base,
    id,
    token_type: 'Bearer',
    issued_at: issued,
    api_instance_url: 'https://api.salesforce.com',
  };
}

/** The base that the caller used. */
function place(context: Context): { readonly base: string; readonly host: string } {
  const url = new URL(context.req.url);
  return { base: url.origin, host: url.hostname };
}

async function formOf(context: Context): Promise<URLSearchParams> {
  const type = context.req.header('content-type') ?? '';
  return type.includes('application/x-www-form-urlencoded')
    ? new URLSearchParams(await context.req.text())
    : new URLSearchParams();
}

/** By the form, or by HTTP Basic. */
function credentials(context: Context, form: URLSearchParams): { readonly id: string; readonly secret: string } {
  const basic = /^Basic\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
  if (basic && !form.has('client_id')) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return { id: safely(text.slice(0, colon)), secret: safely(text.slice(colon + 1)) };
  }
  return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
}

function safely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
