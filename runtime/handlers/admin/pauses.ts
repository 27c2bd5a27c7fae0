/**
 * Pausing and resuming, one item or all. While an item rests its records and issues go on changing; resume
 * has them all looked at again, so nothing that happened meanwhile is missed.
 */
import type { Job } from '../../ports.ts';
import type { AppDeps } from '../deps.ts';
import { maybeItem } from '../payloads.ts';
import { type Endpoints, endpoint, Refused } from '../reply.ts';
import { active } from './items.ts';

export const pauseEndpoints: Endpoints = {
  'items.pause': endpoint(maybeItem, async ({ deps, caller, payload: { itemId } }) => {
    const { store, clock, log } = deps;
    const pauses = await store.pauses();
    const at = clock.now();
    if (itemId === undefined) await store.savePauses({ ...pauses, all: pauses.all ?? { at } });
    else await store.savePauses({ ...pauses, items: { ...pauses.items, [itemId]: pauses.items[itemId] ?? { at } } });
    log.info('paused', { by: caller.accountId, item: itemId ?? 'all' });
    return store.pauses();
  }),

  'items.resume': endpoint(maybeItem, async ({ deps, caller, payload: { itemId } }) => {
    const { store, log } = deps;
    const pauses = await store.pauses();
    if (pauses.all?.reason !== undefined)
      throw new Refused('other-org', `${pauses.all.reason} Connect the org that the links belong to, or unlink them.`);
    const { [itemId ?? '']: resumed, ...others } = pauses.items;
    const since = itemId === undefined ? pauses.all?.at : resumed?.at;
    if (since === undefined) return pauses;
    await rewind(deps, since, itemId);
    await store.savePauses(itemId === undefined ? { items: pauses.items } : { ...pauses, items: others });
    log.info('resumed', { by: caller.accountId, item: itemId ?? 'all' });
    return store.pauses();
  }),
};

/** Records: the watermark goes back to when the item was paused. Issues: each is marked to be looked at. */
async function rewind(deps: AppDeps, since: number, itemId: string | undefined): Promise<void> {
  const { store, queue, newId } = deps;
  const items = (await active(deps)).plan.items.filter(({ id }) => itemId === undefined || id === itemId);
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
  const job: Job = { v: 1, kind: 'cycle', run: newId() };
  await queue.push([{ job }]);
}
