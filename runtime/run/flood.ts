/**
 * Before a program is saved: how many issues its first cycle may create. Counted by Salesforce, as far as SOQL can
 * say what an item wants, so the number may be too high and never too low.
 */
import { limits } from '../../compiler/catalogue/limits.ts';
import type { ItemPlan, Plan } from '../../compiler/plan/ir.ts';
import { compileItem, createSince, eligibleCount } from '../engine/index.ts';
import type { Deps } from './deps.ts';

/** More are not created without somebody's word. */
export const createdUnasked = ({ guard }: Plan): number => guard?.newIssues ?? limits.newIssues.value;

export async function issuesToCreate({ salesforce, store, clock }: Deps, plan: Plan): Promise<number> {
  const counts: string[] = [];
  for (const item of plan.items) {
    if (item.create.records === 'off') continue;
    const known =
      (await store.activation(item.id)) ?? (item.was === undefined ? undefined : await store.activation(item.was));
    const since = known?.createSince ?? createSince(compileItem(item), clock.now());
    // What was never caught up with made no issue for sure.
    const caughtUp = known?.createSince === undefined ? undefined : known.caughtUp;
    const done =
      caughtUp === undefined
        ? undefined
        : itemIn(await store.programVersion(caughtUp).then(found => found?.plan), item);
    if (since >= clock.now()) continue;
    const count = eligibleCount(item, since, done);
    if (count !== undefined) counts.push(count);
  }
  if (counts.length === 0) return 0;
  const { answers } = await salesforce.query(counts.map(soql => ({ soql })));
  return answers.reduce((sum, { rows }) => sum + (Number(rows[0]?.total) || 0), 0);
}

/** The item as that program had it, if it created then. */
function itemIn(plan: Plan | undefined, { id, was }: ItemPlan): ItemPlan | undefined {
  const found = plan?.items.find(one => one.id === id) ?? plan?.items.find(one => one.id === was);
  return found?.create.records === 'off' ? undefined : found;
}
