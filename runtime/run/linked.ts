/**
 * Linked records: looked at in pages, each issue under its lease. Per issue one PUT, per record one entry of
 * one collection call; what is about to be sent is remembered before it is sent, what was agreed after it
 * was answered. Whatever happens to one issue, the others go on.
 */
import {
  basesAfter,
  basesAsRead,
  basesBefore,
  claimKey,
  emailsIn,
  needsIssue,
  type ReconcileContext,
  recordFromRow,
  recordsQuery,
  sameStatus,
} from '../engine/index.ts';
import {
  type Failure,
  type JiraIssue,
  type Lease,
  type Link,
  type LinkState,
  linkKey,
  type SalesforceRecord,
} from '../ports.ts';
import { inLanes, limitsOf } from './deps.ts';
import { noteDecisions } from './journal.ts';
import { moveIssue } from './move.ts';
import { park, unpark } from './park.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';
import { type Decided, type Fate, fieldsOf, type Work } from './work.ts';

/** All links of one issue that this run looks at. */
interface Group {
  readonly issueId: string;
  readonly lease: Lease;
  /** The caller took the lease and gives it back. */
  readonly borrowed: boolean;
  readonly works: readonly Work[];
}

const fateKey = (work: Work): string => linkKey({ item: work.item.plan.id, record: work.record.id });

/** Answers the fate of each, by link key. A lease that the caller holds already comes along. */
export async function reconcileLinked(
  run: Run,
  works: readonly Work[],
  held?: { readonly issueId: string; readonly lease: Lease },
): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>();
  const byIssue = new Map<string, Work[]>();
  for (const work of works) {
    fates.set(fateKey(work), 'handled');
    if (!(await concerns(run, work))) continue;
    const { issueId } = work.link.value;
    byIssue.set(issueId, [...(byIssue.get(issueId) ?? []), work]);
  }

  const waiting = [...byIssue];
  const { page } = limitsOf(run.deps);
  for (let at = 0; at < waiting.length; at += page) {
    const groups: Group[] = [];
    for (const [issueId, group] of waiting.slice(at, at + page)) {
      const halt = run.stopped !== undefined || run.overdue();
      const lease = halt ? undefined : await leaseOf(run, issueId, held);
      if (lease !== undefined) groups.push({ issueId, lease, borrowed: held !== undefined, works: group });
      else for (const work of group) fates.set(fateKey(work), halt ? 'unhandled' : 'later');
    }
    try {
      await reconcilePage(run, groups, fates);
    } finally {
      for (const group of groups) if (!group.borrowed) await letGo(run, group.issueId, group.lease);
    }
  }
  return fates;
}

export const issueLease = (issueId: string): string => `issue:${issueId}`;

/** Nothing when somebody else is at it: that one looks again before it lets go, and so does the next cycle. */
async function leaseOf(run: Run, issueId: string, held: { readonly lease: Lease } | undefined) {
  if (held !== undefined) return held.lease;
  const { store } = run.deps;
  const lease = await store.acquire(issueLease(issueId), run.id, limitsOf(run.deps).leaseMs);
  if (lease === undefined) {
    await store.mark(issueLease(issueId));
    await store.addDirty([issueId]);
  }
  return lease;
}

/** Gives the lease back and sees to it that an event which came meanwhile is not lost. */
export async function letGo(run: Pick<Run, 'deps'>, issueId: string, lease: Lease): Promise<void> {
  const { store, queue } = run.deps;
  await store.release(issueLease(issueId), lease);
  if (!(await store.takeMark(issueLease(issueId)))) return;
  await store.addDirty([issueId]);
  await queue.push([{ job: { v: 1, kind: 'issue', issueId, cause: 'mark' }, lane: `issue-${issueId}` }]);
}

/** Whether the record's side alone shows that there is nothing to do; pauses what went away. */
async function concerns(run: Run, { item, record, link, cause, force }: Work): Promise<boolean> {
  const { plan } = item;
  run.count(plan.id, 'seen');
  if (plan.mode === 'display-only') return false;
  if (record.deleted) {
    const reason =
      record.mergedInto === undefined
        ? 'the Salesforce record was deleted'
        : `the Salesforce record was merged into ${record.mergedInto}`;
    await pauseLink(run, link.value, link.revision, reason);
    return false;
  }
  if (!item.where(record.fields)) {
    run.count(plan.id, 'skipped');
    return false;
  }
  if (cause === 'record' && !force && link.value.state.kind === 'active') return needsIssue(item, link.value, record);
  return true;
}

