/**
 * The app wired to Forge: the one place where the real clock, network, storage, queue and dice come in.
 * Made anew for every invocation, since a process serves many installations.
 */
import { randomUUID } from 'node:crypto';
import { asApp, asUser, fetch, getAppContext } from '@forge/api';
import { Queue } from '@forge/events';
import { kvs } from '@forge/kvs';
import { decodePlan, encodePlan } from '../../compiler/plan/encode.ts';
import { createJira } from '../jira/index.ts';
import { createQueue } from '../queue/index.ts';
import { createSalesforce, type Fetch } from '../salesforce/index.ts';
import { createStore } from '../storage/index.ts';
import { queueName } from '../storage/keys.ts';
import type { PlanCodec } from '../storage/programs.ts';
import type { AppDeps } from './app-deps.ts';
import { createLog } from './log.ts';

export type { AppDeps } from './app-deps.ts';

/** The installation goes with the app when it is taken away; the site stays. */
const siteId = (): string | undefined => getAppContext().installation?.contexts[0]?.cloudId;

const sleep = (ms: number) => new Promise<void>(done => setTimeout(done, ms));

export function createDeps(): AppDeps {
  const clock = { now: () => Date.now() };
  const plans: PlanCodec = {
    encode: encodePlan,
    decode: decodePlan,
    renew: async files => (await (await import('./compile.ts')).check(deps, files)).plan,
  };
  const store = createStore({ kvs, clock, newId: randomUUID, plans, site: siteId });
  const http: Fetch = (url, init) => fetch(url, init);
  const deps: AppDeps = {
    store,
    clock,
    fetch: http,
    salesforce: createSalesforce({ fetch: http, store, clock }),
    jira: createJira((path, init) => asApp().requestJira(path, init), { ...clock, sleep }),
    asApp: (path, init) => asApp().requestJira(path, init),
    asUser: (path, init) => asUser().requestJira(path, init),
    queue: createQueue(new Queue({ key: queueName })),
    log: createLog(console.error),
    newId: randomUUID,
  };
  return deps;
}

/**
 * What a run may see: the program without its paused items, so that their links rest; on resume they are
 * looked at again.
 */
export function forRuns(deps: AppDeps): AppDeps {
  const { store } = deps;
  return {
    ...deps,
    store: {
      ...store,
      async program() {
        const [program, pauses] = await Promise.all([store.program(), store.pauses()]);
        if (program === undefined) return undefined;
        const items = program.plan.items.filter(({ id }) => pauses.all === undefined && pauses.items[id] === undefined);
        return { ...program, plan: { ...program.plan, items } };
      },
    },
  };
}

/** For people, wherever the app shows anything. */
export const notLicensed =
  'The app has no active licence on this site, so nothing is synced. A Jira admin can renew it.';

/** C-7: only a production installation needs a licence; elsewhere Forge gives none. */
export function licensed(): boolean {
  const { environmentType, license } = getAppContext();
  if (environmentType !== 'PRODUCTION') return true;
  return license?.active === true || license?.isActive === true;
}
