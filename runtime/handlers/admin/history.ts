/** Runs, attention, and the whole remembered state, for the admin page and for export. */
import type { Attention, Link } from '../../ports.ts';
import { dismissTrouble, resolveHeld } from '../../run/index.ts';
import { literal, number, object, optional, text } from '../../shape.ts';
import type { AppDeps } from '../deps.ts';
import { itemId, maybeItem, nothing } from '../payloads.ts';
import { isAccess, preflight } from '../preflight.ts';
import { changing, type Endpoints, endpoint, Refused } from '../reply.ts';
import { active, ofNobody } from './items.ts';

const mostRuns = 200;
const wantedRuns = object({ itemId: optional(itemId), limit: optional(number) });
const attentionId = object({ id: text(500) });
const choice = object({ id: text(500), keep: literal('salesforce', 'jira') });

export const historyEndpoints: Endpoints = {
  'runs.list': endpoint(wantedRuns, async ({ deps, payload: { itemId, limit = mostRuns } }) => {
    const runs = await deps.store.runs(Math.min(Math.max(1, Math.floor(limit)), mostRuns));
    return itemId === undefined ? runs : runs.filter(run => run.items[itemId] !== undefined);
  }),

  'attention.list': endpoint(nothing, ({ deps }) => openTrouble(deps)),

  /** Due now instead of later; the queue does it, and delays grow from the beginning again. */
  'attention.retry': changing(
    attentionId,
    ({ id }) => ({ id }),
    async ({ deps, payload }) => {
      const { store, queue, clock, newId } = deps;
      const found = await attentionOf(deps, payload.id);
      const { item, record } = found;
      if (isAccess(found.id)) {
        const { plan, version } = await active(deps);
        await preflight(deps, plan, version, 0);
        return { id: found.id };
      }
      await store.saveAttention({ ...found, retry: { tries: 0, dueAt: clock.now() } });
      await queue.push([
        record === undefined
          ? { job: { v: 1, kind: 'cycle', run: newId() } }
          : { job: { v: 1, kind: 'record', item, record, cause: 'retry' }, lane: `record-${record}` },
      ]);
      return { id: found.id };
    },
  ),

  'attention.dismiss': changing(
    attentionId,
    ({ id }) => ({ id }),
    async ({ deps, payload }) => {
      const found = await attentionOf(deps, payload.id);
      await dismissTrouble(deps.store, found);
      return { id: found.id };
    },
  ),

  /** A held conflict: the chosen side's values are written to the other one now. */
  'attention.resolve': changing(
    choice,
    ({ id, keep }) => ({ id, keep }),
    async ({ deps, payload: { id, keep } }) => {
      const asked = await attentionOf(deps, id);
      const { item, record } = asked;
      if (record === undefined || !(await resolveHeld(deps.store, asked, keep)))
        throw new Refused('nothing-to-choose', 'No conflict is held here; retry or dismiss it instead.');
      await deps.queue.push([
        { job: { v: 1, kind: 'record', item, record, cause: 'retry' }, lane: `record-${record}` },
      ]);
      return { id };
    },
  ),

  /** who did what, newest first. */
  'audit.list': endpoint(nothing, ({ deps }) => deps.store.audit(500)),

  'links.list': endpoint(maybeItem, async ({ deps, payload: { itemId } }) =>
    (await linksIn(deps)).filter(link => itemId === undefined || link.item === itemId),
  ),

  'journal.list': endpoint(maybeItem, async ({ deps, payload: { itemId } }) =>
    (await deps.store.journal(1000)).filter(entry => itemId === undefined || entry.item === itemId),
  ),

  /** what the bridge remembers, to look at and to take away; no secret is among it. */
  state: endpoint(nothing, async ({ deps }) => {
    const { store } = deps;
    const [links, runs, journal, attention] = await Promise.all([
      linksIn(deps),
      store.runs(200),
      store.journal(1000),
      openTrouble(deps),
    ]);
    return { links, runs, journal, attention };
  }),
};

/** What is open. That of items that are no more goes: a save that died, or a run of the program before, may have left it. */
async function openTrouble({ store }: AppDeps): Promise<readonly Attention[]> {
  const all = await store.attention();
  const program = all.length === 0 ? undefined : await store.program();
  if (program === undefined) return all;
  const left = ofNobody(all, program.plan);
  for (const { id } of left) await store.dropAttention(id);
  return all.filter(one => !left.includes(one));
}

/** Retry, dismiss and resolve take what `attention.list` names. */
async function attentionOf(deps: AppDeps, id: string): Promise<Attention> {
  const found = (await openTrouble(deps)).find(one => one.id === id);
  if (found === undefined)
    throw new Refused('gone', 'This point is no longer open: it was solved or dismissed. Reload the list.');
  return found;
}

async function linksIn({ store }: AppDeps): Promise<readonly Link[]> {
  const links: Link[] = [];
  for await (const link of store.allLinks()) links.push(link);
  return links;
}