/** Asked for by id and not answered, not even among the deleted ones. */
export const recordGone = 'the Salesforce record is gone for good, or the integration user may no longer read it';

export async function pauseLink(run: Run, link: Link, revision: number, reason: string): Promise<void> {
  if (link.state.kind === 'paused' && link.state.reason === reason) return;
  const state: LinkState = { kind: 'paused', reason, at: run.deps.clock.now() };
  if (!(await run.deps.store.putLink({ ...link, state }, revision))) return;
  const item = run.items.get(link.item)?.plan;
  run.count(link.item, 'skipped');
  if (item === undefined) return;
  run.note({
    item: link.item,
    record: link.record,
    issueKey: link.issueKey,
    side: 'jira',
    outcome: 'skipped',
    what: 'Link',
    reason: `${reason}; the link is paused`,
    origin: item.origin,
  });
}

/** A write that is begun under a lease must be over before the lease is. */
const leaseMarginMs = 30_000;

async function reconcilePage(run: Run, groups: readonly Group[], fates: Map<string, Fate>): Promise<void> {
  if (groups.length === 0) return;
  const { jira, store } = run.deps;
  const works = groups.flatMap(group => group.works);
  const fateOfAll = (fate: Fate) => {
    for (const work of works) fates.set(fateKey(work), fate);
  };

  let decided: readonly Decided[];
  try {
    const issues = await jira.issues(
      groups.map(group => group.issueId),
      fieldsOf(works.map(work => work.item)),
    );
    decided = await decide(run, works, new Map(issues.map(issue => [issue.id, issue])));
  } catch (error) {
    const failure = failureOf(error);
    if (run.cause === 'event' || run.cause === 'refresh') throw error;
    if (failure.kind === 'refused' || failure.kind === 'forbidden' || failure.kind === 'gone') {
      // It would be refused again: these wait with growing delays, and the others go on.
      for (const work of works) await parkUnread(run, work, failure);
    } else {
      // A page that cannot be read now is left for the next run; the watermark waits for it.
      run.stop(failure);
      fateOfAll('unhandled');
    }
    return;
  }

  const ready: Applied[] = [];
  const leases = new Map(groups.map(({ issueId, lease }) => [issueId, lease]));
  for (const one of decided) {
    const { work, decisions } = one;
    const { value, revision } = work.link;
    if (run.deps.clock.now() >= (leases.get(value.issueId)?.until ?? 0) - leaseMarginMs) {
      fates.set(fateKey(work), 'unhandled');
      continue;
    }
    const { status, ...rest } = value;
    // A rule's move is forgotten before it is made: after a crash in between, the issue itself is asked.
    const unsure = status !== undefined && work.item.rule !== undefined && decisions.status.move !== undefined;
    const before = { ...(unsure ? rest : value), bases: basesBefore(value.bases, decisions) };
    const writes = unsure || Object.keys(decisions.toJira).length + Object.keys(decisions.toSalesforce).length > 0;
    if (!writes || (await store.putLink(before, revision))) {
      ready.push({ ...one, revision: writes ? revision + 1 : revision, refused: new Map(), doubted: new Map() });
    } else {
      // Somebody else wrote the link since it was read; the next cycle looks with fresh eyes.
      await store.addDirty([value.issueId]);
      fates.set(fateKey(work), 'later');
    }
  }

  const byIssue = Map.groupBy(ready, one => one.issue.id);
  await inLanes([...byIssue.values()], limitsOf(run.deps).lanes, group => writeIssue(run, group));
  await writeRecords(run, ready);
  for (const one of ready) {
    try {
      fates.set(fateKey(one.work), await finish(run, one));
    } catch (error) {
      if (run.cause === 'event' || run.cause === 'refresh') throw error;
      run.stop(failureOf(error));
      fates.set(fateKey(one.work), 'unhandled');
    }
  }
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

async function decide(
  run: Run,
  works: readonly Work[],
  issues: ReadonlyMap<string, JiraIssue>,
): Promise<readonly Decided[]> {
  const first: (Decided & { readonly context: ReconcileContext })[] = [];
  for (const work of works) {
    const { value, revision } = work.link;
    const issue = issues.get(value.issueId);
    const away = issue === undefined ? 'the issue is deleted or hidden from the app' : outOfScope(work, issue);
    if (issue === undefined || away !== undefined) {
      await pauseLink(run, value, revision, away ?? '');
      continue;
    }
    const { plan } = work.item;
    const key = plan.jira.projects[0]?.key ?? '';
    const emails = emailsIn(plan.mappings, work.record.fields);
    const context = { people: await run.people(emails, key), self: '' };
    const decisions = await guarded(run, work, () => reconcileOne(run, work, issue, context));
    if (decisions !== undefined) first.push({ work, issue, decisions, context });
  }

  const doubtful = first.filter(({ decisions }) => decisions.wants.length > 0);
  if (doubtful.length === 0) return first;
  const ids = [...new Set(doubtful.map(({ issue }) => issue.id))];
  const fields = [...new Set(doubtful.flatMap(({ decisions }) => decisions.wants))].sort();
  const read = await changesOf(run, ids, fields);
  // Without the change log a doubtful value counts as a person's edit.
  if (read === undefined) return first;
  const { changes, self } = read;
  return first.map(one => {
    if (one.decisions.wants.length === 0) return one;
    const context = { ...one.context, self };
    return { ...one, decisions: reconcileOne(run, one.work, one.issue, context, changes.get(one.issue.id) ?? []) };
  });
}

async function changesOf(run: Run, ids: readonly string[], fields: readonly string[]) {
  try {
    const [changes, self] = await Promise.all([run.deps.jira.changes(ids, fields), run.self()]);
    return { changes, self };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'refused' && failure.kind !== 'forbidden') throw error;
    run.deps.log.warn('change logs were refused', { run: run.id, code: failure.code });
    return undefined;
  }
}

