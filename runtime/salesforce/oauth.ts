/**
 * C-2: a token by the client-credentials flow, and what Salesforce's refusals mean for the admin who
 * reads them. No scope is asked for: the token gets what the app in Salesforce is configured with, and
 * some orgs refuse the parameter.
 */
import { PortError } from '../ports.ts';
import { checkHost } from './hosts.ts';
import { type Fetch, failure, type HttpAnswer, send } from './http.ts';

export interface Credentials {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Token {
  readonly token: string;
  readonly instanceUrl: string;
  /** 18 characters, out of the identity URL; absent when Salesforce left it out. */
  readonly orgId?: string;
}

interface Refusal {
  readonly error: RegExp;
  readonly description: RegExp;
  /** For people who search for it. */
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
}

/** First match counts; the texts are Salesforce's own. */
export const refusals: readonly Refusal[] = [
  {
    error: /./,
    description: /no client credentials user enabled/i,
    code: 'NO_RUN_AS_USER',
    cause: 'The app in Salesforce has no user for the client-credentials flow.',
    remedy:
      'In Setup, External Client App Manager, Policies: enable Client Credentials Flow and set Run As to the user name of the integration user.',
  },
  {
    error: /./,
    description: /not supported on this domain/i,
    code: 'WRONG_DOMAIN',
    cause:
      "Client credentials work on the org's own My Domain only, not on login.salesforce.com or test.salesforce.com.",
    remedy: 'Enter the My Domain URL, such as `https://acme.my.salesforce.com`; Setup, My Domain shows it.',
  },
  {
    error: /^invalid_scope$/,
    description: /too many|multiple|only one|exceed/i,
    code: 'TOO_MANY_SCOPES',
    cause: 'The app in Salesforce asks for more scopes than this flow may have.',
    remedy: 'Keep only `Manage user data via APIs (api)` in the OAuth scopes of the app.',
  },
  {
    error: /./,
    description: /too many scopes/i,
    code: 'TOO_MANY_SCOPES',
    cause: 'The app in Salesforce asks for more scopes than this flow may have.',
    remedy: 'Keep only `Manage user data via APIs (api)` in the OAuth scopes of the app.',
  },
  {
    error: /./,
    description: /scope parameter (?:is )?not supported/i,
    code: 'SCOPE_PARAMETER',
    cause: 'This org does not take a scope with the request.',
    remedy: 'Configure the app in Salesforce with the single scope `api`, then save again.',
  },
  {
    error: /./,
    description: /no valid scopes/i,
    code: 'NO_API_SCOPE',
    cause: 'The app in Salesforce has no usable scope.',
    remedy: 'Add `Manage user data via APIs (api)` to the OAuth scopes of the app.',
  },
  {
    error: /^invalid_scope$/,
    description: /^/,
    code: 'NO_API_SCOPE',
    cause: 'Salesforce refused the scopes of the app.',
    remedy: 'Keep exactly `Manage user data via APIs (api)` in the OAuth scopes of the app.',
  },
  {
    error: /^invalid_client_id$/,
    description: /^/,
    code: 'WRONG_CLIENT_ID',
    cause: 'Salesforce does not know this client id.',
    remedy: 'Copy the Consumer Key of the app again, from the same org. A new app takes up to ten minutes to be known.',
  },
  {
    error: /^invalid_client$/,
    description: /identifier/i,
    code: 'WRONG_CLIENT_ID',
    cause: 'Salesforce does not know this client id.',
    remedy: 'Copy the Consumer Key of the app again, from the same org. A new app takes up to ten minutes to be known.',
  },
  {
    error: /^invalid_client$/,
    description: /^/,
    code: 'WRONG_SECRET',
    cause: 'The client id is right, the client secret is not.',
    remedy: 'Copy the Consumer Secret of the app again; it may have been rotated.',
  },
  {
    error: /./,
    description: /admin approved|approved this consumer/i,
    code: 'NOT_APPROVED',
    cause: 'The app in Salesforce admits approved users only, and its Run As user is not one.',
    remedy: 'Assign the Run As user to a permission set or profile that the app is open to.',
  },
  {
    error: /./,
    description: /ip restricted/i,
    code: 'IP_RESTRICTED',
    cause: 'The login of the Run As user is restricted to certain IP addresses.',
    remedy: "Relax IP restrictions in the app's policies.",
  },
  {
    error: /./,
    description: /inactive user/i,
    code: 'INACTIVE_USER',
    cause: 'The Run As user is inactive or frozen.',
    remedy: 'Activate the user in Salesforce, or choose another Run As user.',
  },
  {
    error: /./,
    description: /inactive organization/i,
    code: 'INACTIVE_ORG',
    cause: 'This Salesforce org is inactive: it expired, is suspended or is being moved.',
    remedy: 'Ask your Salesforce administrator, or enter the URL of another org.',
  },
  {
    error: /^unsupported_grant_type$/,
    description: /^/,
    code: 'FLOW_DISABLED',
    cause: 'The org does not offer the client-credentials flow.',
    remedy: 'Enable Client Credentials Flow in the settings of the app in Salesforce.',
  },
  {
    error: /^invalid_grant$/,
    description: /authentication failure/i,
    code: 'LOGIN_REFUSED',
    cause: 'Salesforce refused the login of the Run As user.',
    remedy: 'Check that the user is active, not frozen, and may log in from anywhere; then save again.',
  },
  {
    error: /rate|limit/i,
    description: /^/,
    code: 'LOGIN_RATE_EXCEEDED',
    cause: 'Salesforce counts too many logins of the Run As user.',
    remedy: 'Wait an hour, then save again.',
  },
];

export async function requestToken(fetch: Fetch, { loginUrl, clientId, clientSecret }: Credentials): Promise<Token> {
  const host = checkHost(loginUrl);
  if (!host.ok) throw failure('refused', 'HOST_REFUSED', host.reason);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await ask(fetch, host.origin, form);
  if (answer.status !== 200) throw refusal(answer);
  if (answer.json === undefined)
    throw failure('unavailable', 'NOT_JSON', 'Salesforce’s answer to the login broke off. Try again in a few minutes.');
  return tokenOf(answer.json);
}

async function ask(fetch: Fetch, origin: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  try {
    return await send(fetch, {
      method: 'POST',
      url: `${origin}/services/oauth2/token`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
  } catch (problem) {
    // Asking for a token changes nothing, so an answer that never came may simply be asked for again.
    if (problem instanceof PortError && ['unknown', 'unavailable'].includes(problem.failure.kind))
      throw failure(
        'unavailable',
        problem.failure.code,
        `The org could not be reached at ${origin}. Check the name in the login URL; if it is right, try again in a few minutes.`,
      );
    throw problem;
  }
}

function refusal({ status, json }: HttpAnswer): PortError {
  const { error, error_description: description } = (json ?? {}) as { error?: unknown; error_description?: unknown };
  if (typeof error === 'string') {
    const said = typeof description === 'string' ? description : '';
    const known = refusals.find(row => row.error.test(error) && row.description.test(said));
    if (known !== undefined) return failure('unauthorized', known.code, `${known.cause} ${known.remedy}`);
    return failure(
      'unauthorized',
      /^[a-z_]{1,60}$/.test(error) ? error : 'OAUTH_REFUSED',
      'Salesforce refused the login. Check the client id, the client secret and the policies of the app in Salesforce.',
    );
  }
  if (status === 429 || status >= 500)
    return failure('unavailable', String(status), 'Salesforce is not available just now. Try again in a few minutes.');
  return failure(
    'refused',
    String(status),
    'This host does not answer as a Salesforce login. Check the login URL: it should be your My Domain.',
  );
}

function tokenOf(json: unknown): Token {
  const { access_token: token, instance_url: instance, id } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof token !== 'string' || token === '' || typeof instance !== 'string')
    throw failure('refused', 'NO_TOKEN', 'Salesforce answered the login without a token or an instance URL.');
  const host = checkHost(instance);
  if (!host.ok)
    throw failure('refused', 'HOST_REFUSED', `Salesforce named an instance URL that is not accepted. ${host.reason}`);
  const orgId = typeof id === 'string' ? /\/id\/(00D[A-Za-z0-9]{15})\//.exec(id)?.[1] : undefined;
  return { token, instanceUrl: host.origin, ...(orgId === undefined ? {} : { orgId }) };
}
