/**
 * Issues for new records, never two for one: the claim first, the marker in the creating request, then the
 * link, then the claim goes. A claim that was left behind is looked into, twice, before anything is created.
 */
import {
  afterEmptyLook,
  type Creation,
  claimKey,
  claimStep,
  decideCreation,
  emailsIn,
  type Item,
  isProvenAbsent,
  markerFor,
  noPeople,
} from '../engine/index.ts';
import {
  type Activation,
  type Claim,
  type Link,
  linkKey,
  PortError,
  type SalesforceRecord,
  type Versioned,
} from '../ports.ts';
import { adopt, type Created, type Whole } from './adopt.ts';
import { type Before, issueOf, issuesOfBefore, isTimeToSend, waitForLook } from './claims.ts';
import { inLanes, limitsOf } from './deps.ts';
import { takeOver } from './moved.ts';
import { remedyFor } from './remedy.ts';
import { failureOf, formerId, type Run, sentence, stopsRun } from './run.ts';
import { park, unparkAll } from './trouble.ts';

export interface Creatable {
  readonly item: Item;
  readonly record: SalesforceRecord;
  readonly activation: Activation | undefined;
}

const handled: Created = { fate: 'handled' };
const unhandled: Created = { fate: 'unhandled' };

/** For these records, whose look-ups travel together; answers one after the other. */
export async function createAll(
  run: Run,
  all: readonly Creatable[],
  tell: (one: Creatable, created: Created) => void,
): Promise<void> {
  if (all.length === 0 || run.stopped || run.overdue()) {
    for (const one of all) tell(one, unhandled);
    return;
  }
  const before = await foundBefore(
    run,
    all.filter(one => mayHaveOne(run, one) && isWanted(one)),
  );
  await inLanes(all, limitsOf(run.deps).lanes, async one => tell(one, await createFor(run, one, before)));
}

/** Nothing when they cannot be looked up together: then each is looked up when its turn comes, and fails alone. */
async function foundBefore(run: Run, old: readonly Creatable[]): Promise<Before | undefined> {
  try {
    return await issuesOfBefore(run, old);
  } catch (error) {
    const failure = failureOf(error);
    if (stopsRun(failure)) run.stop(failure);
    return undefined;
  }
}

const isWanted = ({ item, record, activation }: Creatable): boolean =>
  decideCreation(item, record, activation, noPeople).kind !== 'none';

async function createFor(run: Run, one: Creatable, before: Before | undefined): Promise<Created> {
  const { item, record, activation } = one;
  if (run.stopped || run.overdue()) return unhandled;
  const key = { item: item.plan.id, record: record.id };
  const lane = `record:${linkKey(key)}`;
  let lease: Awaited<ReturnType<typeof run.deps.store.acquire>>;
  try {
    const first = decideCreation(item, record, activation, await peopleFor(run, item, record));
    if (first.kind === 'none') {
      // It may have been in trouble while it still was this item's business, with its comments and files as well.
      await unparkAll(run, key);
      return handled;
    }
    lease = await run.deps.store.acquire(lane, run.id, limitsOf(run.deps).leaseMs);
    // Somebody else is at this very record; the next cycle reads it again.
    if (lease === undefined) return unhandled;
    run.see(key);
    return await underLease(run, one, first, before);
  } catch (error) {
    const failure = failureOf(error);
    if (stopsRun(failure)) {
      run.stop(failure);
      return unhandled;
    }
    await park(run, key, {
      cause: sentence(failure),
      remedy: next => remedyFor(failure, 'creation', next),
      retry: true,
    });
    return handled;
  } finally {
    if (lease !== undefined) await run.deps.store.release(lane, lease);
  }
}

const peopleFor = (run: Run, item: Item, record: SalesforceRecord) =>
  run.people(emailsIn(item.plan.mappings, record.fields), item.plan.jira.projects[0]?.key ?? '');