function reconcileOne(
  run: Run,
  { item, record, link, cause }: Work,
  issue: JiraIssue,
  context: ReconcileContext,
  changes?: Parameters<typeof item.reconcile>[0]['changes'],
) {
  const now = run.deps.clock.now();
  return item.reconcile({ link: link.value, record, issue, context, cause, now, ...(changes && { changes }) });
}

/** An error that nobody foresaw delays its own record only. */
async function guarded<T>(run: Run, work: Work, decideOne: () => T): Promise<T | undefined> {
  try {
    return decideOne();
  } catch (error) {
    await parkUnread(run, work, failureOf(error));
    return undefined;
  }
}

async function parkUnread(run: Run, { item, record, link }: Work, failure: Failure): Promise<void> {
  const key = { item: item.plan.id, record: record.id };
  const { issueKey } = link.value;
  await park(run, key, { cause: sentence(failure), remedy: remedyFor(failure), issueKey, retry: true });
}

function outOfScope({ item }: Work, issue: JiraIssue): string | undefined {
  const { projects, issueType } = item.plan.jira;
  const idOf = (value: unknown) => (value as { readonly id?: unknown } | null | undefined)?.id;
  const project = idOf(issue.fields.project);
  const type = idOf(issue.fields.issuetype);
  if (project !== undefined && !projects.some(({ id }) => id === project)) {
    return 'the issue was moved to a project that the item does not cover';
  }
  if (type !== undefined && issueType !== undefined && issueType.id !== type) {
    return 'the issue has another type than the item asks for';
  }
  return undefined;
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────

interface Applied extends Decided {
  readonly revision: number;
  /** Writes that did not happen, and writes of which nobody knows; by side and field. */
  readonly refused: Map<string, Failure>;
  readonly doubted: Map<string, Failure>;
  blocked?: string;
  moved?: boolean;
  moveFailure?: Failure;
  /** The record after it was written. */
  read?: SalesforceRecord;
}

const at = (side: 'salesforce' | 'jira', field: string) => `${side} ${field}`;

function fail(one: Applied, side: 'salesforce' | 'jira', fields: readonly string[], failure: Failure): void {
  for (const field of fields) (failure.kind === 'unknown' ? one.doubted : one.refused).set(at(side, field), failure);
}

/** One PUT for all that the links of an issue want, then the moves. */
async function writeIssue(run: Run, group: readonly Applied[]): Promise<void> {
  const { jira } = run.deps;
  const issueId = group[0]!.issue.id;
  let fields: Record<string, unknown> = Object.assign({}, ...group.map(one => one.decisions.toJira));
  const failed = (failure: Failure, names: readonly string[]) => {
    for (const one of group)
      fail(
        one,
        'jira',
        names.filter(name => name in one.decisions.toJira),
        failure,
      );
    if (stopsRun(failure)) run.stop(failure);
  };
  if (run.stopped) {
    failed(run.stopped, Object.keys(fields));
    fields = {};
  }
  // A refusal that names fields costs those only: the others go in a second try.
  for (let tries = 0; Object.keys(fields).length > 0 && tries < 2; tries++) {
    try {
      await jira.update(issueId, fields);
      break;
    } catch (error) {
      const failure = failureOf(error);
      const named = failure.kind === 'refused' ? failure.fields.filter(field => field in fields) : [];
      const all = Object.keys(fields);
      const last = tries === 1 || named.length === 0 || named.length === all.length;
      failed(failure, last ? all : named);
      if (last) break;
      fields = Object.fromEntries(Object.entries(fields).filter(([field]) => !named.includes(field)));
    }
  }
  for (const one of group) {
    if (one.decisions.status.move === undefined) continue;
    if (run.stopped) {
      one.moveFailure = run.stopped;
      continue;
    }
    const result = await moveIssue(run, one.issue, one.decisions.status.move);
    if (result.kind === 'moved') one.moved = true;
    else if (result.kind === 'blocked') one.blocked = result.reason;
    else {
      one.moveFailure = result.failure;
      if (stopsRun(result.failure)) run.stop(result.failure);
    }
  }
}

/** All records of the page in one call; then they are read, since Salesforce may keep another form. */
async function writeRecords(run: Run, all: readonly Applied[]): Promise<void> {
  const { salesforce } = run.deps;
  const { stopped } = run;
  const writing = all.filter(one => Object.keys(one.decisions.toSalesforce).length > 0);
  if (writing.length === 0) return;
  if (stopped !== undefined) {
    for (const one of writing) fail(one, 'salesforce', Object.keys(one.decisions.toSalesforce), stopped);
    return;
  }
  const byRecord = [...Map.groupBy(writing, one => one.work.record.id).values()];
  const written: Applied[] = [];

  let open = byRecord.map(group => ({
    group,
    fields: Object.assign({}, ...group.map(one => one.decisions.toSalesforce)) as Record<string, unknown>,
  }));
  for (let tries = 0; open.length > 0 && tries < 2; tries++) {
    const again: typeof open = [];
    const refuse = (one: (typeof open)[number], failure: Failure, names: readonly string[]) => {
      for (const member of one.group) {
        fail(
          member,
          'salesforce',
          names.filter(name => name in member.decisions.toSalesforce),
          failure,
        );
      }
      if (stopsRun(failure)) run.stop(failure);
    };
    try {
      const outcomes = await salesforce.update(
        open.map(({ group, fields }) => ({
          object: group[0]!.work.record.object,
          id: group[0]!.work.record.id,
          fields,
        })),
      );
      open.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome?.ok) {
          written.push(...one.group);
          return;
        }
        const failure: Failure = outcome?.failure ?? unanswered;
        const names = Object.keys(one.fields);
        const named = failure.kind === 'refused' ? failure.fields.filter(field => field in one.fields) : [];
        const last = tries === 1 || named.length === 0 || named.length === names.length;
        refuse(one, failure, last ? names : named);
        if (last) return;
        const fields = Object.fromEntries(Object.entries(one.fields).filter(([field]) => !named.includes(field)));
        again.push({ group: one.group, fields });
      });
    } catch (error) {
      const failure = failureOf(error);
      for (const one of open) refuse(one, failure, Object.keys(one.fields));
    }
    open = again;
  }
  await readBack(run, written);
}

