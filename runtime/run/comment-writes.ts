/**
 * Comments on their way: those of Salesforce in collections, those of Jira one by one, and what came of each,
 * as pairs remember it and as people read it in the journal.
 */
import type { CommentPair, Copy } from '../conversation.ts';
import type { CommentWrite, JiraCommentWrite, SalesforceCommentWrite } from '../engine/index.ts';
import type { Failure, Instant, Lease, Link, Outcome } from '../ports.ts';
import { remedyFor } from './remedy.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';
import { park, type Trouble } from './trouble.ts';

export interface Sent {
  readonly write: CommentWrite;
  readonly id?: string;
  /** As Jira keeps it. */
  readonly body?: unknown;
  readonly failure?: Failure;
  /** Not begun: another look does it. */
  readonly left?: true;
}

/** A write that is begun under a lease must be over before the lease is. */
const leaseMarginMs = 30_000;
export const isEnding = (run: Run, lease: Lease): boolean =>
  run.stopped !== undefined || run.deps.clock.now() >= lease.until - leaseMarginMs;

export async function sendComments(
  run: Run,
  link: Link,
  lease: Lease,
  writes: readonly CommentWrite[],
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const toSalesforce = writes.filter(write => write.side === 'salesforce');
  for (const act of ['create', 'update'] as const) {
    const some = toSalesforce.filter(write => write.act === act);
    if (some.length > 0) sent.push(...(await sendToSalesforce(run, link, lease, act, some)));
  }
  for (const write of writes) if (write.side === 'jira') sent.push(await sendToJira(run, link, lease, write));
  return sent;
}

async function sendToSalesforce(
  run: Run,
  link: Link,
  lease: Lease,
  act: 'create' | 'update',
  writes: readonly SalesforceCommentWrite[],
): Promise<readonly Sent[]> {
  if (isEnding(run, lease)) return writes.map(write => ({ write, left: true }));
  const { salesforce } = run.deps;
  let outcomes: readonly Outcome<unknown>[];
  try {
    outcomes = await (act === 'create'
      ? salesforce.insert(writes.map(({ object, fields }) => ({ object, fields })))
      : salesforce.change(writes.map(({ object, fields, id }) => ({ object, fields, id: id! }))));
  } catch (error) {
    const failure = failureOf(error);
    outcomes = writes.map(() => ({ ok: false, failure }));
  }
  const isGone = (one: Outcome<unknown>) => !one.ok && one.failure.kind === 'gone';
  const gone = outcomes.some(isGone) ? await whatIsGone(() => seesRecord(run, link)) : asTold;
  return writes.map((write, at): Sent => {
    const outcome = outcomes[at]!;
    if (!outcome.ok) return failed(run, write, gone(outcome.failure));
    return { write, id: write.id ?? String(outcome.value) };
  });
}

async function sendToJira(run: Run, link: Link, lease: Lease, write: JiraCommentWrite): Promise<Sent> {
  if (isEnding(run, lease)) return { write, left: true };
  const { jira } = run.deps;
  try {
    const { body, as, id } = write;
    const kept =
      id === undefined
        ? await jira.addComment(link.issueId, { body, internal: as!.internal, marker: as!.marker })
        : await jira.editComment(link.issueId, id, { body, ...as });
    return { write, id: kept.id, body: kept.body };
  } catch (error) {
    const failure = failureOf(error);
    const gone = failure.kind === 'gone' ? await whatIsGone(() => seesIssue(run, link)) : asTold;
    return failed(run, write, gone(failure));
  }
}

const asTold = (failure: Failure): Failure => failure;

/** Both say the same of a comment that was deleted and of an issue or record that the app may not see just now. */
async function whatIsGone(isSeen: () => Promise<boolean>): Promise<(failure: Failure) => Failure> {
  try {
    if (await isSeen()) return asTold;
  } catch (error) {
    const unclear = failureOf(error);
    return failure => (failure.kind === 'gone' ? unclear : failure);
  }
  return failure => (failure.kind === 'gone' ? { ...failure, kind: 'busy' } : failure);
}

const seesIssue = async ({ deps: { jira } }: Run, { issueId }: Link): Promise<boolean> =>
  (await jira.issues([issueId], ['project'])).length > 0;

async function seesRecord({ deps: { salesforce } }: Run, { object, record }: Link): Promise<boolean> {
  const { answers } = await salesforce.query([{ soql: `SELECT Id FROM ${object} WHERE Id = '${record}'` }]);
  return (answers[0]?.rows ?? []).length > 0;
}

function failed(run: Run, write: CommentWrite, failure: Failure): Sent {
  if (stopsRun(failure)) run.stop(failure);
  return { write, failure };
}

// ── remembering ─────────────────────────────────────────────────────────────────────────────────

const samePair = (a: CommentPair) => (b: CommentPair) => a.from === b.from && a.source === b.source;

/**
 * What to remember before anything is sent: copies to be made as asked for; of what is changed, what it was, and
 * beside it what it is to be.
 */
export function pairsBefore(
  decided: readonly CommentPair[],
  before: readonly CommentPair[],
  writes: readonly CommentWrite[],
  at: Instant,
): readonly CommentPair[] {
  const changes = new Map(writes.filter(({ act }) => act === 'update').map(write => [write.pair, write]));
  return decided.map(pair => {
    const change = changes.get(pair);
    const old = change === undefined ? undefined : before.find(samePair(pair));
    if (change === undefined || old === undefined) return pair;
    const { digest, open, copies } = pair;
    const { part, lost } = change;
    const to = part === undefined ? 'original' : 'copy';
    const sending = { to, at, digest, open, copies, ...(lost === undefined ? {} : { lost }) } as const;
    return {
      ...old,
      copies: copies.map((slot, at) => (slot.id === undefined ? slot : (old.copies[at] ?? slot))),
      sending,
    };
  });
}

