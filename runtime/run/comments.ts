/**
 * Comments of links, each link under its issue's lease: read, decided, remembered as about to be written,
 * written, remembered as written. A run that dies at any point leaves behind what the next one needs to know.
 */
import type { CommentPair, JiraComment, Pairs, SalesforceComment } from '../conversation.ts';
import {
  type CommentDecisions,
  decideComments,
  type Item,
  jiraDigest,
  type Post,
  quarantineMs,
  settingsOf,
} from '../engine/index.ts';
import { type Failure, type Lease, type Link, linkKey, type Versioned } from '../ports.ts';
import { type CommentsRead, readComments, readPosts } from './comment-reads.ts';
import {
  about,
  conflictOf,
  entryOf,
  pairsAfter,
  pairsBefore,
  sendComments,
  tellComments,
  troubleWith,
} from './comment-writes.ts';
import { inLanes, limitsOf } from './deps.ts';
import { issueLease, letGo } from './linked.ts';
import { failureOf, type Run, sentence, stopsRun } from './run.ts';
import { park, parkItem, unpark, waitsFor } from './trouble.ts';
import type { Fate } from './work.ts';

export interface Talk {
  readonly item: Item;
  readonly link: Versioned<Link>;
  /**
   * `changed`: these comments of Salesforce are new. `issue`: those of Jira may be. `settings`: only when the
   * item's settings are. `whole`: both sides, all of them.
   */
  readonly look: 'changed' | 'issue' | 'settings' | 'whole';
  readonly changed: readonly SalesforceComment[];
}

export interface Held {
  readonly issueId: string;
  readonly lease: Lease;
}

/** Answers the fate of each, by link key. A lease that the caller holds already comes along. */
export async function syncComments(run: Run, talks: readonly Talk[], held?: Held): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>();
  if (talks.length === 0) return fates;
  const known = await run.deps.store.pairs(talks.map(({ link }) => link.value));
  const whole = new Set(talks.filter(talk => needsWhole(talk, known.get(linkKey(talk.link.value))?.value)));
  const todo = talks.filter(talk => talk.look !== 'settings' || whole.has(talk));
  const reads = new Map<string, CommentsRead>();
  for (const [object, group] of Map.groupBy(whole, ({ link }) => link.value.object)) {
    const read = await readComments(
      run,
      object,
      group.map(({ link }) => link.value.record),
    );
    for (const { link } of group) reads.set(link.value.record, read);
  }
  const posts = await readPosts(run, [
    ...[...reads].flatMap(([record, read]) => read.of.get(record) ?? []),
    ...todo.flatMap(({ changed }) => changed),
  ]);

  await inLanes(todo, limitsOf(run.deps).lanes, async talk => {
    const { issueId } = talk.link.value;
    const key = linkKey(talk.link.value);
    if (run.stopped !== undefined || run.overdue()) {
      fates.set(key, 'unhandled');
      return;
    }
    const lease = held?.lease ?? (await takeIssue(run, issueId));
    if (lease === undefined) {
      fates.set(key, 'later');
      return;
    }
    try {
      fates.set(key, await lookAt(run, talk, lease, reads.get(talk.link.value.record), posts));
    } finally {
      if (held === undefined) await letGo(run, issueId, lease);
    }
  });
  return fates;
}

/** Nothing when somebody else is at it, who will look again. */
export async function takeIssue(run: Run, issueId: string): Promise<Lease | undefined> {
  const { store } = run.deps;
  const lease = await store.acquire(issueLease(issueId), run.id, limitsOf(run.deps).leaseMs);
  if (lease === undefined) {
    await store.mark(issueLease(issueId));
    await store.addDirty([issueId]);
  }
  return lease;
}

const needsWhole = ({ item, link, look }: Talk, pairs: Pairs | undefined): boolean =>
  look === 'whole' ||
  pairs === undefined ||
  pairs.issueId !== link.value.issueId ||
  pairs.looked !== settingsOf(item.plan);

async function lookAt(
  run: Run,
  talk: Talk,
  lease: Lease,
  read: CommentsRead | undefined,
  posts: ReadonlyMap<string, Post>,
): Promise<Fate> {
  const link = talk.link.value;
  try {
    return await underLease(run, talk, lease, read, posts);
  } catch (error) {
    // Nothing of it was begun, or what was is remembered: the next cycle looks at the whole.
    const failure = failureOf(error);
    if (stopsRun(failure)) run.stop(failure);
    else await park(run, link, troubleWith(failure, link), 'comments');
    await run.deps.store.addDirty([link.issueId]);
    return 'later';
  }
}

