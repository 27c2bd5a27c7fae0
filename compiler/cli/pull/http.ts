/** One call of an API with what a person should know when it fails. Tokens and secrets never reach a message. */
import type { Json } from '../../metadata/json.ts';
import { type Failure, failure } from '../command.ts';
import type { Host } from '../host.ts';

/** Who is called, as messages name it: `Salesforce`, `Jira`. */
export interface Api {
  readonly name: 'Salesforce' | 'Jira';
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer that is not a success. */
export class Refusal extends Error {
  readonly api: Api['name'];
  readonly status: number;
  /** What was asked for, without its query. */
  readonly path: string;
  constructor(api: Api['name'], status: number, path: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.api = api;
    this.status = status;
    this.path = path;
  }
}

/** So long an answer may take. */
const patience = 60_000;

/** The answer's JSON; throws a `Refusal` for an error status, a `Failure` when there is no answer at all. */
export async function call(api: Api, path: string, host: Host, init: RequestInit = {}): Promise<unknown> {
  const request = new Request(`${api.base}${path}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
    ...init,
    headers: { accept: 'application/json', ...api.headers, ...(init.headers as Record<string, string> | undefined) },
  });
  let answer: Response;
  let text: string;
  try {
    answer = await host.fetch(request);
    text = await answer.text();
  } catch (error) {
    throw failure(
      `${api.name} at ${api.base} did not answer: ${causeOf(error)}.`,
      'Check the address and the network.',
    );
  }
  if (!answer.ok) {
    const reason = `${api.name} answered ${answer.status}: ${said(text)}`;
    throw new Refusal(api.name, answer.status, path.replace(/\?.*/s, ''), reason);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw failure(`${api.name} at ${api.base} answered something that is not JSON.`, 'Check the address.');
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${patience / 1000} seconds`;
  const { cause } = error;
  // Node names a refused connection by its code alone.
  if (cause instanceof Error) return cause.message || ('code' in cause ? String(cause.code) : error.message);
  return error.message;
}

/** What to do about a refusal that nothing else knows better. */
export function refused({ api, status, path, message }: Refusal): Failure {
  const help =
    status === 429 || status === 503
      ? 'Try again in a few minutes.'
      : status === 401
        ? 'Check the credentials.'
        : rights[api];
  return failure(`${message} (asked for ${path}).`, help);
}
const rights = {
  Salesforce: 'The Run As user needs the permission API Enabled, and to see the objects that the items use.',
  Jira: 'The user needs the permissions Browse Projects and Create Issues in the projects that the items use.',
} as const;

/** The first sentence that an error body has, whichever of its usual shapes it comes in. */
function said(text: string): string {
  try {
    const body = JSON.parse(text) as unknown;
    const first = (Array.isArray(body) ? body[0] : body) as Json | null;
    const messages = [first?.message, first?.error_description, (first?.errorMessages as unknown[])?.[0]];
    const message = messages.find(one => typeof one === 'string');
    // It becomes part of a sentence.
    if (typeof message === 'string') return message.trim().replace(/\.$/, '');
  } catch {
    // Not JSON: a gateway's page, of which nothing is worth showing.
  }
  return 'no reason was given';
}

/** An address on this machine. */
export const isLocal = (value: string): boolean =>
  URL.canParse(value) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(value).hostname);

/** `https://…`, or plain http to this machine, as the sandbox has it. */
export function baseOf(option: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(value)))) {
    throw failure(`--${option} needs an address that begins with https://, and this is ${value}.`);
  }
  if (url.username || url.password)
    throw failure(`--${option} must not hold a user name or password.`, 'Secrets come from the environment only.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