/** Its link, be it under the id that its item had before: one that came while the item was renamed is not listed at once. */
async function linkOrFormer(run: Run, item: Item, record: string): Promise<Versioned<Link> | undefined> {
  const { store } = run.deps;
  const key = { item: item.plan.id, record };
  const was = formerId(run, item);
  const former = was === undefined ? undefined : { item: was, record };
  const found = await store.links(former === undefined ? [key] : [key, former]);
  const late = former && found.get(linkKey(former));
  if (late === undefined || found.has(linkKey(key))) return found.get(linkKey(key));
  await takeOver(run, new Map([[late.value.item, key.item]]), [late.value]);
  return (await store.links([key])).get(linkKey(key));
}

async function underLease(
  run: Run,
  one: Creatable,
  creation: Exclude<Creation, { kind: 'none' }>,
  before: Before | undefined,
): Promise<Created> {
  const { item, record } = one;
  const { store, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const linked = await linkOrFormer(run, item, record.id);
  if (linked !== undefined) return { fate: 'handled', link: linked };
  const { was } = item.plan;
  if ((await store.tombstone(key)) || (was !== undefined && (await store.tombstone({ ...key, item: was })))) {
    // What went wrong before its issue was deleted or unlinked concerns nobody any more.
    await unparkAll(run, key);
    return handled;
  }
  if (creation.kind === 'problem') {
    await refuse(run, item, record, creation);
    return handled;
  }

  // Sent before the item was renamed, and not heard of yet.
  const formerly = formerId(run, item);
  const open = formerly === undefined ? undefined : await store.claimOf(claimKey(run.org, formerly, key.record));
  if (open !== undefined) return lookInto(run, item, record, creation, open, formerly);

  const name = claimKey(run.org, key.item, key.record);
  const claim: Claim = { key: name, at: clock.now(), run: run.id, looks: 0, bases: creation.bases };
  if (await store.claim(claim)) {
    // The app's own created event may have linked its issue, and dropped the claim, since the links were read.
    const since = await linkOrFormer(run, item, record.id);
    if (since !== undefined) {
      await store.dropClaim(name);
      return { fate: 'handled', link: since };
    }
    const known = !mayHaveOne(run, one) ? undefined : before === undefined ? await issueOf(run, one) : before.get(name);
    if (known === undefined) return send(run, item, record, creation, claim);
    return adopt(run, item, record, { bases: {}, found: 'of-before' }, claim, known);
  }
  const left = await store.claimOf(claim.key);
  if (left === undefined) return unhandled;
  return lookInto(run, item, record, creation, left);
}

/**
 * Of records that are older than the item is here, an installation that was there before, or the one that this was
 * before it lost its store, may have made issues. Nobody remembers them but their markers.
 */
const mayHaveOne = (run: Run, { record, activation }: Creatable): boolean =>
  activation?.caughtUp === undefined && record.createdAt < run.program.savedAt;

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
      await waitForLook(run, item, record, claim, { sent: true });
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
    await park(run, key, { cause, remedy: next => remedyFor(failure, 'creation', next), retry: true });
    return handled;
  }
}

async function lookInto(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  creation: Whole,
  claim: Claim,
  as?: string,
): Promise<Created> {
  const { store, clock } = run.deps;
  if (claimStep(claim, clock.now()).kind === 'wait') {
    await waitForLook(run, item, record, claim, { sent: false });
    return handled;
  }
  const issue = await issueOf(run, { item, record, as });
  if (issue !== undefined)
    return adopt(run, item, record, { bases: claim.bases ?? {}, found: 'unanswered' }, claim, issue);
  const looked = afterEmptyLook(claim, clock.now());
  if (as !== undefined && isProvenAbsent(looked)) {
    // It was never made: the next look makes it, under the item's own id.
    await store.dropClaim(claim.key);
    return unhandled;
  }
  // Whoever comes back to a claim that was proven to have made nothing comes to try again.
  if (isProvenAbsent(claim) || (isProvenAbsent(looked) && (await isTimeToSend(run, item, record, looked)))) {
    const again: Claim = { key: claim.key, at: clock.now(), run: run.id, looks: 0, bases: creation.bases };
    await store.updateClaim(again);
    return send(run, item, record, creation, again);
  }
  if (isProvenAbsent(looked)) return handled;
  await store.updateClaim(looked);
  await waitForLook(run, item, record, looked, { sent: false });
  return handled;
}
