/**
 * The stored values: name, version and shape of each. A change of a shape that older values do not fit
 * raises the version and adds a migration in the same line.
 */
import type { Pairs } from '../conversation.ts';
import type {
  Activation,
  Attention,
  CatchUp,
  Claim,
  Connection,
  Hold,
  JournalEntry,
  Link,
  LinkKey,
  RunReport,
  Sweep,
  Watermark,
} from '../ports.ts';
import {
  any,
  boolean,
  either,
  keeping,
  list,
  literal,
  nullable,
  number,
  optional,
  record,
  type Shape,
  text,
} from '../shape.ts';
import { stored } from './stored.ts';

const string = text();

const connection: Shape<Connection> = keeping({
  loginUrl: string,
  clientId: string,
  orgId: string,
  orgName: string,
  instanceUrl: string,
  savedAt: number,
  linksOf: optional(string),
});
export const storedConnection = stored('connection', 1, connection);
export const storedOrg = stored('org', 1, string);
export const storedSecret = stored('client secret', 1, string);
export const storedToken = stored(
  'token',
  1,
  keeping({ token: string, instanceUrl: string, orgId: optional(string), at: optional(number) }),
);

const side = literal('salesforce', 'jira');
const fieldBase = keeping({
  salesforce: any,
  jira: any,
  sending: optional(
    list(
      keeping({
        side,
        value: any,
        at: number,
        from: optional(any),
        lost: optional(any),
        over: optional(number),
        again: optional(literal(true)),
        told: optional(literal(true)),
      }),
    ),
  ),
  written: optional(keeping({ side, value: any })),
  seen: optional(keeping({ value: any, at: number })),
  over: optional(number),
  choice: optional(side),
});

const link = keeping({
  item: string,
  object: string,
  record: string,
  issue: optional(string),
  issueId: string,
  issueKey: string,
  managed: literal('manual', 'auto'),
  createdAt: number,
  state: either(keeping({ kind: literal('active') }), keeping({ kind: literal('paused'), reason: string, at: number })),
  bases: record(fieldBase),
  status: optional(
    keeping({
      salesforce: nullable(string),
      jira: string,
      seen: optional(keeping({ value: nullable(string), at: number })),
      over: optional(number),
      owed: optional(literal(true)),
    }),
  ),
  moving: optional(
    keeping({
      side,
      to: string,
      beside: optional(nullable(string)),
      over: optional(number),
      earlier: optional(list(keeping({ side, to: string }))),
    }),
  ),
  stamp: number,
  note: optional(keeping({ at: number, id: optional(string), refused: optional(string) })),
  lastOutcome: optional(
    keeping({
      at: number,
      kind: literal('ok', 'blocked', 'failed'),
      message: optional(string),
      held: optional(string),
      dismissed: optional(literal(true)),
    }),
  ),
}) as unknown as Shape<Link>;
export const storedLink = stored('link', 1, link);
const linkName: Shape<LinkKey> = keeping({ item: string, record: string, issue: optional(string) });
export const storedIssueLinks = stored('issue index', 1, list(linkName));

const copy = keeping({
  id: optional(string),
  at: optional(number),
  digest: optional(string),
  gone: optional(literal(true)),
});
const pairs = keeping({
  issueId: string,
  looked: string,
  comments: list(
    keeping({
      from: side,
      source: string,
      digest: string,
      open: boolean,
      copies: list(copy),
      skipped: optional(string),
      sending: optional(
        keeping({
          to: literal('original', 'copy'),
          at: number,
          digest: string,
          open: boolean,
          copies: list(copy),
          lost: optional(string),
        }),
      ),
    }),
  ),
  files: list(
    keeping({
      from: side,
      name: string,
      size: number,
      checksum: string,
      document: optional(string),
      attachment: optional(string),
      at: optional(number),
      skipped: optional(string),
      notes: keeping({ salesforce: optional(copy), jira: optional(copy) }),
    }),
  ),
  forgot: boolean,
}) as unknown as Shape<Pairs>;
export const storedPairs = stored('comment and file pairs', 1, pairs);
export const storedMarkerKey = stored('marker key', 1, string);

