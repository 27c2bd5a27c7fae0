/** The app's store over the real @forge/kvs and the sandbox's storage; every method runs as inside a function of the app. */
import type { Plan } from '../../compiler/plan/ir.ts';
import type { AppStore } from '../../runtime/storage/index.ts';
import type { PlanCodec } from '../../runtime/storage/programs.ts';
import { createStorage, type Storage } from './forge-storage.ts';

export const jsonPlans: PlanCodec = {
  encode: (plan: Plan) => JSON.stringify(plan),
  decode: (text: string) => JSON.parse(text) as Plan,
  renew: async () => undefined,
};

export async function openStore(
  clock: { now(): number },
  plans: PlanCodec = jsonPlans,
): Promise<{ readonly storage: Storage; readonly store: AppStore }> {
  const storage = createStorage(clock);
  const { kvs } = await import('@forge/kvs');
  const { createStore } = await import('../../runtime/storage/index.ts');
  let ids = 0;
  const inside = createStore({ kvs, clock, plans, newId: () => `id-${++ids}` });
  const store = new Proxy(inside, {
    // `allLinks` is read where it is asked for.
    get: (target, name) =>
      name === 'allLinks'
        ? target.allLinks
        : (...args: unknown[]) =>
            storage.run(() => (target[name as 'pauses'] as (...all: unknown[]) => Promise<never>)(...args)),
  });
  return { storage, store };
}
