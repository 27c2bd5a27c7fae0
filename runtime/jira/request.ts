/**
 * One request to Jira through Forge, and what its refusals mean for the caller. Bodies of errors are
 * read defensively: a gateway answers with pages, and a 429 with whatever it likes.
 */
import type { Route } from '@forge/api';
import type { Form } from '../multipart.ts';
import { type FailureKind, PortError } from '../ports.ts';

/** `asApp().requestJira` or `asUser().requestJira`. */
export type RequestJira = (
  path: Route,
  init?: { method?: string; headers?: Record<string, string>; body?: string | ArrayBuffer },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

export interface JiraCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: Route;
  readonly body?: unknown;
  /** Instead of a body. */
  readonly form?: Form;
  /** A POST that only reads may be repeated as a GET may. */
  readonly reads?: true;
}

export async function ask(request: RequestJira, call: JiraCall): Promise<unknown> {
  const { method = 'GET', path, body, form, reads } = call;
  const reading = method === 'GET' || reads === true;
  try {
    const sent = form?.body ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await request(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(sent === undefined ? {} : { 'content-type': form?.contentType ?? 'application/json' }),
        // Without it Jira takes an upload for a forged request.
        ...(form === undefined ? {} : { 'x-atlassian-token': 'no-check' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await answer.text();
    if (answer.status >= 200 && answer.status < 300) return parse(text);
    throw refusal(answer.status, name => answer.headers.get(name), text, reading);
  } catch (problem) {
    throw unanswered(problem, reading);
  }
}

/** A file's bytes. */
export async function askBytes(request: RequestJira, path: Route): Promise<Uint8Array> {
  try {
    const answer = await request(path, { method: 'GET', headers: { accept: '*/*' } });
    if (answer.status >= 200 && answer.status < 300) return new Uint8Array(await answer.arrayBuffer());
    throw refusal(answer.status, name => answer.headers.get(name), await answer.text(), true);
  } catch (problem) {
    throw unanswered(problem, true);
  }
}

function unanswered(problem: unknown, reading: boolean): PortError {
  if (problem instanceof PortError) return problem;
  const { status, name } = (problem ?? {}) as { status?: unknown; name?: unknown };
  // Forge's own refusals: the proxy says that it has no right to ask.
  if (status === 401 || name === 'NeedsAuthenticationError')
    return failure('unauthorized', '401', 'Forge has no access to Jira. Approve the app for this site again.');
  if (reading) return failure('unavailable', 'NO_ANSWER', 'Jira did not answer. It will be tried again.');
  return failure('unknown', 'NO_ANSWER', 'Jira did not answer, so it is unclear whether the change was made.');
}

function refusal(status: number, header: (name: string) => string | null, text: string, reading: boolean): PortError {
  const { errorMessages, errors } = (parse(text) ?? {}) as { errorMessages?: unknown; errors?: unknown };
  const fieldErrors =
    typeof errors === 'object' && errors !== null && !Array.isArray(errors) ? Object.entries(errors) : [];
  const said = [
    ...(Array.isArray(errorMessages) ? errorMessages : []),
    ...fieldErrors.map(([field, message]) => `${field}: ${String(message)}`),
  ]
    .filter(message => typeof message === 'string')
    .join(' ')
    .slice(0, 500);
  const reason = header('ratelimit-reason') ?? undefined;
  const kind = reason === onOneIssue ? 'busy' : kindOf(status, reading);
  return failure(
    kind,
    status === 429 ? (reason ?? '429') : String(status),
    said === '' ? sentence[kind] : said,
    fieldErrors.map(([field]) => field),
    status === 429 || status === 503 ? waitOf(header) : undefined,
  );
}

/** Too many writes of one issue; others may be written. */
const onOneIssue = 'jira-per-issue-on-write';

function kindOf(status: number, reading: boolean): FailureKind {
  if (status === 429) return 'limited';
  // Jira applied nothing: somebody else changed the issue at that moment.
  if (status === 409) return 'busy';
  if (status === 503) return 'unavailable';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'gone';
  if (status >= 500) return reading ? 'unavailable' : 'unknown';
  return 'refused';
}

const sentence: Readonly<Record<FailureKind, string>> = {
  limited: 'Jira asks to wait before more requests.',
  busy: 'The issue was being changed by others at that moment.',
  unavailable: 'Jira is not available just now.',
  unknown: 'Jira failed to answer properly, so it is unclear whether the change was made.',
  unauthorized: 'Jira refused the app. Approve the app for this site again.',
  forbidden: 'The app has no permission for this in Jira.',
  gone: 'The issue is not there, or the app may not see it.',
  refused: 'Jira refused the request.',
};

/** `Retry-After` in seconds; a quota without one is over at the top of the hour, so a minute is a start. */
function waitOf(header: (name: string) => string | null): number {
  const seconds = Number(header('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : 60_000;
}

export const failure = (
  kind: FailureKind,
  code: string,
  message: string,
  fields: readonly string[] = [],
  retryAfterMs?: number,
): PortError =>
  new PortError({
    system: 'jira',
    kind,
    code,
    message,
    fields,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