const claim = keeping({
  key: string,
  at: number,
  run: string,
  looks: number,
  lastLookAt: optional(number),
  bases: optional(record(fieldBase)),
}) as unknown as Shape<Claim>;
export const storedClaim = stored('claim', 1, claim);

const watermark: Shape<Watermark> = keeping({
  until: number,
  handled: list(string, 10_000_000),
  lookedAt: optional(number),
});
export const storedWatermark = stored('watermark', 1, watermark);
const activation: Shape<Activation> = keeping({
  item: string,
  createSince: optional(number),
  caughtUp: optional(number),
  allowed: optional(number),
  unread: optional(number),
});
export const storedActivation = stored('activation', 1, activation);

const sweep: Shape<Sweep> = keeping({
  startedAt: number,
  item: optional(string),
  after: optional(string),
  done: optional(literal(true)),
}) as unknown as Shape<Sweep>;
export const storedSweep = stored('sweep', 1, sweep);
const catchUp: Shape<CatchUp> = keeping({
  version: number,
  items: list(string),
  after: optional(string),
  linksDone: optional(literal(true)),
  records: record(string),
}) as unknown as Shape<CatchUp>;
export const storedCatchUp = stored('catch-up', 1, catchUp);
const hold: Shape<Hold> = keeping({ until: number, kind: literal('asked', 'reserve'), reason: string });
export const storedHold = stored('hold', 1, hold);

export interface Pauses {
  /** When every item was paused, and why, if a person did not do it. */
  readonly all?: { readonly at: number; readonly reason?: string };
  /** With a reason when the bridge itself did it, to hold this program version back. */
  readonly items: Readonly<
    Record<string, { readonly at: number; readonly reason?: string; readonly version?: number }>
  >;
}
const pauses: Shape<Pauses> = keeping({
  all: optional(keeping({ at: number, reason: optional(string) })),
  items: record(keeping({ at: number, reason: optional(string), version: optional(number) })),
});
export const storedPauses = stored('pause', 1, pauses);

const version = keeping({ version: number, savedAt: number, savedBy: string, content: string });
export const storedProgramHead = stored('program head', 1, list(version));
export const storedProgram = stored(
  'program',
  1,
  keeping({ version: number, savedAt: number, savedBy: string, files: record(string), plan: string }),
);

const counts = keeping({
  seen: number,
  created: number,
  updated: number,
  moved: number,
  pushed: number,
  skipped: number,
  blocked: number,
  failed: number,
});
const run: Shape<RunReport> = keeping({
  id: string,
  cause: literal('schedule', 'event', 'refresh', 'retry'),
  startedAt: number,
  endedAt: optional(number),
  items: record(counts),
  failure: optional(string),
});
export const storedRuns = stored('run page', 1, list(run));

const journalEntry = keeping({
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
}) as unknown as Shape<JournalEntry>;
export const storedJournal = stored('journal page', 1, list(journalEntry));

/** who did what, when; of people only the account id. */
export interface AuditEntry {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  /** The function's name: `items.save`, `link`. */
  readonly what: string;
  /** Ids and names of what it was done to. */
  readonly about: Readonly<Record<string, string>>;
}
const audit: Shape<AuditEntry> = keeping({ id: string, at: number, by: string, what: string, about: record(string) });
export const storedAudit = stored('audit page', 1, list(audit));

const attention: Shape<Attention> = keeping({
  id: string,
  item: string,
  record: optional(string),
  issueKey: optional(string),
  since: number,
  cause: string,
  remedy: string,
  held: optional(list(string)),
  retry: optional(keeping({ tries: number, dueAt: number })),
  tries: optional(number),
});
export const storedAttention = stored('attention list', 1, list(attention));

export const storedCache = stored('cached answer', 1, keeping({ at: number, value: any }));

export const storedDirty = stored('list of issues to look at', 1, list(string));
