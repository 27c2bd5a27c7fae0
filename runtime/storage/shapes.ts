/**
 * The stored values: name, version and shape of each. A change of a shape that older values do not fit
 * raises the version and adds a migration in the same line.
 */
import type { Activation, Attention, Claim, Connection, JournalEntry, Link, RunReport, Watermark } from '../ports.ts';
import { any, either, list, literal, nullable, number, object, optional, record, type Shape, text } from '../shape.ts';
import { stored } from './stored.ts';

const string = text();

const connection: Shape<Connection> = object({
  loginUrl: string,
  clientId: string,
  orgId: string,
  orgName: string,
  instanceUrl: string,
  savedAt: number,
});
export const storedConnection = stored('connection', 1, connection);
export const storedSecret = stored('client secret', 1, string);
export const storedToken = stored('token', 1, object({ token: string, instanceUrl: string }));

const fieldBase = object({
  salesforce: any,
  jira: any,
  sending: optional(object({ side: literal('salesforce', 'jira'), value: any, at: number })),
  salesforceSeenAt: optional(number),
});

const link = object({
  item: string,
  object: string,
  record: string,
  issueId: string,
  issueKey: string,
  managed: literal('manual', 'auto'),
  createdAt: number,
  state: either(object({ kind: literal('active') }), object({ kind: literal('paused'), reason: string, at: number })),
  bases: record(fieldBase),
  status: optional(object({ salesforce: nullable(string), jira: string })),
  stamp: number,
  lastOutcome: optional(object({ at: number, kind: literal('ok', 'blocked', 'failed'), message: optional(string) })),
}) as Shape<Link>;
export const storedLink = stored('link', 1, link);
export const storedIssueLinks = stored('issue index', 1, list(object({ item: string, record: string })));

const claim: Shape<Claim> = object({
  key: string,
  at: number,
  run: string,
  looks: number,
  lastLookAt: optional(number),
});
export const storedClaim = stored('claim', 1, claim);

const watermark: Shape<Watermark> = object({ until: number, handled: list(string, 10_000_000) });
export const storedWatermark = stored('watermark', 1, watermark);
const activation: Shape<Activation> = object({ item: string, createSince: optional(number) });
export const storedActivation = stored('activation', 1, activation);

export interface Pauses {
  /** When every item was paused, and why, if a person did not do it. */
  readonly all?: { readonly at: number; readonly reason?: string };
  readonly items: Readonly<Record<string, { readonly at: number }>>;
}
const pauses: Shape<Pauses> = object({
  all: optional(object({ at: number, reason: optional(string) })),
  items: record(object({ at: number })),
});
export const storedPauses = stored('pause', 1, pauses);

const version = object({ version: number, savedAt: number, savedBy: string, content: string });
export const storedProgramHead = stored('program head', 1, list(version));
export const storedProgram = stored(
  'program',
  1,
  object({ version: number, savedAt: number, savedBy: string, files: record(string), plan: string }),
);

const counts = object({
  seen: number,
  created: number,
  updated: number,
  moved: number,
  pushed: number,
  skipped: number,
  blocked: number,
  failed: number,
});
const run: Shape<RunReport> = object({
  id: string,
  cause: literal('schedule', 'event', 'refresh', 'retry'),
  startedAt: number,
  endedAt: optional(number),
  items: record(counts),
  failure: optional(string),
});
export const storedRuns = stored('run page', 1, list(run));

const journalEntry = object({
  id: string,
  run: string,
  at: number,
  item: string,
  record: string,
  issueKey: optional(string),
  side: literal('salesforce', 'jira'),
  outcome: literal('created', 'written', 'moved', 'blocked', 'skipped', 'failed', 'held'),
  what: string,
  from: optional(string),
  to: optional(string),
  reason: string,
  source: string,
  lost: optional(any),
  kept: optional(any),
}) as Shape<JournalEntry>;
export const storedJournal = stored('journal page', 1, list(journalEntry));

const attention: Shape<Attention> = object({
  id: string,
  item: string,
  record: optional(string),
  issueKey: optional(string),
  since: number,
  cause: string,
  remedy: string,
  retry: optional(object({ tries: number, dueAt: number })),
});
export const storedAttention = stored('attention list', 1, list(attention));

export const storedCache = stored('cached answer', 1, object({ at: number, value: any }));
