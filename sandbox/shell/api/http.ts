/** Requests to the sandbox. Every failure is a sentence to show, with what can be done. */

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

const json = { 'content-type': 'application/json', accept: 'application/json' };

export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      headers: { ...(init.body instanceof FormData ? {} : json), ...init.headers },
    });
  } catch {
    throw new Refused(
      0,
      'The sandbox does not answer. Start it again in your terminal with `npm start`; this page goes on by itself.',
    );
  }
  const text = await response.text();
  const body: unknown = text === '' ? undefined : parseJson(text);
  if (!response.ok)
    throw new Refused(response.status, sentenceOf(body) ?? `${path.split('?')[0]} answered ${response.status}.`);
  // The control API answers 200 also when something went wrong.
  if (path.startsWith('/control/') && (body as { ok?: unknown } | undefined)?.ok === false) {
    const { error, diagnostics } = body as { error?: unknown; diagnostics?: readonly unknown[] };
    if (diagnostics === undefined) throw new Refused(200, sentenceOf(error) ?? 'The sandbox refused this.');
  }
  return body as T;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Salesforce answers a list of `{message}`, Jira `{errorMessages, errors}`, the host `{error: {message}}`. */
function sentenceOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body === '' ? undefined : body;
  if (Array.isArray(body)) return sentenceOf(body[0]);
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, error, errorMessages, errors, failure } = body as Record<string, unknown>;
  if (typeof message === 'string') return message;
  if (Array.isArray(errorMessages) && errorMessages.length > 0) return String(errorMessages[0]);
  if (typeof errors === 'object' && errors !== null) return Object.values(errors).map(String).join(' ');
  return sentenceOf(error) ?? sentenceOf(failure);
}

export const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
export const put = (body: unknown): RequestInit => ({ method: 'PUT', body: JSON.stringify(body) });
