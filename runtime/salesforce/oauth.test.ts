import { describe, expect, it } from 'vitest';
import { PortError } from '../ports.ts';
import { type FakeAnswer, fakeFetch } from './fake-fetch.ts';
import { requestToken } from './oauth.ts';

const credentials = { loginUrl: 'https://acme.my.salesforce.com', clientId: 'id', clientSecret: 'a+b&c=secret' };
const good = {
  access_token: '00D000000000001!token',
  instance_url: 'https://acme.my.salesforce.com',
  id: 'https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA',
  token_type: 'Bearer',
  issued_at: '1700000000000',
};

const failureOf = async (answer: FakeAnswer, loginUrl = credentials.loginUrl) => {
  const { fetch, asked } = fakeFetch(() => answer);
  const problem = await requestToken(fetch, { ...credentials, loginUrl }).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(PortError);
  expect(JSON.stringify((problem as PortError).failure)).not.toContain('secret=');
  expect((problem as PortError).message).not.toContain(credentials.clientSecret);
  return { failure: (problem as PortError).failure, asked };
};

describe('C-2 a token by client credentials', () => {
  it('asks the login URL by form, without a scope, and learns instance and org', async () => {
    const { fetch, asked } = fakeFetch(() => ({ json: good }));
    expect(await requestToken(fetch, credentials)).toEqual({
      token: good.access_token,
      instanceUrl: good.instance_url,
      orgId: '00D000000000001EAA',
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://acme.my.salesforce.com/services/oauth2/token' });
    expect(Object.fromEntries(new URLSearchParams(asked[0]!.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: credentials.clientSecret,
    });
  });

  it.each([
    ['invalid_grant', 'no client credentials user enabled', 'NO_RUN_AS_USER', /Run As/],
    ['invalid_grant', 'request not supported on this domain', 'WRONG_DOMAIN', /My Domain/],
    ['invalid_client_id', 'client identifier invalid', 'WRONG_CLIENT_ID', /Consumer Key/],
    ['invalid_client', 'invalid client credentials', 'WRONG_SECRET', /Consumer Secret/],
    ['invalid_grant', "user hasn't approved this consumer", 'NOT_APPROVED', /permission set/],
    ['invalid_grant', 'user is not admin approved to access this app', 'NOT_APPROVED', /permission set/],
    ['unsupported_grant_type', 'grant type not supported', 'FLOW_DISABLED', /Enable Client Credentials Flow/],
    ['invalid_scope', 'too many scopes requested', 'TOO_MANY_SCOPES', /Keep only/],
    ['invalid_request', 'scope parameter not supported', 'SCOPE_PARAMETER', /single scope/],
    ['invalid_grant', 'no valid scopes', 'NO_API_SCOPE', /\(api\)/],
    ['invalid_grant', 'authentication failure', 'LOGIN_REFUSED', /frozen/],
    ['invalid_grant', 'ip restricted', 'IP_RESTRICTED', /IP/],
    ['invalid_grant', 'inactive user', 'INACTIVE_USER', /Activate/],
    ['invalid_grant', 'inactive organization', 'INACTIVE_ORG', /org/],
    ['invalid_request', 'missing required parameter: grant_type', 'invalid_request', /Check the client id/],
  ])('tells cause and remedy of %s (%s)', async (error, error_description, code, remedy) => {
    for (const status of [400, 401]) {
      const { failure } = await failureOf({ status, json: { error, error_description } });
      expect(failure).toMatchObject({ system: 'salesforce', kind: 'unauthorized', code });
      expect(failure.message).toMatch(remedy);
    }
  });

  it.each([
    [
      { error: Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }) },
      'unavailable',
      /could not be reached/,
    ],
    [{ error: new Error('timeout with client_secret=a+b&c=secret') }, 'unavailable', /could not be reached/],
    [{ status: 503, text: '<html>Service Unavailable</html>' }, 'unavailable', /not available just now/],
    [{ text: '{"access_token":"00D000000000001!tok' }, 'unavailable', /broke off/],
    [{ status: 404, text: '<html>No such org</html>' }, 'refused', /Check the login URL/],
    [
      { status: 200, json: { ...good, instance_url: 'https://evil.example' } },
      'refused',
      /instance URL that is not accepted/,
    ],
    [{ status: 302, headers: { location: 'https://evil.example/token' } }, 'refused', /redirected to another place/],
    [
      { status: 301, headers: { location: 'https://new.my.salesforce.com/services/oauth2/token' } },
      'refused',
      /enter `https:\/\/new\.my\.salesforce\.com`/,
    ],
  ] as const)('names an org that cannot be asked: %o', async (answer, kind, words) => {
    const { failure, asked } = await failureOf(answer);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(words);
    expect(asked).toHaveLength(1);
  });

  it('C-1 sends nothing to a host that is not Salesforce', async () => {
    const { failure, asked } = await failureOf({ json: good }, 'https://login.salesforce.com.evil.example');
    expect(failure.code).toBe('HOST_REFUSED');
    expect(asked).toEqual([]);
  });
});
