/**
 * What a person does from the panel: link a record to an issue, unlink it, look again now. The same
 * reconcile decides as in a cycle; a refusal says which other side is in the way.
 */
import { claimKey, type Item, recordFromRow, recordsQuery } from '../engine/index.ts';
import { type Link, type LinkKey, linkKey, type RunReport, type SalesforceRecord, type Versioned } from '../ports.ts';
import { type Deps, limitsOf } from './deps.ts';
import { lookAtIssue } from './issue.ts';
import { issueLease, letGo } from './linked.ts';
import { takeOver } from './moved.ts';
import { endLink } from './pause.ts';
import { failureOf, formerId, openRun, type Run, sentence } from './run.ts';
import type { Fate } from './work.ts';

export type Refusal = {
  readonly ok: false;
  /** For callers that choose a status; the message is for people. */
  readonly code: 'not-ready' | 'not-found' | 'out-of-scope' | 'already-linked' | 'busy' | 'automatic';
  readonly message: string;
};
export type Linking<T> = { readonly ok: true; readonly value: T } | Refusal;

const refuse = (code: Refusal['code'], message: string): Refusal => ({ ok: false, code, message });

/** `later`: it is linked, and what the first look left is made up for by the next cycle. */
export type Linked = Link & { readonly later?: true };

export async function linkRecord(deps: Deps, key: LinkKey, issueId: string): Promise<Linking<Linked>> {
  const ready = await itemOf(deps, key.item, 'refresh');
  if ('ok' in ready) return ready;
  const { run, item } = ready;
  const { store, jira, clock } = deps;
  const shown = item.plan.mode === 'display-only';

  const [issue] = await jira.issues([issueId], ['project', 'issuetype', 'status']);
  if (issue === undefined)
    return refuse(
      'not-found',
      'The issue does not exist, or the app may not see it. Ask an admin to let the app browse this project.',
    );
  const scope = outOfScope(item, issue.fields);
  if (scope !== undefined) return refuse('out-of-scope', scope);
  const record = await readRecord(run, item, key.record);
  if (record === undefined || record.deleted) {
    return refuse(
      'not-found',
      `Salesforce shows no ${item.plan.salesforce.label} with the id ${key.record}: it is deleted, or the Run As user may not see it.`,
    );
  }
  if (!item.where(record.fields)) {
    return refuse('out-of-scope', leftOut(item.plan));
  }

  if (!(await followRename(run, item, key.record, issue.id))) return refuse('busy', beingCreated);
  // The claim keeps an automatic creation for the same record out.
  const claim = claimKey(run.org, key.item, key.record);
  if (!(await store.claim({ key: claim, at: clock.now(), run: run.id, looks: 0 }))) {
    return refuse('busy', beingCreated);
  }
  const link: Link = {
    item: key.item,
    object: record.object,
    record: record.id,
    ...(shown && { issue: issue.id }),
    issueId: issue.id,
    issueKey: issue.key,
    managed: 'manual',
    createdAt: clock.now(),
    state: { kind: 'active' },
    bases: {},
    stamp: record.stamp,
  };
  let added = false;
  try {
    added = await store.addLink(link);
  } finally {
    await store.dropClaim(claim);
  }
  if (!added) return refuse('already-linked', await whatIsLinked(run, link));
  await store.liftTombstone(key);
  run.note({
    ...key,
    issueKey: issue.key,
    side: 'jira',
    outcome: 'created',
    what: 'Link',
    reason: 'linked by hand',
    origin: item.plan.origin,
  });
  const looked = await lookNow(run, item, issue.id, 'link').catch(error => {
    deps.log.warn('first look failed', { run: run.id, code: failureOf(error).code });
    return 'left' as const;
  });
  const value = (await linkOf(run, link))?.value ?? link;
  return { ok: true, value: typeof looked === 'string' ? { ...value, later: true } : value };
}

export const leftOut = ({ name }: Pick<Item['plan'], 'name'>): string =>
  `The record is not one of those that “${name}” covers: its condition leaves it out. Link another one.`;

const beingCreated = 'An issue is being created for this record just now; try again in a few minutes.';

/** What the item is linked to under the id that it had before; false while an issue is being made under it. */
async function followRename(run: Run, item: Item, record: string, issueId: string): Promise<boolean> {
  const { store } = run.deps;
  const was = formerId(run, item);
  if (was === undefined) return true;
  if ((await store.claimOf(claimKey(run.org, was, record))) !== undefined) return false;
  const ofRecord = (await store.links([{ item: was, record }])).values();
  const ofIssue = (await store.linksOfIssue(issueId)).filter(({ value }) => value.item === was);
  await takeOver(
    run,
    new Map([[was, item.plan.id]]),
    [...ofRecord, ...ofIssue].map(({ value }) => value),
  );
  return true;
}

