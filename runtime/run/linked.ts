/**
 * Linked records: looked at in pages, each issue under its lease. Per issue one PUT, per record one entry of
 * one collection call; what is about to be sent is remembered before it is sent, what was agreed after it
 * was answered. Whatever happens to one issue, the others go on.
 */
import { basesBefore, emailsIn, needsIssue, type ReconcileContext, statusSent } from '../engine/index.ts';
import { type Failure, type JiraFieldChange, type JiraIssue, type Lease, linkKey } from '../ports.ts';
import { inLanes, limitsOf } from './deps.ts';
import { followMerge } from './moved.ts';
import { outsideWhere, pauseLink } from './pause.ts';
import { remedyFor } from './remedy.ts';
import { conclude } from './remember.ts';
import { failureOf, type Run, sentence } from './run.ts';
import { park } from './trouble.ts';
import { type Decided, type Fate, fieldsOf, type Work } from './work.ts';
import { type Applied, writeIssue, writeRecords } from './write.ts';

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
    const fate = await fateAlone(run, work);
    fates.set(fateKey(work), fate ?? 'handled');
    if (fate !== undefined) continue;
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

/** What comes of it where the record's side alone shows that there is nothing to write; pauses what went away. */
async function fateAlone(run: Run, { item, record, link, cause, force }: Work): Promise<Fate | undefined> {
  const { plan } = item;
  run.see({ item: plan.id, record: record.id });
  if (plan.mode === 'display-only') return 'handled';
  if (record.mergedInto !== undefined) return followMerge(run, item, link, record.mergedInto);
  if (record.deleted) {
    await pauseLink(run, link.value, link.revision, 'the Salesforce record was deleted');
    return 'handled';
  }
  if (!item.where(record.fields)) {
    await pauseLink(run, link.value, link.revision, outsideWhere);
    return 'handled';
  }
  const isQuick = cause === 'record' && !force && link.value.state.kind === 'active';
  return isQuick && !needsIssue(item, link.value, record) ? 'handled' : undefined;
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
    const moving = statusSent(decisions.status);
    // A rule's move is forgotten before it is made: after a crash in between, the issue itself is asked.
    const unsure = status !== undefined && work.item.rule !== undefined && decisions.status.move !== undefined;
    const bases = basesBefore(value.bases, decisions);
    // Should this run die as well, the next one still tells of what those before it sent.
    const { untold: earlier = [], waiting } = decisions.status;
    const before = {
      ...(unsure ? rest : value),
      bases,
      ...(moving && { moving: earlier.length === 0 ? moving : { ...moving, earlier } }),
      // And what is known by now, also by what an earlier one sent, is not found out again once something else is sent.
      ...(moving && waiting && { status: waiting }),
    };
    const fields = Object.keys(decisions.toJira).length + Object.keys(decisions.toSalesforce).length;
    const writes = moving !== undefined || fields > 0;
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
  const failed = (works: readonly Work[], error: unknown) => {
    if (run.cause === 'event' || run.cause === 'refresh') throw error;
    run.stop(failureOf(error));
    for (const work of works) fates.set(fateKey(work), 'unhandled');
  };
  const wroteAt = run.deps.clock.now();
  const told = ready.map(one => {
    const late = wroteAt >= (leases.get(one.issue.id)?.until ?? 0);
    return { work: one.work, remember: conclude(run, one, late) };
  });
  try {
    await run.flush();
  } catch (error) {
    // What could not be told is not remembered as done either: the next run finds it there, and tells.
    failed(
      told.map(({ work }) => work),
      error,
    );
    return;
  }
  for (const { work, remember } of told) {
    try {
      fates.set(fateKey(work), await remember());
    } catch (error) {
      failed([work], error);
    }
  }
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

async function decide(
  run: Run,
  works: readonly Work[],
  issues: ReadonlyMap<string, JiraIssue>,
): Promise<readonly Decided[]> {
  const first: Judged[] = [];
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

  return withOffers(run, await withChanges(run, first));
}

type Judged = Decided & { readonly context: ReconcileContext };

/** Where the engine asks for the change log: decided anew with it. */
async function withChanges(run: Run, first: readonly Judged[]): Promise<readonly Judged[]> {
  const doubtful = first.filter(({ decisions }) => decisions.wants.length > 0);
  if (doubtful.length === 0) return first;
  const ids = [...new Set(doubtful.map(({ issue }) => issue.id))];
  const fields = [...new Set(doubtful.flatMap(({ decisions }) => decisions.wants))].sort();
  const read = await changesOf(run, ids, fields);
  // Without the change log a doubtful value counts as a person's edit.
  if (read === undefined) return first;
  return first.map(one => {
    if (one.decisions.wants.length === 0) return one;
    const context = { ...one.context, self: read.self };
    const changes = read.changes.get(one.issue.id) ?? [];
    return { ...one, context, changes, decisions: reconcileOne(run, one.work, one.issue, context, changes) };
  });
}

/** S-5: where a status is to be written to a record whose type offers some only, decided anew with what it offers. */
async function withOffers(
  run: Run,
  all: readonly (Judged & { readonly changes?: readonly JiraFieldChange[] })[],
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  for (const one of all) {
    const { work, issue, decisions, context, changes } = one;
    const { RecordTypeId: type } = work.record.fields;
    const field = decisions.status.write?.field;
    const offered =
      field !== undefined && typeof type === 'string' ? await run.offered(work.record.object, type, field) : undefined;
    if (offered === undefined) decided.push(one);
    else decided.push({ ...one, decisions: reconcileOne(run, work, issue, { ...context, offered }, changes) });
  }
  return decided;
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
  await park(run, key, {
    cause: sentence(failure),
    remedy: next => remedyFor(failure, 'fields', next),
    issueKey,
    retry: true,
  });
}

function outOfScope({ item }: Work, issue: JiraIssue): string | undefined {
  const { projects, issueType } = item.plan.jira;
  const idOf = (value: unknown) => (value as { readonly id?: unknown } | null | undefined)?.id;
  const project = idOf(issue.fields.project);
  const type = idOf(issue.fields.issuetype);
  if (project !== undefined && !projects.some(({ id }) => id === project)) {
    return `the issue was moved to a project that the item does not cover, and is ${issue.key} now`;
  }
  if (type !== undefined && issueType !== undefined && issueType.id !== type) {
    return 'the issue has another type than the item asks for';
  }
  return undefined;
}
