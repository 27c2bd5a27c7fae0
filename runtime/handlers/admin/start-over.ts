/**
 * C-5: links are never used across orgs. When the connected org is another one for good, such as a refreshed
 * sandbox, a person may end them: both sides stay as they are, and the new org begins with what is new in it.
 */
import type { AppDeps } from '../deps.ts';
import { Refused } from '../reply.ts';

/** Far enough from the 25 seconds that Forge gives. */
const budgetMs = 12_000;
const atOnce = 50;

export async function startOver(deps: AppDeps): Promise<{ readonly ended: number; readonly more: boolean }> {
  const { store, clock } = deps;
  const [connection, pauses, program] = await Promise.all([store.connection(), store.pauses(), store.program()]);
  if (connection === undefined)
    throw new Refused('not-connected', 'Connect the new Salesforce org first; then its links can begin anew.');
  if (pauses.all?.reason === undefined)
    throw new Refused(
      'nothing-to-do',
      'The links belong to the connected org, so there is nothing to start over with.',
    );

  const until = clock.now() + budgetMs;
  let ended = 0;
  for (;;) {
    const some = [];
    for await (const link of store.allLinks()) {
      some.push(link);
      if (some.length >= atOnce) break;
    }
    if (some.length === 0) break;
    if (clock.now() >= until) return { ended, more: true };
    for (const link of some) {
      await store.removeLink(link);
      await store.dropPairs(link);
      ended++;
    }
  }
  for (const { id, record } of await store.attention()) if (record !== undefined) await store.dropAttention(id);
  const now = clock.now();
  for (const { id, salesforce, create } of program?.plan.items ?? []) {
    const known = await store.activation(id);
    if (known !== undefined && create.records !== 'off') await store.saveActivation({ ...known, createSince: now });
    await store.saveWatermark(salesforce.object, { until: now, handled: [] });
  }
  await store.saveLastOrg(connection.orgId);
  await store.changePauses(({ items }) => ({ items }));
  return { ended, more: false };
}
