/** What an admin does in the page: chooses in conflicts or puts them away, and lets items rest. */
import type { World } from '../../sandbox/world.ts';
import type { Doors } from './doors.ts';
import type { Ledger, Side } from './ledger.ts';

/** A record with conflicts that wait for somebody to choose, and the id of what says so. */
export interface Held {
  readonly id: string;
  readonly record: string;
}

export interface AdminDeeds {
  held(): Promise<readonly Held[]>;
  /** False where nothing was held any more. */
  choose(held: Held, keep: Side): Promise<boolean>;
  /** False where it is refused. */
  pause(item: string): Promise<boolean>;
  /** Ids of items, as the list of the admin page has them: a rename takes a rest along. */
  resting(): Promise<readonly string[]>;
  resume(item: string): Promise<boolean>;
  /** Nothing is chosen; false where nothing was held any more. */
  putAway(held: Held): Promise<boolean>;
}

/** After which nothing was done. */
export const refusals: ReadonlySet<string> = new Set([
  'already-linked',
  'automatic',
  'busy',
  'forbidden',
  'gone',
  'invalid',
  'not-found',
  'not-ready',
  'nothing-to-choose',
  'out-of-scope',
  'paused',
]);

export function createAdminDeeds(world: World, doors: Doors, ledger: Ledger): AdminDeeds {
  const asAdmin = (name: string, payload: unknown) =>
    world.invoke({ module: 'admin', function: name, payload, accountId: doors.account('admin') });
  return {
    async held() {
      const { attention } = (await world.state()) as {
        attention: readonly { id: string; record?: string; held?: readonly string[] }[];
      };
      return attention.flatMap(({ id, record, held }) => (record !== undefined && held ? [{ id, record }] : []));
    },
    async choose({ id, record }, keep) {
      const answer = await asAdmin('attention.resolve', { id, keep });
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.chosen.push({ at: world.clock.now(), record, keep });
      return true;
    },
    async pause(item) {
      const answer = await asAdmin('items.pause', { itemId: item });
      return answer.ok || !refusals.has(answer.error.code);
    },
    async resting() {
      const answer = await asAdmin('items.list', {});
      if (!answer.ok) return [];
      const { items } = answer.result as {
        readonly items: readonly { readonly id: string; readonly paused: boolean }[];
      };
      return items.filter(({ paused }) => paused).map(({ id }) => id);
    },
    resume: async item => (await asAdmin('items.resume', { itemId: item })).ok,
    async putAway({ id, record }) {
      const answer = await asAdmin('attention.dismiss', { id });
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.putAway.add(record);
      return true;
    },
  };
}