const unanswered: Failure = {
  system: 'salesforce',
  kind: 'unknown',
  code: 'NO_ANSWER',
  message: 'no answer for this record',
  fields: [],
};

async function readBack(run: Run, written: readonly Applied[]): Promise<void> {
  if (written.length === 0 || run.stopped) return;
  const byObject = [...Map.groupBy(written, one => one.work.record.object).values()];
  const queries = byObject.map(group =>
    recordsQuery(
      [...new Set(group.map(one => one.work.item.plan))],
      group.map(one => one.work.record.id),
    ),
  );
  try {
    const { answers } = await run.deps.salesforce.query(queries.map(({ soql }) => ({ soql, all: true })));
    byObject.forEach((group, index) => {
      const rows = answers[index]?.rows ?? [];
      const object = queries[index]!.object;
      const records = rows.flatMap(row => recordFromRow(object, row) ?? []);
      for (const one of group) {
        const read = records.find(record => record.id === one.work.record.id);
        if (read !== undefined) one.read = read;
      }
    });
  } catch (error) {
    // Without it a value that Salesforce reformatted is sent once more, at worst.
    run.deps.log.warn('records were not read back', { run: run.id, code: failureOf(error).code });
  }
}

// ── remembering ─────────────────────────────────────────────────────────────────────────────────