/** Only what a person linked; what the bridge linked by itself stays. */
export async function unlinkRecord(deps: Deps, item: string, issueId: string): Promise<Linking<Link>> {
  const ready = await itemOf(deps, item, 'refresh');
  if ('ok' in ready) return ready;
  const { run } = ready;
  const link = (await deps.store.linksOfIssue(issueId)).find(({ value }) => value.item === item)?.value;
  if (link === undefined)
    return refuse('not-found', 'This issue is not linked by this item any more. Reload the page.');
  if (link.managed === 'auto') {
    return refuse(
      'automatic',
      'The bridge made this link by itself and keeps it; it can be refreshed, but not unlinked.',
    );
  }
  await endLink(run, link, 'unlinked by hand; both sides stay as they are');
  await run.close();
  return { ok: true, value: link };
}

/** Reconciles one link now, in both directions. */
export async function refreshLink(deps: Deps, item: string, issueId: string): Promise<Linking<RunReport>> {
  const ready = await itemOf(deps, item, 'refresh');
  if ('ok' in ready) return ready;
  const { run } = ready;
  const link = (await deps.store.linksOfIssue(issueId)).find(({ value }) => value.item === item);
  if (link === undefined)
    return refuse('not-found', 'This issue is not linked by this item any more. Reload the page.');
  const report = await lookNow(run, ready.item, issueId, 'refresh');
  if (report === 'busy')
    return refuse('busy', 'The bridge is at work on this issue just now; it looks again when it is done.');
  return report === 'left'
    ? refuse(
        'busy',
        'This takes longer than it should just now. What is left follows with the next cycle, in a few minutes.',
      )
    : { ok: true, value: report };
}

/** Of a look: somebody else is at the issue, or there was no time for all of it. The next cycle looks in either case. */
type Unfinished = 'busy' | 'left';

async function lookNow(
  run: Run,
  item: Item,
  issueId: string,
  cause: 'link' | 'refresh',
): Promise<RunReport | Unfinished> {
  const { store } = run.deps;
  const owed = (await store.dirty(Number.POSITIVE_INFINITY)).includes(issueId);
  // Should Forge end this before it is done, the next cycle still looks.
  await store.addDirty([issueId]);
  const lease = await store.acquire(issueLease(issueId), run.id, limitsOf(run.deps).leaseMs);
  if (lease === undefined) {
    await store.mark(issueLease(issueId));
    await run.close();
    return 'busy';
  }
  let fates: readonly Fate[];
  try {
    fates = await lookAtIssue(run, issueId, cause, lease, item.plan.id);
    if (!owed && fates.every(fate => fate === 'handled')) await store.dropDirty([issueId]);
  } catch (error) {
    // What came before it is told all the same.
    await run.close(sentence(failureOf(error))).catch(() => {});
    throw error;
  } finally {
    await letGo(run, issueId, lease);
  }
  const report = await run.close();
  return fates.includes('unhandled') ? 'left' : report;
}

async function itemOf(
  deps: Deps,
  id: string,
  cause: RunReport['cause'],
): Promise<{ readonly run: Run; readonly item: Item } | Refusal> {
  const run = await openRun(deps, cause);
  if ('unready' in run) return refuse('not-ready', `This cannot be done now: ${run.unready}. Ask a Jira admin.`);
  const item = run.items.get(id);
  return item === undefined
    ? refuse('not-found', 'This item does not exist any more. Reload the page.')
    : { run, item };
}

async function readRecord(run: Run, item: Item, id: string): Promise<SalesforceRecord | undefined> {
  const { object, soql } = recordsQuery([item.plan], [id]);
  const { answers } = await run.deps.salesforce.query([{ soql, all: true }]);
  return (answers[0]?.rows ?? []).flatMap(row => recordFromRow(object, row) ?? [])[0];
}

const linkOf = async (run: Run, key: LinkKey): Promise<Versioned<Link> | undefined> =>
  (await run.deps.store.links([key])).get(linkKey(key));

async function whatIsLinked(run: Run, link: Link): Promise<string> {
  const other = (await linkOf(run, link))?.value;
  if (other?.issueId === link.issueId)
    return `${other.issueKey} is linked to this record already. Reload the page to see it.`;
  if (other !== undefined)
    return `The record is linked to ${other.issueKey} already. Work in that issue, or unlink it there first.`;
  const taken = (await run.deps.store.linksOfIssue(link.issueId)).find(({ value }) => value.item === link.item)?.value;
  return taken === undefined
    ? 'The link was changed by somebody else just now; try again.'
    : `${link.issueKey} is linked to the record ${taken.record} already. Unlink that one first.`;
}

/** Why an issue is none of the item's, as a sentence. */
export function outOfScope({ plan }: Item, fields: Readonly<Record<string, unknown>>): string | undefined {
  const idOf = (value: unknown) => (value as { readonly id?: unknown } | null | undefined)?.id;
  const { projects, issueType } = plan.jira;
  if (!projects.some(({ id }) => id === idOf(fields.project))) {
    return `“${plan.name}” covers issues of ${projects.map(({ key }) => key).join(', ')} only.`;
  }
  if (issueType !== undefined && issueType.id !== idOf(fields.issuetype)) {
    return `“${plan.name}” covers issues of the type ${issueType.name} only.`;
  }
  return undefined;
}