/** `before`: as it was; an edit that did not arrive is seen again by it. */
export function pairsAfter(
  decided: readonly CommentPair[],
  before: readonly CommentPair[],
  sent: readonly Sent[],
  digestOf: (body: unknown) => string,
): readonly CommentPair[] {
  const byPair = Map.groupBy(sent, ({ write }) => write.pair);
  return decided.flatMap(pair => {
    const results = byPair.get(pair);
    if (results === undefined) return [pair];
    const old = before.find(samePair(pair));
    const after = results.reduce((now, one) => pairAfter(now, old, one, digestOf), pair);
    return after.copies.some(({ id, at }) => id !== undefined || (at ?? 0) > 0) ? [after] : [];
  });
}

function pairAfter(
  pair: CommentPair,
  old: CommentPair | undefined,
  { write, id, body, failure }: Sent,
  digestOf: (body: unknown) => string,
): CommentPair {
  const { part } = write;
  const arrived = id !== undefined;
  // What was refused, or never begun, is not on its way.
  const asBefore = failure?.kind === 'unknown' ? old : old && withoutSending(old);
  if (part === undefined) {
    // The original itself. Where it may not be changed, it stays as it is, and the copy with it.
    if (arrived) return body === undefined ? pair : { ...pair, digest: digestOf(body) };
    return failure !== undefined && lasting.has(failure.kind)
      ? { ...pair, digest: old?.digest ?? '' }
      : (asBefore ?? pair);
  }
  const withCopy = (copy: Copy): CommentPair => ({
    ...pair,
    copies: pair.copies.map((slot, at) => (at === part ? copy : slot)),
  });
  const { digest } = pair.copies[part]!;
  const words = digest === undefined ? {} : { digest };
  if (arrived) return withCopy({ id, ...words });
  if (write.act === 'create') {
    // Known not to be there, it is made anew without being looked for; else it keeps the time of asking.
    return failure?.kind === 'unknown' ? pair : withCopy({ at: 0, ...words });
  }
  if (failure?.kind === 'gone') return withCopy({ ...(write.id && { id: write.id }), gone: true });
  return asBefore ?? pair;
}

const withoutSending = ({ sending: _, ...pair }: CommentPair): CommentPair => pair;

const lasting: ReadonlySet<Failure['kind']> = new Set(['refused', 'forbidden', 'gone']);

// ── telling ─────────────────────────────────────────────────────────────────────────────────────

/**
 * `again`: something failed that the next look may well do. `unclear`: an answer was lost, for the first time. `parked`:
 * what was refused, or was unclear before, waits with growing delays.
 */
export type Told = 'well' | 'parked' | 'unclear' | 'again';
const urgency: readonly Told[] = ['well', 'parked', 'unclear', 'again'];

export async function tellComments(run: Run, link: Link, sent: readonly Sent[]): Promise<Told> {
  let fate: Told = 'well';
  for (const { write, id, failure } of sent) {
    const { side, act, reason } = write;
    const entry = entryOf(link, write);
    if (id !== undefined) {
      run.count(link.item, side === 'jira' ? 'updated' : 'pushed');
      run.note({ ...entry, ...conflictOf(write), outcome: act === 'create' ? 'created' : 'written', reason });
    } else if (failure !== undefined && write.part === undefined && lasting.has(failure.kind)) {
      run.note({ ...entry, outcome: 'failed', reason: `${reason}; the comment stays as it is: ${sentence(failure)}` });
    } else if (failure?.kind === 'gone' && act === 'update') {
      run.note({ ...entry, outcome: 'skipped', reason: `${reason}, but its copy was deleted` });
    } else if (failure !== undefined) {
      const isNews = await park(run, link, troubleWith(failure, link), 'comments');
      if (isNews) run.note({ ...entry, outcome: 'failed', reason: `${reason}; ${sentence(failure)}` });
      const own = failure.kind === 'unknown' && isNews ? 'unclear' : isTriedLater(failure) ? 'parked' : 'again';
      if (urgency.indexOf(own) > urgency.indexOf(fate)) fate = own;
    }
  }
  return fate;
}

/** What gave way to words that were written, when both sides were edited. */
export const conflictOf = ({ lost, start }: Pick<CommentWrite, 'lost' | 'start'>) =>
  lost === undefined ? {} : { lost, kept: start };

/** What the journal says of every comment, whatever came of it. */
export const entryOf = (link: Link, { side, start, origin }: Pick<CommentWrite, 'side' | 'start' | 'origin'>) => ({
  ...about(link),
  side,
  what: 'Comment',
  origin,
  ...(start === '' ? {} : { to: start }),
});

const isTriedLater = ({ kind }: Failure): boolean => lasting.has(kind) || kind === 'unknown';

export const about = ({ item, record, issueKey }: Link) => ({ item, record, issueKey });

export function troubleWith(failure: Failure, { issueKey }: Link): Trouble {
  return { cause: sentence(failure), remedy: next => remedyFor(failure, 'talk', next), issueKey, retry: true };
}
