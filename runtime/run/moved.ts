/**
 * Links whose key changes while both sides stay linked: a record that lost a merge is followed to the winner, an
 * item got another id, a display-only item became a synchronized one. What they remember goes along.
 */
import type { Item } from '../engine/index.ts';
import { type Link, type LinkKey, linkKey, type SalesforceRecord, type Versioned } from '../ports.ts';
import { openClaim } from './claims.ts';
import { limitsOf } from './deps.ts';
import { endLink, noteLink } from './pause.ts';
import type { Run } from './run.ts';
import { unparkAll } from './trouble.ts';
import type { Fate } from './work.ts';

/**
 * Before anything is created for the winners: follows each record that lost a merge. Answers the losers that the next
 * cycle has to look at.
 */
export async function followMerges(
  run: Run,
  items: readonly Item[],
  records: readonly SalesforceRecord[],
): Promise<ReadonlySet<string>> {
  const left = new Set<string>();
  const losers = records.filter(({ mergedInto }) => mergedInto !== undefined).sort((a, b) => a.stamp - b.stamp);
  for (const record of losers) {
    const keys = items.map(({ plan }) => ({ item: plan.id, record: record.id }));
    const links = await run.deps.store.links(keys);
    for (const item of items) {
      const link = links.get(linkKey({ item: item.plan.id, record: record.id }));
      if (link !== undefined && (await followMerge(run, item, link, record.mergedInto!)) !== 'handled')
        left.add(record.id);
    }
  }
  return left;
}

/** `later`: the next cycle looks at the winner, or tries again. */
export async function followMerge(run: Run, item: Item, link: Versioned<Link>, winner: string): Promise<Fate> {
  const { store } = run.deps;
  const { value, revision } = link;
  const to: LinkKey = { item: value.item, record: winner };
  const later = async (): Promise<Fate> => {
    await store.addDirty([value.issueId]);
    return 'later';
  };
  const lane = `record:${linkKey(to)}`;
  const lease = await store.acquire(lane, run.id, limitsOf(run.deps).leaseMs);
  try {
    // An issue may be in the making for the winner; until that is known, the link waits where it is.
    if (lease === undefined || (await openClaim(run, item, to.record)) !== undefined) return await later();
    const other = (await store.links([to])).get(linkKey(to))?.value;
    if (other !== undefined) {
      await endMerged(run, value, other);
      return 'handled';
    }
    await takePairs(run, value, to);
    // Marked before: from then on nothing names it but that.
    await store.addDirty([value.issueId]);
    if (!(await store.moveLink(value, revision, to))) return 'later';
    // Whatever failed for the loser is tried with the winner, which the next cycle looks at as a whole.
    await unparkAll(run, value);
    noteLink(run, item, value, `the record was merged into ${winner}; the link follows`, winner);
    return 'later';
  } finally {
    if (lease !== undefined) await store.release(lane, lease);
  }
}

/** Two issues of one record cannot both stay linked: the winner's own stays. */
async function endMerged(run: Run, link: Link, winner: Link): Promise<void> {
  const { store, clock } = run.deps;
  const { issueKey } = winner;
  await store.saveAttention({
    // A record may have had several issues, one after the other, that all end here.
    id: `${linkKey({ ...link, issue: link.issueId })}#merged`,
    item: link.item,
    record: link.record,
    issueKey: link.issueKey,
    since: clock.now(),
    cause: `merged into ${issueKey}: the record was merged into the one that ${issueKey} is linked to`,
    remedy: `Go on in ${issueKey}, and close ${link.issueKey} as its duplicate.`,
  });
  await endLink(run, link, `the record was merged into ${winner.record}, so the link ends as merged into ${issueKey}`);
}

/** Before the link moves, so that it never stands there without what it knows of comments and files. */
async function takePairs(run: Run, from: LinkKey, to: LinkKey): Promise<void> {
  const { store } = run.deps;
  const known = await store.pairs([from, to]);
  const pairs = known.get(linkKey(from));
  if (pairs !== undefined) await store.putPairs(to, pairs.value, known.get(linkKey(to))?.revision ?? 0);
}

/** Of items that were renamed, and of those that only showed records before; answers nothing, since it can be repeated. */
export async function takeOver(run: Run, renamed: ReadonlyMap<string, string>, links: readonly Link[]): Promise<void> {
  const { store } = run.deps;
  for (const stale of links) {
    const item = run.items.get(renamed.get(stale.item) ?? stale.item);
    const link = (await store.links([stale])).get(linkKey(stale));
    if (item === undefined || link === undefined) continue;
    const { value, revision } = link;
    const shown = item.plan.mode === 'display-only';
    const to: LinkKey = { item: item.plan.id, record: value.record, ...(shown && { issue: value.issueId }) };
    await takePairs(run, value, to);
    if (await store.moveLink(value, revision, to)) continue;
    const other = (await store.links([to])).get(linkKey(to))?.value;
    if (other !== undefined && other.issueId !== value.issueId) await refuseSecond(run, value, other);
  }
}

/** What is open of an item goes on under its new id, and is over under that. */
export async function takeTrouble(run: Run, renamed: ReadonlyMap<string, string>): Promise<void> {
  const { store } = run.deps;
  if (renamed.size === 0) return;
  for (const open of await run.allAttention()) {
    const item = renamed.get(open.item);
    if (item === undefined || run.items.has(open.item)) continue;
    await store.saveAttention({ ...open, id: `${item}${open.id.slice(open.item.length)}`, item });
    await store.dropAttention(open.id);
  }
  run.forgetAttention();
}

/** A record that was taken off stays so under the new id. */
export async function takeTombstones(run: Run, renamed: ReadonlyMap<string, string>): Promise<void> {
  const { store } = run.deps;
  if (renamed.size === 0) return;
  for (const key of await store.tombstones()) {
    const item = renamed.get(key.item);
    if (item !== undefined) await store.moveTombstone(key, { item, record: key.record });
  }
}

async function refuseSecond(run: Run, link: Link, other: Link): Promise<void> {
  await run.deps.store.saveAttention({
    id: `${linkKey(link)}#second`,
    item: link.item,
    record: link.record,
    issueKey: link.issueKey,
    since: run.deps.clock.now(),
    cause: `${link.issueKey} shows the record that ${other.issueKey} is linked to; a synchronized item has one issue for a record`,
    remedy: `Unlink ${link.issueKey} or ${other.issueKey}.`,
  });
}

/** Links that the active program knows under another key than they have. */
export function isMisplaced(run: Run, renamed: ReadonlyMap<string, string>, link: Link): boolean {
  if (renamed.has(link.item)) return true;
  const mode = run.items.get(link.item)?.plan.mode;
  return mode !== undefined && mode !== 'display-only' && link.issue !== undefined;
}
