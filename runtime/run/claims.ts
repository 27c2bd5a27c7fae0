/**
 * Issues that were made under a claim whose run never heard of it, or in another time of this installation: they are
 * found by their markers, and linked.
 */
import {
  afterEmptyLook,
  betweenLooksMs,
  claimed,
  claimKey,
  claimStep,
  type Item,
  isProvenAbsent,
  markerFor,
  markerMatches,
  quarantineMs,
} from '../engine/index.ts';
import { type Claim, linkKey, PortError, type SalesforceRecord } from '../ports.ts';
import { adopt } from './adopt.ts';
import { limitsOf } from './deps.ts';
import { failureOf, formerId, itemNamed, type Run } from './run.ts';
import { delayAfter, park, triesOf } from './trouble.ts';

interface Issue {
  readonly id: string;
  readonly key: string;
}

/** By claim. */
export type Before = ReadonlyMap<string, Issue>;

interface Sought {
  readonly item: Pick<Item, 'plan'>;
  /** The id that the item had when the issue was sent, where it is not its own. */
  readonly as?: string | undefined;
  readonly record: Pick<SalesforceRecord, 'id' | 'object'>;
}

/**
 * The issues of these records that an installation of another time made, as far as search knows: a few calls for a page.
 * Fails where some are missing that the app may not see: then their absence proves nothing.
 */
export async function issuesOfBefore(run: Run, all: readonly Sought[]): Promise<Before> {
  const wanted = new Map(
    all.map(({ item, record, as = item.plan.id }) => [
      claimKey(run.org, as, record.id),
      markerFor(run.org, as, record),
    ]),
  );
  if (wanted.size === 0) return new Map();
  const found = await run.deps.jira.findByMarkers([...wanted.keys()]);
  const genuine = found.filter(({ marker }) => markerMatches(marker, wanted.get(marker.claim)!));
  // A clone may carry the marker along: the first one is the one that was created.
  const first = genuine.sort((a, b) => Number(b.id) - Number(a.id));
  const before = new Map(first.map(({ id, key, marker }) => [marker.claim, { id, key }]));
  if (before.size < wanted.size) await mustSee(run, all);
  return before;
}

async function mustSee(run: Run, all: readonly Sought[]): Promise<void> {
  for (const key of new Set(all.map(({ item }) => item.plan.jira.projects[0]?.key ?? ''))) {
    if (await run.deps.jira.mayBrowse(key)) continue;
    const message = `The app may not see the issues of ${key}, so it is not known whether the record has one already.`;
    throw new PortError({ system: 'jira', kind: 'forbidden', code: 'BROWSE_PROJECTS', message, fields: [] });
  }
}

/** The issue that was created for a record, as far as search knows. */
export const issueOf = async (run: Run, sought: Sought): Promise<Issue | undefined> =>
  [...(await issuesOfBefore(run, [sought])).values()][0];

/** What may be under way for a record, be it under the id that its item had before. */
export async function openClaim(run: Run, item: Item, record: string): Promise<Claim | undefined> {
  const { store } = run.deps;
  const was = formerId(run, item);
  const former = was === undefined ? undefined : await store.claimOf(claimKey(run.org, was, record));
  return former ?? (await store.claimOf(claimKey(run.org, item.plan.id, record)));
}

/**
 * Claims of runs that died, whose records no item wants any more and nobody looks at therefore: what was made
 * under them is linked, and what was not, after the second look, is forgotten.
 */
