/**
 * C-5: links are never used across orgs. When the connected org is another one for good, such as a refreshed
 * sandbox, a person may end them: both sides stay as they are, and the new org begins with what is new in it.
 */
import { type Link, linkKey } from '../../ports.ts';
import { betweenCycles } from '../../run/index.ts';
import type { AppDeps } from '../deps.ts';
import { Refused } from '../reply.ts';
import { goOn } from './pauses.ts';

/** Far enough from the 25 seconds that Forge gives. */
const budgetMs = 12_000;
/** As long as Forge lets it live. */
const lifeMs = 25_000;
const atOnce = 50;

export interface StartedOver {
  readonly ended: number;
  readonly more: boolean;
  /** The links are the connected org's after all, and none of them ended. */
  readonly goesOn?: true;
}

export async function startOver(deps: AppDeps): Promise<StartedOver> {
  await elsewhere(deps);
  // One that began with the other org could link what it made there after all links have ended.
  const done = await betweenCycles(deps, lifeMs, () => endAll(deps));
  if (done === undefined)
    throw new Refused(
      'busy',
      'A run is still under way, maybe with the org before. Nothing was changed; start over again in a few minutes.',
    );
  return done;
}

/** The connection that the links are not of, and since when all rests. */
async function elsewhere({ store }: AppDeps) {
  const [connection, secret, { all }] = await Promise.all([store.connection(), store.secret(), store.pauses()]);
  if (connection === undefined || secret === undefined)
    throw new Refused('not-connected', 'Connect the new Salesforce org first; then its links can begin anew.');
  if (all?.reason === undefined)
    throw new Refused(
      'nothing-to-do',
      'The links belong to the connected org, so there is nothing to start over with.',
    );
  return { connection, secret, since: all.at };
}

async function endAll(deps: AppDeps): Promise<StartedOver> {
  const { store, clock } = deps;
  const [{ connection, secret, since }, program, lastOrg] = await Promise.all([
    elsewhere(deps),
    store.program(),
    store.lastOrg(),
  ]);
  const { linksOf, ...own } = connection;
  // Their org was connected again, and that save came no further.
  if (linksOf === undefined && lastOrg === own.orgId) {
    await goOn(deps, since);
    return { ended: 0, more: false, goesOn: true };
  }

  const until = clock.now() + budgetMs;
  let ended = 0;
  for await (const step of endings(store)) {
    ended += step;
    if (clock.now() >= until) return { ended, more: true };
  }
  for (const { id, record } of await store.attention()) if (record !== undefined) await store.dropAttention(id);
  const now = clock.now();
  for (const { id, salesforce, create } of program?.plan.items ?? []) {
    // Also of an item that no cycle has seen under this id: it would go on from when its former id began.
    const known = await store.activation(id);
    if (create.records !== 'off' || known?.createSince !== undefined)
      await store.saveActivation({ item: id, ...known, createSince: now });
    await store.saveWatermark(salesforce.object, { until: now, handled: [] });
  }
  await store.saveConnection(own, secret);
  await store.saveLastOrg(own.orgId);
  await store.changePauses(({ items }) => ({ items }));
  return { ended, more: false };
}

/**
 * Links go, and what was asked for and not answered. Their records are left alone from then on: an org that was refreshed
 * has the same ids, and an item that comes back later begins where it ended. Answers for each step how many links ended.
 */
async function* endings(store: AppDeps['store']): AsyncGenerator<number> {
  // The list lags, and may show for a while what is gone.
  const gone = new Set<string>();
  for (;;) {
    const some: Link[] = [];
    for await (const link of store.allLinks()) {
      if (!gone.has(linkKey(link))) some.push(link);
      if (some.length >= atOnce) break;
    }
    if (some.length === 0) break;
    for (const link of some) {
      gone.add(linkKey(link));
      await store.removeLink(link);
      await store.dropPairs(link);
      yield 1;
    }
  }
  for (const { key } of await store.claimsBefore(Number.MAX_SAFE_INTEGER)) {
    await store.dropClaim(key);
    yield 0;
  }
}
