/**
 * Before a program is saved: how many issues its first cycle may create. Counted by Salesforce, as far as SOQL can
 * say what an item wants, so the number may be too high and never too low.
 */
import { limits } from '../../compiler/catalogue/limits.ts';
import type { ItemPlan, Plan } from '../../compiler/plan/ir.ts';
import { createSince, eligibleCount } from '../engine/index.ts';
import type { Activation, Instant, Store } from '../ports.ts';
import type { Deps } from './deps.ts';

/** More are not created without somebody's word. */
export const createdUnasked = ({ guard }: Plan): number => guard?.newIssues ?? limits.newIssues.value;

export async function issuesToCreate(deps: Deps, plan: Plan): Promise<number> {
  const all = await creationsOf(deps, plan);
  return all.reduce((sum, { atMost }) => sum + atMost, 0);
}

export interface Creations {
  readonly item: string;
  /** Records from then on count. */
  readonly since: Instant;
  readonly atMost: number;
}

/** Of the items that would create anything at once. */
export async function creationsOf({ salesforce, store, clock }: Deps, plan: Plan): Promise<readonly Creations[]> {
  const counts: { readonly item: string; readonly since: Instant; readonly soql: string }[] = [];
  for (const item of plan.items) {
    if (item.create.records === 'off') continue;
    const known = await activationFor(store, item);
    const since = known?.createSince ?? createSince(item, clock.now());
    // What was never caught up with made no issue for sure.
    const caughtUp = known?.createSince === undefined ? undefined : known.caughtUp;
    const done =
      caughtUp === undefined
        ? undefined
        : itemIn(await store.programVersion(caughtUp).then(found => found?.plan), item);
    if (since >= clock.now()) continue;
    const soql = eligibleCount(item, since, done);
    if (soql !== undefined) counts.push({ item: item.id, since, soql });
  }
  if (counts.length === 0) return [];
  const { answers } = await salesforce.query(counts.map(({ soql }) => ({ soql })));
  return counts.map(({ item, since }, at) => ({ item, since, atMost: Number(answers[at]?.rows[0]?.total) || 0 }));
}

/** What is stored of an item, or of the one that it was before it was renamed. */
export const activationFor = async (store: Store, { id, was }: ItemPlan): Promise<Activation | undefined> =>
  (await store.activation(id)) ?? (was === undefined ? undefined : await store.activation(was));

/** The item as that program had it, if it created then. */
function itemIn(plan: Plan | undefined, { id, was }: ItemPlan): ItemPlan | undefined {
  const found = plan?.items.find(one => one.id === id) ?? plan?.items.find(one => one.id === was);
  return found?.create.records === 'off' ? undefined : found;
}
