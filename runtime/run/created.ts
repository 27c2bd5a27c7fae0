/**
 * Issues for new records, never two for one: the claim first, the marker in the creating request, then the
 * link, then the claim goes. A claim that was left behind is looked into, twice, before anything is created.
 */
import {
  afterEmptyLook,
  betweenLooksMs,
  type Creation,
  claimed,
  claimKey,
  claimStep,
  decideCreation,
  emailsIn,
  type Item,
  markerFor,
  markerMatches,
  quarantineMs,
} from '../engine/index.ts';
import {
  type Activation,
  type Claim,
  type FieldBase,
  type Link,
  linkKey,
  PortError,
  type SalesforceRecord,
  type Versioned,
} from '../ports.ts';
import { limitsOf } from './deps.ts';
import { park, unpark } from './park.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';
import type { Fate } from './work.ts';

export interface Creatable {
  readonly item: Item;
  readonly record: SalesforceRecord;
  readonly activation: Activation | undefined;
}

export interface Created {
  readonly fate: Fate;
  /** To be reconciled in the same run, so that the issue gets its status too. */
  readonly link?: Versioned<Link>;
}

const handled: Created = { fate: 'handled' };
const unhandled: Created = { fate: 'unhandled' };

export async function createFor(run: Run, { item, record, activation }: Creatable): Promise<Created> {
  if (run.stopped || run.overdue()) return unhandled;
  const key = { item: item.plan.id, record: record.id };
  const lane = `record:${linkKey(key)}`;
  let lease: Awaited<ReturnType<typeof run.deps.store.acquire>>;
  try {
    const first = decideCreation(item, record, activation, await peopleFor(run, item, record));
    if (first.kind === 'none') {
      // It may have been in trouble while it still was this item's business.
      await unpark(run, key);
      return handled;
    }
    lease = await run.deps.store.acquire(lane, run.id, limitsOf(run.deps).leaseMs);
    // Somebody else is at this very record; the next cycle reads it again.
    if (lease === undefined) return unhandled;
    run.see(key);
    return await underLease(run, { item, record, activation }, first);
  } catch (error) {
    const failure = failureOf(error);
    if (stopsRun(failure)) {
      run.stop(failure);
      return unhandled;
    }
    await park(run, key, {
      cause: sentence(failure),
      remedy: 'Nothing to do: it is tried again by itself.',
      retry: true,
    });
    return handled;
  } finally {
    if (lease !== undefined) await run.deps.store.release(lane, lease);
  }
}

const peopleFor = (run: Run, item: Item, record: SalesforceRecord) =>
  run.people(emailsIn(item.plan.mappings, record.fields), item.plan.jira.projects[0]?.key ?? '');

