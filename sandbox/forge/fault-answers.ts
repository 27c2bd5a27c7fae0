/** The answers of a faulty system, in its own words: what it refuses and does not apply, and connections that break. */
import type { System } from './ledger.ts';

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

type Refusal = '429' | '503' | '500' | '401';

const salesforceRefusals: Readonly<Record<Refusal, readonly [code: string, message: string]>> = {
  429: ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  503: ['SERVER_UNAVAILABLE', 'The server is temporarily unavailable.'],
  500: ['UNKNOWN_EXCEPTION', 'An unexpected error occurred.'],
  401: ['INVALID_SESSION_ID', 'Session expired or invalid'],
};
/** The token endpoint speaks OAuth's own form. */
const tokenRefusals: Readonly<Record<Refusal, readonly [error: string, description: string]>> = {
  429: ['invalid_request', 'login rate exceeded'],
  503: ['server_error', 'the server is temporarily unavailable'],
  500: ['unknown_error', 'retry your request'],
  401: ['invalid_client', 'invalid client credentials'],
};
const platformCodes: Readonly<Record<Refusal, string>> = {
  429: 'RATE_LIMIT_EXCEEDED',
  503: 'SERVICE_UNAVAILABLE',
  500: 'INTERNAL_SERVER_ERROR',
  401: 'UNAUTHORIZED',
};

const jiraMessages: Readonly<Record<Refusal, string>> = {
  429: 'The request has been rate-limited. Please try again later.',
  503: 'Service Unavailable',
  500: 'Internal server error',
  401: 'Unauthorized; scope does not match',
};
const WAIT_S = 30;

/** The answer to a call that the system refused and did not apply. */
export function refusalOf(system: System, effect: Refusal, path: string, now: number): Response {
  const status = Number(effect);
  const wait: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': String(WAIT_S) } : {};
  switch (system) {
    case 'salesforce': {
      if (path.startsWith('/services/oauth2/')) {
        const [error, description] = tokenRefusals[effect];
        return json(status, { error, error_description: description }, wait);
      }
      const [errorCode, message] = salesforceRefusals[effect];
      return json(status, [{ message, errorCode }], wait);
    }
    case 'jira': {
      const message = jiraMessages[effect];
      // Refused by Forge's gateway, before Jira.
      if (effect === '401') return json(401, { code: 401, message });
      if (effect !== '429') return json(status, { errorMessages: [message], errors: {} }, wait);
      return json(429, { errorMessages: [message], errors: {}, status }, { ...wait, ...burstHeaders(now) });
    }
    default: {
      const message = `The ${system === 'kvs' ? 'store' : 'queue'} answered ${status}.`;
      return json(status, { code: platformCodes[effect], message }, wait);
    }
  }
}

/** Only the endpoint that was asked is affected: the mildest of Jira's limits. */
const burstHeaders = (now: number): Record<string, string> => ({
  'ratelimit-reason': 'jira-burst-based',
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': new Date(now + WAIT_S * 1000).toISOString(),
});

/** A connection that broke, as Node's fetch reports it. */
export function connectionError(code: 'ECONNRESET' | 'ETIMEDOUT'): TypeError {
  const cause = Object.assign(new Error(code === 'ECONNRESET' ? 'read ECONNRESET' : 'connect ETIMEDOUT'), { code });
  return new TypeError('fetch failed', { cause });
}

export const TIMEOUT_MS = 20_000;
export const SLOW_MS = 12_000;