async function underLease(
  run: Run,
  talk: Talk,
  lease: Lease,
  before: CommentsRead | undefined,
  posts: ReadonlyMap<string, Post>,
): Promise<Fate> {
  const { store, jira, clock } = run.deps;
  const { plan } = talk.item;
  const link = talk.link.value;
  const stored = (await store.pairs([link])).get(linkKey(link));
  const usable = stored?.value.issueId === link.issueId ? stored.value : undefined;
  const sign = await run.sign();
  const decide = (
    salesforce: readonly SalesforceComment[],
    whole: boolean,
    inJira: readonly JiraComment[] | undefined,
    under: ReadonlyMap<string, Post>,
  ) =>
    decideComments({
      plan,
      link,
      org: run.org,
      pairs: usable?.comments ?? [],
      complete: usable !== undefined && !usable.forgot,
      salesforce,
      whole,
      ...(inJira && { jira: inJira }),
      posts: under,
      sign,
      now: clock.now(),
    });

  let read = before;
  let decided: CommentDecisions | 'whole' = 'whole';
  if (read === undefined) {
    const comments = talk.look === 'issue' ? await jira.comments(link.issueId) : undefined;
    decided = decide(talk.changed, false, comments, posts);
  }
  if (decided === 'whole') {
    read ??= await readComments(run, link.object, [link.record]);
    if (read.failure !== undefined) {
      await parkItem(run, plan.id, 'comments', unreadable(read.failure));
      return 'handled';
    }
    if (read.withoutFeed) await parkItem(run, plan.id, 'feed', noFeed);
    const salesforce = read.of.get(link.record) ?? [];
    const more = before === undefined ? await readPosts(run, salesforce) : posts;
    decided = decide(salesforce, true, await jira.comments(link.issueId), more);
  }
  if (decided === 'whole') return 'handled';

  const looked = read === undefined ? (usable?.looked ?? '') : settingsOf(plan);
  const toKeep = (comments: readonly CommentPair[]): Pairs => ({
    issueId: link.issueId,
    looked,
    comments,
    files: usable?.files ?? [],
    // A whole look made good what was forgotten.
    forgot: read === undefined && (usable?.forgot ?? false),
  });
  for (const copy of decided.found) {
    const { outcome, reason } = copy;
    run.note({ ...entryOf(link, copy), ...conflictOf(copy), outcome, reason });
  }
  if (decided.found.length > 0) await run.flush();
  let revision = stored?.revision ?? 0;
  const known = usable?.comments ?? [];
  const ahead = toKeep(pairsBefore(decided.pairs, known, decided.writes, clock.now()));
  if (JSON.stringify(ahead) !== JSON.stringify(stored?.value)) {
    if (!(await store.putPairs(link, ahead, revision))) return later(run, link);
    revision++;
  }
  for (const { side, reason, origin } of decided.skips) {
    run.count(plan.id, 'skipped');
    run.note({ ...about(link), side, outcome: 'skipped', what: 'Comment', reason, origin });
  }
  if (decided.writes.length === 0) {
    if (decided.waitUntil === undefined) {
      if (read !== undefined) await unpark(run, link, 'comments');
      return 'handled';
    }
    return lookAfter(run, link, decided.waitUntil);
  }

  const results = await sendComments(run, link, lease, decided.writes);
  const after = pairsAfter(decided.pairs, ahead.comments, results, body => jiraDigest(body, sign));
  // What could not be told is not remembered as done either: the next run finds it there, and tells.
  const told = await tellComments(run, link, results);
  await run.flush();
  const kept = await store.putPairs(link, toKeep(after), revision);
  if (!kept || told === 'again' || results.some(({ left }) => left)) return later(run, link);
  if (told === 'unclear') return lookAgain(run, link, clock.now() + quarantineMs);
  if (decided.more) return lookAgain(run, link, decided.waitUntil ?? clock.now());
  if (decided.waitUntil !== undefined) return lookAfter(run, link, decided.waitUntil);
  if (read !== undefined && told === 'well') await unpark(run, link, 'comments');
  return 'handled';
}

async function later(run: Run, link: Link): Promise<Fate> {
  await run.deps.store.addDirty([link.issueId]);
  return 'later';
}

/** What is parked comes back by itself, with growing delays. */
const lookAfter = async (run: Run, link: Link, at: number): Promise<Fate> =>
  (await waitsFor(run, link, 'comments', at)) ? 'handled' : lookAgain(run, link, at);

/** By a delayed job, and by the next cycle in case the job gets lost. */
async function lookAgain(run: Run, link: Link, at: number): Promise<Fate> {
  const { queue, clock } = run.deps;
  const delayMs = Math.min(Math.max(0, at - clock.now()) + 1_000, 15 * 60_000);
  const { issueId } = link;
  await queue.push([{ job: { v: 1, kind: 'issue', issueId, cause: 'mark' }, delayMs, lane: `issue-${issueId}` }]);
  return later(run, link);
}

export const unreadable = (failure: Failure) => ({
  cause: `comments cannot be read: ${sentence(failure)}`,
  remedy: 'Give the integration user access to the comments and feed of this object.',
});
const noFeed = {
  cause: 'Salesforce shows no feed to the integration user, so posts and replies stay where they are',
  remedy: 'Switch on Chatter and feed tracking for this object, or dismiss this when it has no feed.',
};