async function underLease(
  run: Run,
  { item, record, activation }: Creatable,
  creation: Exclude<Creation, { kind: 'none' }>,
): Promise<Created> {
  const { store, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const linked = (await store.links([key])).get(linkKey(key));
  if (linked !== undefined) return { fate: 'handled', link: linked };
  const { was } = item.plan;
  if ((await store.tombstone(key)) || (was !== undefined && (await store.tombstone({ ...key, item: was })))) {
    // What went wrong before its issue was deleted or unlinked concerns nobody any more.
    await unpark(run, key);
    return handled;
  }
  if (creation.kind === 'problem') {
    await refuse(run, item, record, creation);
    return handled;
  }

  const name = claimKey(run.org, key.item, key.record);
  const claim: Claim = { key: name, at: clock.now(), run: run.id, looks: 0, bases: creation.bases };
  if (await store.claim(claim)) {
    const known = mayHaveOne(run, record, activation) ? await issueOf(run, name, key.item, record) : undefined;
    if (known === undefined) return send(run, item, record, creation, claim);
    return adopt(run, item, record, { bases: {}, foundAgain: true }, claim, known);
  }
  const left = await store.claimOf(claim.key);
  if (left === undefined) return unhandled;
  return lookInto(run, item, record, creation, left);
}

/**
 * Of records that are older than the item is here, an installation that was there before, or the one that this was
 * before it lost its store, may have made issues. Nobody remembers them but their markers.
 */
const mayHaveOne = (run: Run, record: SalesforceRecord, activation: Activation | undefined): boolean =>
  activation?.caughtUp === undefined && record.createdAt < run.program.savedAt;

type Whole = Extract<Creation, { kind: 'create' }>;

/** Nothing is created, and the reason is told once. */
async function refuse(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  { decisions }: Extract<Creation, { kind: 'problem' }>,
): Promise<void> {
  const key = { item: item.plan.id, record: record.id };
  const cause = `the issue was not created: ${decisions.map(({ what, reason }) => `${what}: ${reason}`).join('; ')}`;
  if ((await run.attention(key))?.cause === cause) return;
  for (const decision of decisions) {
    const { side, what, reason, origin, from } = decision;
    run.note({ ...key, side, outcome: 'failed', what, reason, origin, ...(from === undefined ? {} : { from }) });
  }
  await park(run, key, { cause, remedy: 'Correct the record in Salesforce, or the program.', retry: false });
}

async function send(run: Run, item: Item, record: SalesforceRecord, creation: Whole, claim: Claim): Promise<Created> {
  const { jira, store } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const marker = markerFor(run.org, key.item, record);
  try {
    const { projectId, issueTypeId, fields } = creation;
    const issue = await jira.create({ projectId, issueTypeId, fields, marker });
    return await adopt(run, item, record, creation, claim, issue);
  } catch (error) {
    if (!(error instanceof PortError) || error.failure.system !== 'jira') throw error;
    const { failure } = error;
    if (failure.kind === 'unknown') {
      await waitForLook(run, item, record, claim);
      return handled;
    }
    await store.dropClaim(claim.key);
    if (stopsRun(failure)) throw error;
    const cause = `the issue was not created: ${sentence(failure)}`;
    run.note({
      ...key,
      side: 'jira',
      outcome: 'failed',
      what: 'Issue',
      reason: cause,
      origin: item.plan.create.origin ?? item.plan.origin,
    });
    const remedy =
      failure.kind === 'forbidden'
        ? 'Give the app permission to create issues in this project.'
        : 'Map or set the fields that Jira names, or correct the record; it is tried again by itself.';
    await park(run, key, { cause, remedy, retry: true });
    return handled;
  }
}

interface Adopted extends Partial<Pick<Whole, 'decisions'>> {
  readonly bases: Readonly<Record<string, FieldBase>>;
  /** Made in another time, so nothing is known of what was agreed. */
  readonly foundAgain?: boolean;
}

/** Makes the link to an issue that exists, whoever saw it first. */
async function adopt(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  creation: Adopted,
  claim: Claim,
  issue: { readonly id: string; readonly key: string },
): Promise<Created> {
  const { store, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const link: Link = {
    item: key.item,
    object: record.object,
    record: record.id,
    issueId: issue.id,
    issueKey: issue.key,
    managed: 'auto',
    createdAt: clock.now(),
    state: { kind: 'active' },
    bases: creation.bases,
    stamp: record.stamp,
    // Its note may be there as well, so it is looked for before another is written.
    ...(creation.foundAgain && { note: { at: 0 } }),
  };
  // Told before it is linked: a run that dies in between is found out by its claim, and the next one tells again.
  if (creation.foundAgain) noteFound(run, item, record, issue.key);
  else noteCreated(run, item, record, issue.key, creation.decisions ?? []);
  await run.flush();
  const added = await store.addLink(link);
  const now = (await store.links([key])).get(linkKey(key));
  await store.dropClaim(claim.key);
  if (!added && now?.value.issueId !== issue.id) {
    await park(run, key, {
      cause: `${issue.key} was created for this record while the record was linked elsewhere`,
      remedy: `Delete ${issue.key} if ${now?.value.issueKey ?? 'the other issue'} is the right one.`,
      issueKey: issue.key,
      retry: false,
    });
    return handled;
  }
  if (added && !creation.foundAgain) run.count(key.item, 'created');
  await unpark(run, key);
  return now === undefined ? handled : { fate: 'handled', link: now };
}

function noteFound(run: Run, item: Item, record: SalesforceRecord, issueKey: string): void {
  const origin = item.plan.create.origin ?? item.plan.origin;
  const reason = 'the bridge made this issue for the record before; they are linked again';
  const about = { item: item.plan.id, record: record.id, issueKey, side: 'jira' } as const;
  run.note({ ...about, outcome: 'created', what: 'Link', reason, origin });
}

function noteCreated(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  issueKey: string,
  decisions: Whole['decisions'],
): void {
  const about = { item: item.plan.id, record: record.id, issueKey, side: 'jira' } as const;
  const reason =
    item.rule === undefined || item.plan.create.records === 'all'
      ? 'a new record that the item covers'
      : `a new record that the item covers, and ${item.rule(record.fields).reason}`;
  const origin = item.plan.create.origin ?? item.plan.origin;
  run.note({ ...about, outcome: 'created', what: 'Issue', to: issueKey, reason, origin });
  for (const { what, reason, origin, to, from, outcome } of decisions) {
    run.note({
      ...about,
      outcome: outcome === 'write' ? 'written' : 'skipped',
      what,
      reason,
      origin,
      ...(to === undefined ? {} : { to }),
      ...(from === undefined ? {} : { from }),
    });
  }
}

// ── unclear outcomes ────────────────────────────────────────────────────────────────────────────

async function lookInto(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  creation: Whole,
  claim: Claim,
): Promise<Created> {
  const { store, clock } = run.deps;
  if (claimStep(claim, clock.now()).kind === 'wait') {
    await waitForLook(run, item, record, claim);
    return handled;
  }
  const issue = await issueOf(run, claim.key, item.plan.id, record);
  if (issue !== undefined) return adopt(run, item, record, { bases: claim.bases ?? {} }, claim, issue);
  const next = afterEmptyLook(claim, run.id, clock.now());
  if (next.again) {
    const again = { ...next.claim, bases: creation.bases };
    await store.updateClaim(again);
    return send(run, item, record, creation, again);
  }
  await store.updateClaim(next.claim);
  await waitForLook(run, item, record, next.claim);
  return handled;
}

/** The issue that was created under a claim, as far as search knows. */
async function issueOf(run: Run, claim: string, item: string, record: Pick<SalesforceRecord, 'id' | 'object'>) {
  const wanted = markerFor(run.org, item, record);
  const found = (await run.deps.jira.findByMarker(claim)).filter(({ marker }) => markerMatches(marker, wanted));
  // A clone may carry the marker along: the first one is the one that was created.
  return found.sort((a, b) => Number(a.id) - Number(b.id))[0];
}

/**
 * Claims of runs that died, whose records no item wants any more and nobody looks at therefore: what was made
 * under them is linked, and what was not, after the second look, is forgotten.
 */
export async function settleClaims(run: Run): Promise<void> {
  const { store, clock } = run.deps;
  for (const { key } of await store.claimsBefore(clock.now() - quarantineMs - betweenLooksMs)) {
    const about = claimed(key);
    const item = about?.org === run.org ? run.items.get(about.item) : undefined;
    if (about === undefined || item === undefined || run.stopped !== undefined || run.overdue()) continue;
    const lane = `record:${linkKey(about)}`;
    const lease = await store.acquire(lane, run.id, limitsOf(run.deps).leaseMs);
    if (lease === undefined) continue;
    try {
      // Search shows the claim late: it may be settled by now.
      const claim = await store.claimOf(key);
      if (claim === undefined || claimStep(claim, clock.now()).kind === 'wait') continue;
      const record = { id: about.record, object: item.plan.salesforce.object };
      const issue = await issueOf(run, key, about.item, record);
      if (issue !== undefined) await adoptUnread(run, item, record, claim, issue);
      else if (claim.looks > 0) await store.dropClaim(key);
      else await store.updateClaim(afterEmptyLook(claim, run.id, clock.now()).claim);
    } finally {
      await store.release(lane, lease);
    }
  }
}

/** Links an issue without having read its record; the next cycle reads both. */
async function adoptUnread(
  run: Run,
  item: Item,
  record: Pick<SalesforceRecord, 'id' | 'object'>,
  claim: Claim,
  issue: { readonly id: string; readonly key: string },
): Promise<boolean> {
  const whole: SalesforceRecord = { ...record, fields: {}, stamp: 0, createdAt: 0, deleted: false };
  const { link } = await adopt(run, item, whole, { bases: claim.bases ?? {} }, claim, issue);
  if (link !== undefined) await run.deps.store.addDirty([issue.id]);
  return link !== undefined;
}

/** By a delayed job, and by the next cycles in case the job gets lost. */
async function waitForLook(run: Run, item: Item, record: SalesforceRecord, claim: Claim): Promise<void> {
  const { queue, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const step = claimStep(claim, clock.now());
  const until = step.kind === 'wait' ? step.until : clock.now();
  await park(run, key, {
    cause: 'Jira did not answer whether the issue was created',
    remedy: 'Nothing to do: the bridge looks for it twice before it creates another.',
    retry: { at: until },
  });
  const delayMs = Math.min(Math.max(0, until - clock.now()), 15 * 60_000);
  await queue.push([
    { job: { v: 1, kind: 'record', ...key, cause: 'look' }, delayMs, lane: `record-${key.item}-${key.record}` },
  ]);
}

/**
 * The app's own created event names an issue at once, while search still lags: if its marker matches a
 * claim, the link is made here. True when the issue is linked now.
 */
export async function adoptCreated(run: Run, issue: { readonly id: string; readonly key: string }): Promise<boolean> {
  const { jira, store } = run.deps;
  const marker = await jira.marker(issue.id);
  const item = marker && run.items.get(marker.item);
  if (marker === undefined || item === undefined || marker.org !== run.org) return false;
  const record = { id: marker.record, object: marker.object };
  if (!markerMatches(marker, markerFor(run.org, marker.item, record))) return false;
  const claim = await store.claimOf(marker.claim);
  if (claim === undefined) return false;
  return adoptUnread(run, item, record, claim, issue);
}
