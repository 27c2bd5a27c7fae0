/**
 * What an admin does in the page: chooses in conflicts, has trouble tried again or puts it away, lets items rest, takes
 * an earlier version of the program up again, disconnects the org and connects it, lets a record have an issue again,
 * and has erased what is kept of an issue or of a person.
 */
import type { World } from '../../sandbox/world.ts';
import type { Doors } from './doors.ts';
import type { Ledger, Side } from './ledger.ts';
import { businessOf, placeOf } from './program.ts';
import type { SeenLink } from './promises/promise.ts';

/** A record with conflicts that wait for somebody to choose, and the id of what says so. */
export interface Held {
  readonly id: string;
  readonly record: string;
}

/** What is told under *Attention*. */
export interface Trouble {
  readonly id: string;
  readonly record?: string;
  readonly issueKey?: string;
  readonly held?: readonly string[];
}

export interface AdminDeeds {
  /** All that is told but what is held. */
  troubles(): Promise<readonly Trouble[]>;
  held(): Promise<readonly Held[]>;
  /** False where it was over. */
  tryAgain(id: string): Promise<boolean>;
  /** False where it was over. */
  dismiss(trouble: Trouble): Promise<boolean>;
  /** False where nothing was held any more. */
  choose(held: Held, keep: Side): Promise<boolean>;
  /** False where it is refused. */
  pause(item: string): Promise<boolean>;
  /** Ids of items, as the list of the admin page has them: a rename takes a rest along. */
  resting(): Promise<readonly string[]>;
  resume(item: string): Promise<boolean>;
  /** Nothing is chosen; false where nothing was held any more. */
  putAway(held: Held): Promise<boolean>;
  /** False where nothing is connected. */
  disconnect(): Promise<boolean>;
  /** False where it is connected, or Salesforce does not answer. */
  connect(): Promise<boolean>;
  /** Of an item, but for the one that is active. */
  versionsOf(item: string): Promise<readonly number[]>;
  /** Texts of the program that are active now; nothing where it is refused. */
  restore(item: string, version: number): Promise<string | undefined>;
  /** Records that an item was told to leave alone. */
  leftAlone(): Promise<readonly LeftAlone[]>;
  /** False where it may have an issue already. */
  lift(one: LeftAlone): Promise<boolean>;
  /** All that is kept of an issue: its link ends with it. */
  eraseIssue(issue: { readonly id: string; readonly key: string }): Promise<boolean>;
  /** All that is kept of the person who has this role. */
  erasePerson(role: string): Promise<boolean>;
}

export interface LeftAlone {
  readonly itemId: string;
  readonly recordId: string;
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
  'not-connected',
  'nothing-to-choose',
  'out-of-scope',
  'paused',
]);

export function createAdminDeeds(world: World, doors: Doors, ledger: Ledger): AdminDeeds {
  const asAdmin = (name: string, payload: unknown) =>
    world.invoke({ module: 'admin', function: name, payload, accountId: doors.account('admin') });
  const attention = async () => (await world.state()).attention as readonly Trouble[];
  const isConnected = async () => {
    const answer = await asAdmin('connection.get', {});
    return answer.ok && (answer.result as { readonly connected: boolean }).connected;
  };
  return {
    troubles: async () => (await attention()).filter(({ held }) => held === undefined),
    held: async () =>
      (await attention()).flatMap(({ id, record, held }) => (record !== undefined && held ? [{ id, record }] : [])),
    tryAgain: async id => (await asAdmin('attention.retry', { id })).ok,
    async dismiss(trouble) {
      const answer = await asAdmin('attention.dismiss', { id: trouble.id });
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.dismissed.push(trouble);
      return true;
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
    disconnect: async () => (await isConnected()) && (await asAdmin('connection.revoke', {})).ok,
    connect: async () => !(await isConnected()) && (await world.connect()).ok,
    async versionsOf(item) {
      const answer = await asAdmin('items.versions', { itemId: item });
      if (!answer.ok) return [];
      const versions = (answer.result as readonly { readonly version: number }[]).map(({ version }) => version);
      return versions.filter(version => version !== Math.max(...versions));
    },
    async restore(item, version) {
      const answer = await asAdmin('items.restore', { itemId: item, version, confirm: true });
      if (!answer.ok && refusals.has(answer.error.code)) return undefined;
      return (await world.program()).files['cases.bridge'];
    },
    async leftAlone() {
      const answer = await asAdmin('tombstones.list', {});
      return answer.ok ? (answer.result as readonly LeftAlone[]) : [];
    },
    async lift(one) {
      const answer = await asAdmin('tombstones.lift', one);
      ledger.lifted.add(one.recordId);
      // In doubt it may have one and need not.
      if (answer.ok) ledger.unlinked.delete(businessOf(placeOf(one.itemId), one.recordId));
      return answer.ok;
    },
    async eraseIssue({ id, key: issueKey }) {
      const links = (await world.state()).links as readonly SeenLink[];
      const answer = await asAdmin('data.erase', { issueKey });
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.erased.add(id).add(issueKey);
      for (const { item, record } of links.filter(link => link.issueKey === issueKey)) {
        ledger.erased.add(record);
        ledger.unlinked.add(businessOf(placeOf(item), record));
      }
      return true;
    },
    erasePerson: async role => (await asAdmin('data.erase', { accountId: doors.account(role) })).ok,
  };
}