export async function settleClaims(run: Run): Promise<void> {
  const { store, clock } = run.deps;
  for (const { key } of await store.claimsBefore(clock.now() - quarantineMs - betweenLooksMs)) {
    const about = claimed(key);
    const item = about?.org === run.org ? itemNamed(run, about.item) : undefined;
    if (about === undefined || item === undefined || run.stopped !== undefined || run.overdue()) continue;
    const own = { item: item.plan.id, record: about.record };
    // It is wanted still, and its turn comes.
    if ((await run.attention(own))?.retry !== undefined) continue;
    const lane = `record:${linkKey(own)}`;
    const lease = await store.acquire(lane, run.id, limitsOf(run.deps).leaseMs);
    if (lease === undefined) continue;
    try {
      // Search shows the claim late: it may be settled by now.
      const claim = await store.claimOf(key);
      if (claim === undefined || claimStep(claim, clock.now()).kind === 'wait') continue;
      const record = { id: about.record, object: item.plan.salesforce.object };
      const issue = await issueOf(run, { item, record, as: about.item });
      if (issue !== undefined) await adoptUnread(run, item, record, claim, issue);
      else {
        const looked = afterEmptyLook(claim, clock.now());
        await (isProvenAbsent(looked) ? store.dropClaim(key) : store.updateClaim(looked));
      }
    } catch (error) {
      // What cannot be seen is not proven to be absent either: the next cycle looks again.
      if (failureOf(error).kind !== 'forbidden') throw error;
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
  const { link } = await adopt(run, item, whole, { bases: claim.bases ?? {}, found: 'unanswered' }, claim, issue);
  if (link !== undefined) await run.deps.store.addDirty([issue.id]);
  return link !== undefined;
}

/**
 * An answer was lost: by a delayed job, and by the next cycles in case the job gets lost, the issue is looked for.
 * `sent`: the request went out just now.
 */
export async function waitForLook(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  claim: Claim,
  { sent }: { readonly sent: boolean },
): Promise<void> {
  const { queue, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const step = claimStep(claim, clock.now());
  const until = step.kind === 'wait' ? step.until : clock.now();
  const tries = triesOf(await run.attention(key)) + (sent ? 1 : 0);
  await park(run, key, {
    cause: 'Jira did not answer whether the issue was created',
    remedy: 'Nothing to do: the bridge looks for it twice before it creates another.',
    retry: { at: until, tries },
  });
  const delayMs = Math.min(Math.max(0, until - clock.now()), 15 * 60_000);
  await queue.push([
    { job: { v: 1, kind: 'record', ...key, cause: 'look' }, delayMs, lane: `record-${key.item}-${key.record}` },
  ]);
}

/**
 * Nothing is there. The first request is made anew at once; for each later one the delay grows, and after the last
 * a person has to help. True when it is time to send.
 */
export async function isTimeToSend(run: Run, item: Item, record: SalesforceRecord, absent: Claim): Promise<boolean> {
  const { store, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const tries = triesOf(await run.attention(key));
  if (tries < 2) return true;
  const cause = `Jira did not answer any of ${tries} requests to create the issue`;
  const delay = delayAfter(tries);
  if (delay !== undefined) {
    await store.updateClaim(absent);
    const remedy = 'See whether somebody can create such an issue by hand; it is tried again by itself, ever later.';
    await park(run, key, { cause, remedy, retry: { at: clock.now() + delay, tries } });
    return false;
  }
  await store.dropClaim(absent.key);
  const origin = item.plan.create.origin ?? item.plan.origin;
  run.note({
    ...key,
    side: 'jira',
    outcome: 'failed',
    what: 'Issue',
    reason: `the issue was not created: ${cause}`,
    origin,
  });
  const remedy = 'Create such an issue by hand in Jira to see what is in the way; then retry.';
  await park(run, key, { cause, remedy, retry: { tries } });
  return false;
}

/**
 * The app's own created event names an issue at once, while search still lags: if its marker matches a
 * claim, the link is made here. True when the issue is linked now.
 */
export async function adoptCreated(run: Run, issue: { readonly id: string; readonly key: string }): Promise<boolean> {
  const { jira, store } = run.deps;
  const marker = await jira.marker(issue.id);
  const item = marker && itemNamed(run, marker.item);
  if (marker === undefined || item === undefined || marker.org !== run.org) return false;
  const record = { id: marker.record, object: marker.object };
  if (!markerMatches(marker, markerFor(run.org, marker.item, record))) return false;
  const claim = await store.claimOf(marker.claim);
  if (claim === undefined) return false;
  return adoptUnread(run, item, record, claim, issue);
}
