/**
 * Pausing and resuming, one item or all. While an item rests its records and issues go on changing; resume
 * has them all looked at again, so nothing that happened meanwhile is missed.
 */

import type { Pauses } from '../../storage/index.ts';
import type { AppDeps } from '../deps.ts';
import { maybeItem } from '../payloads.ts';
import { changing, type Endpoints, Refused } from '../reply.ts';

const about = ({ itemId }: { readonly itemId?: string }) => ({ item: itemId ?? 'all' });

export const pauseEndpoints: Endpoints = {
  'items.pause': changing(maybeItem, about, async ({ deps: { store, clock }, payload: { itemId } }) => {
    const at = clock.now();
    const program = itemId === undefined ? undefined : await store.program();
    if (itemId !== undefined && !program?.plan.items.some(({ id }) => id === itemId))
      throw new Refused('gone', `There is no item \`${itemId}\` any more. Reload the list.`);
    return store.changePauses(now =>
      itemId === undefined
        ? { ...now, all: now.all ?? { at } }
        : { ...now, items: { ...now.items, [itemId]: now.items[itemId] ?? { at } } },
    );
  }),

  'items.resume': changing(maybeItem, about, async ({ deps, payload: { itemId } }) => {
    const { store } = deps;
    const pauses = await store.pauses();
    if (pauses.all?.reason !== undefined)
      throw new Refused(
        'other-org',
        `${pauses.all.reason} Connect the org that the links belong to, or start over with this one.`,
      );
    const since = itemId === undefined ? pauses.all?.at : pauses.items[itemId]?.at;
    if (since === undefined) return pauses;
    if (itemId !== undefined) await allow(deps, itemId, pauses.items[itemId]?.version);
    return goOn(deps, since, itemId);
  }),
};

/** One item, or all, looks again at everything since then. */
export async function goOn(deps: AppDeps, since: number, itemId?: string): Promise<Pauses> {
  const { store, queue, newId } = deps;
  // Before, so that nothing is forgotten should this function die; and after, since a cycle in between,
  // which does not see the item yet, takes the marks away.
  await rewind(deps, since, itemId);
  const left = await store.changePauses(now => {
    const { all, items } = now;
    if (itemId === undefined) return { items };
    const { [itemId]: _, ...others } = items;
    return { ...(all === undefined ? {} : { all }), items: others };
  });
  await rewind(deps, since, itemId);
  await queue.push([{ job: { v: 1, kind: 'cycle', run: newId() } }]);
  return left;
}

/** A changed program that was held back may do what it does, now that a person said so; the next version is looked at again. */
async function allow({ store }: AppDeps, itemId: string, version: number | undefined): Promise<void> {
  if (version === undefined) return;
  const known = (await store.activation(itemId)) ?? { item: itemId };
  await store.saveActivation({ ...known, allowed: version });
  await store.dropAttention(`${itemId}#guard`);
}

/** Records: the watermark goes back to when the item was paused. Issues: each is marked to be looked at. */
async function rewind(deps: AppDeps, since: number, itemId: string | undefined): Promise<void> {
  const { store } = deps;
  const items = ((await store.program())?.plan.items ?? []).filter(({ id }) => itemId === undefined || id === itemId);
  for (const object of new Set(items.map(item => item.salesforce.object))) {
    const watermark = await store.watermark(object);
    if (watermark !== undefined && watermark.until > since)
      await store.saveWatermark(object, { until: since, handled: [] });
  }
  const ids = new Set(items.map(({ id }) => id));
  let issues: string[] = [];
  for await (const link of store.allLinks()) {
    if (!ids.has(link.item)) continue;
    issues.push(link.issueId);
    if (issues.length >= 100) {
      await store.addDirty(issues);
      issues = [];
    }
  }
  if (issues.length > 0) await store.addDirty(issues);
}
