/**
 * What Salesforce's error codes mean for whoever repeats, parks or reports a call. One table; a code
 * that it does not know is a plain refusal, since repeating what was refused never helps.
 */
import { type Failure, type FailureKind, PortError } from '../ports.ts';
import type { HttpAnswer } from './http.ts';

interface Known {
  readonly kind: FailureKind;
  /** Instead of Salesforce's own text, where that says little. */
  readonly says?: string;
  readonly retryAfterMs?: number;
}

const minute = 60_000;

export const salesforceCodes: Readonly<Record<string, Known>> = {
  INVALID_SESSION_ID: {
    kind: 'unauthorized',
    says: 'The session has ended or is not valid for the REST API. The app in Salesforce needs the scope `api`.',
  },
  INVALID_AUTH_HEADER: { kind: 'unauthorized' },
  API_DISABLED_FOR_ORG: {
    kind: 'unauthorized',
    says: 'The REST API is switched off for this org or for the Run As user. Give the user the permission API Enabled.',
  },
  API_CURRENTLY_DISABLED: { kind: 'unavailable' },
  REQUEST_LIMIT_EXCEEDED: {
    kind: 'limited',
    says: "The org's API requests are used up for now.",
    retryAfterMs: 15 * minute,
  },
  SERVER_UNAVAILABLE: { kind: 'unavailable' },
  UNABLE_TO_LOCK_ROW: { kind: 'busy', says: 'Somebody else was changing the record at that moment.' },
  QUERY_TIMEOUT: { kind: 'unavailable', says: 'The query ran for too long.' },
  UNKNOWN_EXCEPTION: { kind: 'unknown' },
  ENTITY_IS_DELETED: { kind: 'gone', says: 'The record is deleted.' },
  NOT_FOUND: { kind: 'gone', says: 'The record is not there, or the Run As user may not see it.' },
  INVALID_CROSS_REFERENCE_KEY: { kind: 'gone' },
  INSUFFICIENT_ACCESS: { kind: 'forbidden' },
  INSUFFICIENT_ACCESS_OR_READONLY: { kind: 'forbidden', says: 'The Run As user may not change this record.' },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { kind: 'forbidden' },
  INVALID_FIELD_FOR_INSERT_UPDATE: { kind: 'refused' },
  PROCESSING_HALTED: { kind: 'busy' },
};

/** A row of a collection says `statusCode`, every other place `errorCode`. */
interface SalesforceError {
  readonly errorCode?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly fields?: unknown;
}

export function failureOf(errors: unknown, status?: number): Failure {
  const list = Array.isArray(errors) ? errors : [errors];
  const first = (list.find(error => typeof error === 'object' && error !== null) ?? {}) as SalesforceError;
  const code = [first.errorCode, first.statusCode].find(given => typeof given === 'string') as string | undefined;
  const known = code === undefined ? undefined : salesforceCodes[code];
  const said = typeof first.message === 'string' ? inWords(first.message).slice(0, 500) : '';
  const { kind, says, retryAfterMs }: Known = known ?? byStatus(status);
  return {
    system: 'salesforce',
    kind,
    code: code ?? String(status ?? 'UNKNOWN'),
    message: says ?? (said === '' ? 'Salesforce gave no reason.' : said),
    fields: list.flatMap(error => fieldsOf(error as SalesforceError | null)),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: /concurrent/i.test(said) ? minute : retryAfterMs }),
  };
}

/** Of a refused query Salesforce first repeats a piece of it, with a caret under the place, then says why. */
function inWords(message: string): string {
  const said = message.replace(/^[\s\S]*\bERROR at Row:\d+:Column:\d+\s*/, '').trim();
  const [, column, entity] = noSuchColumn.exec(said) ?? [];
  return column === undefined ? said : `${entity} has no field ${column}, or the Run As user may not see it.`;
}
const noSuchColumn = /\bNo such column '([^']+)' on (?:entity|sobject of type) '?(\w+)/;

/** The field for which a query was refused: such an error names it in its message only. */
export function queryFailure(errors: unknown, status: number): Failure {
  const failure = failureOf(errors, status);
  const [first] = Array.isArray(errors) ? (errors as readonly SalesforceError[]) : [];
  const [, column] = noSuchColumn.exec(typeof first?.message === 'string' ? first.message : '') ?? [];
  return column === undefined ? failure : { ...failure, fields: [column] };
}

const fieldsOf = (error: SalesforceError | null): readonly string[] =>
  Array.isArray(error?.fields) ? error.fields.filter(field => typeof field === 'string') : [];

function byStatus(status: number | undefined): Known {
  if (status === undefined) return { kind: 'refused' };
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 403) return { kind: 'forbidden' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status === 429 || status === 420) return { kind: 'limited', retryAfterMs: minute };
  if (status === 502 || status === 503) return { kind: 'unavailable', says: 'Salesforce is not available just now.' };
  if (status >= 500) return { kind: 'unknown', says: 'Salesforce failed to answer properly.' };
  return { kind: 'refused' };
}

export function errorOf({ json, status, header }: HttpAnswer): PortError {
  const failure = failureOf(json, status);
  const seconds = Number(header('retry-after') ?? Number.NaN);
  const asked = (status === 429 || status === 503) && seconds > 0;
  return new PortError(asked ? { ...failure, retryAfterMs: Math.min(seconds, 3600) * 1000 } : failure);
}
