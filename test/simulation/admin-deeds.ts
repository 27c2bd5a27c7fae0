/**
 * What an admin does in the page: chooses in conflicts, has trouble tried again or puts it away, lets items rest, takes
 * an earlier version of the program up again, deletes one of its items, disconnects the org and connects it or another
 * one, lets a record have an issue again, and has erased what is kept of an issue or of a person.
 */
import type { World } from '../../sandbox/world.ts';
import type { Doors } from './doors.ts';
import type { Ledger, Side } from './ledger.ts';
import { businessOf, placeOf } from './program.ts';
import type { SeenEntry, SeenLink } from './promises/promise.ts';

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
  /** What Salesforce holds is another org's from now on, as after a refresh; nobody has connected it yet. */
  moveOrg(): string;
  /** All links end that are another org's than the connected one; false where none are, or a run is under way. */
  startOver(): Promise<boolean>;
  /** Whether all rests, since the links are another org's. */
  isElsewhere(): Promise<boolean>;
  /** Of an item, but for the one that is active. */
  versionsOf(item: string): Promise<readonly number[]>;
  /** Texts of the program that are active now; nothing where it is refused. */
  restore(item: string, version: number): Promise<string | undefined>;
  /** Two admins save at the same moment. Answers the texts that were active since, the last of them now. */
  saveAtOnce(texts: readonly string[]): Promise<readonly string[]>;
  /** As `restore`. */
  deleteItem(item: string): Promise<string | undefined>;
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

type Files = Readonly<Record<string, string>>;

interface StartedOver {
  readonly ended?: number;
  readonly more?: boolean;
}

interface Connection {
  readonly connected: boolean;
  readonly orgId: string | null;
  readonly otherOrg?: boolean;
}

/** What the first org becomes by a refresh. */
const refreshed = '00D000000000001EAA';

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
  'nothing-to-do',
  'out-of-scope',
  'paused',
]);

export function createAdminDeeds(world: World, doors: Doors, ledger: Ledger): AdminDeeds {
  /** `unseen`: without any fault. */
  const asAdmin = (name: string, payload: unknown, unseen = false) =>
    world.invoke({ module: 'admin', function: name, payload, accountId: doors.account('admin'), unseen });
  /** Oldest first. */
  const versions = async () => {
    const answer = await asAdmin('program.versions', {}, true);
    if (!answer.ok) throw new Error(answer.error.message);
    return (answer.result as readonly { readonly version: number }[])
      .map(({ version }) => version)
      .toSorted((a, b) => a - b);
  };
  const firstOrg = world.salesforce.orgId;
  ledger.orgs.push({ at: 0, org: firstOrg });
  const attention = async () => (await world.state()).attention as readonly Trouble[];
  const connection = async (unseen = false) => {
    const answer = await asAdmin('connection.get', {}, unseen);
    return answer.ok ? (answer.result as Connection) : undefined;
  };
  const isElsewhere = async () => (await connection())?.otherOrg === true;
  const activeText = async () => (await world.program()).files['cases.bridge'];
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
    disconnect: async () => (await connection())?.connected === true && (await asAdmin('connection.revoke', {})).ok,
    async connect() {
      const { orgId } = world.salesforce;
      if ((await connection())?.orgId === orgId) return false;
      const { ok } = await world.connect();
      // Without an answer, it may be connected nevertheless.
      if ((await connection(true))?.orgId === orgId && ledger.orgs.at(-1)?.org !== orgId)
        ledger.orgs.push({ at: world.clock.now(), org: orgId });
      return ok;
    },
    moveOrg() {
      const { orgId } = world.salesforce;
      const to = orgId === refreshed ? firstOrg : refreshed;
      world.salesforce.moveTo(to);
      return to;
    },
    isElsewhere,
    async startOver() {
      if (!(await isElsewhere())) return false;
      // Who ends all links reads first what that means; by then the list of links shows all of them.
      world.clock.advance(61_000);
      for (;;) {
        const answer = await asAdmin('connection.startOver', {});
        if (!answer.ok && refusals.has(answer.error.code)) return false;
        for (const record of ledger.records)
          for (const place of ['own', 'beside', 'across'] as const) ledger.unlinked.add(businessOf(place, record));
        const { ended = 0, more = false } = answer.ok ? (answer.result as StartedOver) : {};
        // Without any it may have been the links' own org, whose save had come halfway.
        ledger.startedOver.push({ at: world.clock.now(), sure: ended > 0 && !more });
        if (!more) return true;
      }
    },
    async versionsOf(item) {
      const answer = await asAdmin('items.versions', { itemId: item });
      if (!answer.ok) return [];
      const versions = (answer.result as readonly { readonly version: number }[]).map(({ version }) => version);
      return versions.filter(version => version !== Math.max(...versions));
    },
    async restore(item, version) {
      const answer = await asAdmin('items.restore', { itemId: item, version, confirm: true });
      if (!answer.ok && refusals.has(answer.error.code)) return undefined;
      return activeText();
    },
    async saveAtOnce(texts) {
      const before = await versions();
      await Promise.all(texts.map(text => world.saveProgram({ 'cases.bridge': text })));
      const saved = (await versions()).filter(version => !before.includes(version));
      const found = await Promise.all(saved.map(version => asAdmin('program.version', { version }, true)));
      return found.flatMap(answer => {
        const { files } = (answer as unknown as { readonly result: { readonly files: Files } }).result;
        return files['cases.bridge'] ?? [];
      });
    },
    async deleteItem(item) {
      const troubles = (await attention()).filter(({ id }) => id.startsWith(`${item}:`));
      const answer = await asAdmin('items.delete', { itemId: item });
      if (!answer.ok && refusals.has(answer.error.code)) return undefined;
      // What was told of it goes with it.
      ledger.dismissed.push(...troubles);
      return activeText();
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
      const { links, journal } = await world.state();
      const isOf = (one: { readonly issueKey?: string }) => one.issueKey === issueKey;
      // A link that was made just now is not listed yet, and of one that ended only entries tell.
      const mark = await doors.markerOf(id);
      const answer = await asAdmin('data.erase', { issueKey });
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.erased.add(id).add(issueKey);
      for (const { record } of (journal as readonly SeenEntry[]).filter(isOf)) ledger.erased.add(record);
      for (const { item, record } of [...(links as readonly SeenLink[]).filter(isOf), ...(mark ? [mark] : [])]) {
        ledger.erased.add(record);
        ledger.unlinked.add(businessOf(placeOf(item), record));
      }
      return true;
    },
    erasePerson: async role => (await asAdmin('data.erase', { accountId: doors.account(role) })).ok,
  };
}
