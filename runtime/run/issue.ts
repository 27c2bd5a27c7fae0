/**
 * The event's way: read the issue and its records again, decide, and push what Jira and both sides own to
 * Salesforce at once. What Jira itself should get waits for the cycle. Events come late, twice, out of
 * order or never; this run only takes from one that there is something to see.
 */
import { type Item, recordFromRow, recordsQuery } from '../engine/index.ts';
import type { Link, RunReport, SalesforceRecord, Versioned } from '../ports.ts';
import { syncBeside } from './beside.ts';
import { adoptCreated } from './claims.ts';
import { type Deps, limitsOf } from './deps.ts';
import { issueLease, letGo, reconcileLinked } from './linked.ts';
import { endLink, pauseLink, recordGone } from './pause.ts';
import { openRun, type Run } from './run.ts';
import type { Fate, Work } from './work.ts';

/** Nothing when no link is concerned, or when somebody else is at this issue and will look again. */
export async function runIssue(deps: Deps, issueId: string): Promise<RunReport | undefined> {
  const { store } = deps;
  if ((await store.linksOfIssue(issueId)).length === 0) return undefined;
  // What was owed before the event came is more than the event tells.
  const owed = (await store.dirty(Number.POSITIVE_INFINITY)).includes(issueId);
  // Should this run die, or not even begin, the next cycle still looks.
  await store.addDirty([issueId]);
  const run = await openRun(deps, 'event');
  if ('unready' in run) return undefined;
  const lease = await store.acquire(issueLease(issueId), run.id, limitsOf(deps).leaseMs);
  if (lease === undefined) {
    await store.mark(issueLease(issueId));
    return undefined;
  }
  try {
    for (let looks = 0; looks < 3; looks++) {
      await store.takeMark(issueLease(issueId));
      const whole = owed || looks > 0;
      const fates = await lookAtIssue(run, issueId, 'event', lease, undefined, whole);
      if (fates.every(fate => fate === 'handled')) await store.dropDirty([issueId]);
      if (!(await store.takeMark(issueLease(issueId)))) break;
      await store.mark(issueLease(issueId));
    }
  } finally {
    await letGo(run, issueId, lease);
  }
  return run.close();
}

/** The app's own created event: the surest way to find an issue whose creation was never answered. */
export async function runCreated(deps: Deps, issue: { readonly id: string; readonly key: string }): Promise<void> {
  if ((await deps.store.linksOfIssue(issue.id)).length > 0) return;
  const run = await openRun(deps, 'event');
  if ('unready' in run) return;
  if (await adoptCreated(run, issue)) await run.close();
}

/** A deleted issue takes its links along; the records are never linked again by themselves. */
export async function runDeleted(deps: Deps, issueId: string): Promise<RunReport | undefined> {
  const links = await deps.store.linksOfIssue(issueId);
  if (links.length === 0) return undefined;
  const run = await openRun(deps, 'event', false);
  if ('unready' in run) {
    // Nothing runs here now, and nobody will ask for this issue again.
    for (const { value } of links) await deps.store.removeLink(value);
    return undefined;
  }
  const reason = 'the issue was deleted, so the link is gone; the Salesforce record stays as it is';
  for (const { value } of links) await endLink(run, value, reason);
  return run.close();
}

export async function lookAtIssue(
  run: Run,
  issueId: string,
  cause: 'event' | 'refresh' | 'link',
  lease: Parameters<typeof letGo>[2],
  only?: string,
  whole = cause !== 'event',
): Promise<readonly Fate[]> {
  const links = (await run.deps.store.linksOfIssue(issueId)).filter(
    ({ value }) => only === undefined || value.item === only,
  );
  const concerned = links.flatMap(link => {
    const item = run.items.get(link.value.item);
    return item === undefined || item.plan.mode === 'display-only' ? [] : [{ item, link }];
  });
  const records = await readRecords(run, concerned);
  const works = concerned.flatMap(({ item, link }): Work[] => {
    const record = records.get(link.value.record);
    return record === undefined ? [] : [{ item, record, link, cause, force: true }];
  });
  for (const { link } of concerned) {
    if (!records.has(link.value.record)) await pauseLink(run, link.value, link.revision, recordGone);
  }
  const held = { issueId, lease };
  const fates = [await reconcileLinked(run, works, held)];
  // What events tell of comments is in Jira; what a person asks for, and what is owed, is on both sides.
  fates.push(await syncBeside(run, works, () => (whole ? 'whole' : 'issue'), held));
  return fates.flatMap(some => [...some.values()]);
}

async function readRecords(
  run: Run,
  concerned: readonly { readonly item: Item; readonly link: Versioned<Link> }[],
): Promise<ReadonlyMap<string, SalesforceRecord>> {
  if (concerned.length === 0) return new Map();
  const byObject = [...Map.groupBy(concerned, ({ link }) => link.value.object).values()];
  const queries = byObject.map(group =>
    recordsQuery(
      [...new Set(group.map(({ item }) => item.plan))],
      group.map(({ link }) => link.value.record),
    ),
  );
  const { answers } = await run.deps.salesforce.query(queries.map(({ soql }) => ({ soql, all: true })));
  const records = queries.flatMap(({ object }, index) =>
    (answers[index]?.rows ?? []).flatMap(row => recordFromRow(object, row) ?? []),
  );
  return new Map(records.map(record => [record.id, record]));
}