async function finish(run: Run, one: Applied): Promise<Fate> {
  const { work, decisions, issue } = one;
  const { store, clock } = run.deps;
  const { value: link } = work.link;
  const key = { item: link.item, record: link.record };

  let bases = basesAfter(link.bases, decisions, (side, field) =>
    one.refused.has(at(side, field)) ? 'refused' : one.doubted.has(at(side, field)) ? 'unknown' : 'arrived',
  );
  if (one.read !== undefined) bases = basesAsRead(work.item, bases, decisions, one.read);

  const failures = [...new Set([...one.refused.values(), ...one.doubted.values(), one.moveFailure ?? []].flat())];
  const problems = decisions.decisions.filter(({ outcome }) => outcome === 'problem' || outcome === 'hold');
  const trouble =
    failures[0] !== undefined ? sentence(failures[0]) : problems.length > 0 ? problemText(problems) : undefined;
  // An event never moves the issue, so it cannot tell that an earlier trouble is over: the next cycle can.
  const earlier = link.lastOutcome !== undefined && link.lastOutcome.kind !== 'ok' ? link.lastOutcome : undefined;
  const open = run.cause === 'event' && trouble === undefined ? earlier : undefined;
  const kind = trouble !== undefined ? 'failed' : one.blocked !== undefined ? 'blocked' : (open?.kind ?? 'ok');
  const message = trouble ?? one.blocked ?? open?.message;
  const known = link.lastOutcome?.kind === kind && link.lastOutcome.message === message;

  noteDecisions(run, one, known);
  const status = statusAfter(one);
  const { lastOutcome: _, status: __, ...rest } = link;
  const after: Link = {
    ...rest,
    issueKey: issue.key,
    state: { kind: 'active' },
    bases,
    ...(status && { status }),
    stamp: one.read?.stamp ?? work.record.stamp,
    lastOutcome: known ? link.lastOutcome! : { at: clock.now(), kind, ...(message === undefined ? {} : { message }) },
  };
  // A crash may have left the claim behind that the link was made under; the link wins.
  if (link.lastOutcome === undefined) await store.dropClaim(claimKey(run.org, key.item, key.record));
  const kept = !differs(after, link, one.revision !== work.link.revision) || (await store.putLink(after, one.revision));
  if (failures.some(stopsRun)) return 'unhandled';
  if (trouble !== undefined) {
    const { issueKey } = after;
    const [failure] = failures;
    const remedy = failure === undefined ? 'Correct the value in its own system, or the program.' : remedyFor(failure);
    const retry = failure !== undefined;
    if (!known || retry) await park(run, key, { cause: trouble, remedy, issueKey, retry });
  } else if (run.cause !== 'event') await unpark(run, key);
  if (kept && !decisions.later && open === undefined) return 'handled';
  await store.addDirty([issue.id]);
  return 'later';
}

const problemText = (problems: readonly { readonly what: string; readonly reason: string }[]): string =>
  problems.map(({ what, reason }) => `${what}: ${reason}`).join('; ');

function remedyFor(failure: Failure): string {
  switch (failure.kind) {
    case 'forbidden':
      return failure.system === 'jira'
        ? 'Give the app permission to edit and move issues of this project.'
        : 'Give the integration user access to the object and its fields.';
    case 'unauthorized':
      return 'Save the Salesforce connection again.';
    case 'refused':
      return 'Correct the value, or the rule of the system that refused it; it is tried again by itself.';
    default:
      return 'Nothing to do: it is tried again by itself.';
  }
}

/** The statuses as far as they are true: a move that did not happen is not remembered. */
function statusAfter(one: Applied): Link['status'] {
  const { decisions, issue, work } = one;
  const { status, move, write } = decisions.status;
  if (status === undefined || one.moveFailure !== undefined) return work.link.value.status;
  const current = (issue.fields.status as { readonly name?: unknown } | null | undefined)?.name;
  if (move !== undefined && !one.moved && !sameStatus(move.to.name, String(current))) {
    return { salesforce: status.salesforce, jira: typeof current === 'string' ? current : '' };
  }
  if (
    write !== undefined &&
    (one.refused.has(at('salesforce', write.field)) || one.doubted.has(at('salesforce', write.field)))
  ) {
    return work.link.value.status;
  }
  return status;
}

/** Times alone are not worth a write. */
function differs(after: Link, before: Link, written: boolean): boolean {
  const shape = (link: Link) => {
    const { stamp: _, lastOutcome, ...rest } = link;
    const { at: __, ...outcome } = lastOutcome ?? { at: 0 };
    return JSON.stringify([rest.bases, rest.status, rest.state, rest.issueKey, outcome]);
  };
  return written || shape(after) !== shape(before);
}
