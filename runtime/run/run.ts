/**
 * One run: the program it runs, what it counts, what it writes into the journal, and whether it has to stop
 * early. It keeps its notes in memory and stores them before what they tell of is remembered as done, at the
 * latest when it closes.
 */
import { createHmac } from 'node:crypto';
import type { ItemPlan, Origin } from '../../compiler/plan/ir.ts';
import { compileItem, type Item, noPeople, type People, type Sign } from '../engine/index.ts';
import {
  type Attention,
  type Failure,
  type JournalEntry,
  type LinkKey,
  linkKey,
  PortError,
  type RunCounts,
  type RunReport,
  type SavedProgram,
} from '../ports.ts';
import { type Deps, limitsOf } from './deps.ts';
import { holdAfter, holdsBack, reserveReached } from './reserve.ts';

export interface Run {
  readonly deps: Deps;
  readonly id: string;
  readonly cause: RunReport['cause'];
  readonly org: string;
  readonly program: SavedProgram;
  readonly items: ReadonlyMap<string, Item>;
  /** Leaves an item out of what is left of this run. */
  rest(item: string): void;
  count(item: string, what: keyof RunCounts, by?: number): void;
  /** Counts a link or a record as seen, once in a run however often it is looked at. */
  see(key: LinkKey): void;
  note(entry: Omit<JournalEntry, 'id' | 'run' | 'at' | 'source'> & { readonly origin: Origin }): void;
  /** Stores the notes so far: a run that dies later has told of what it did. */
  flush(): Promise<void>;
  /** Set when a system cannot take more now: what is left stays unhandled until the next run. */
  readonly stopped: Failure | undefined;
  stop(failure: Failure): void;
  /** The time that a function may work is nearly over; nothing new is begun. */
  overdue(): boolean;
  /** The app's own Jira account; read once, when first needed. */
  self(): Promise<string>;
  /** The site's address; read once, when first needed. */
  siteUrl(): Promise<string>;
  /** Seals markers with this installation's key; read once, when first needed. */
  sign(): Promise<Sign>;
  /** What a record type offers of a picklist; read once each, when first needed. */
  offered(object: string, recordType: string, field: string): Promise<ReadonlySet<string> | undefined>;
  /** Looks the addresses up that are not known yet. */
  people(emails: readonly string[], projectKey: string): Promise<People>;
  attention(key: LinkKey): Promise<Attention | undefined>;
  /** Read once, when first needed. */
  allAttention(): Promise<readonly Attention[]>;
  /** It is known under other names by now. */
  forgetAttention(): void;
  close(failure?: string): Promise<RunReport>;
}

/** The item of this id, or the one that had it before it was renamed: what was begun under it goes on. */
export const itemNamed = ({ items }: Pick<Run, 'items'>, id: string): Item | undefined =>
  items.get(id) ?? [...items.values()].find(({ plan }) => plan.was === id);

/** The id that the item had, unless another item has it by now. */
export const formerId = ({ items }: Pick<Run, 'items'>, { plan: { was } }: Item): string | undefined =>
  was === undefined || items.has(was) ? undefined : was;

/** Why a run cannot even begin, as a sentence. */
export type Unready = { readonly unready: string };

/** `asks`: it calls Salesforce or Jira, and waits where they asked to wait. */
export async function openRun(deps: Deps, cause: RunReport['cause'], asks = true): Promise<Run | Unready> {
  const { store, clock } = deps;
  const [program, connection, hold] = await Promise.all([store.program(), store.connection(), store.hold()]);
  if (program === undefined) return { unready: 'no program is active' };
  if (connection === undefined) return { unready: 'Salesforce is not connected' };
  if (asks && holdsBack(hold, cause, clock.now())) return { unready: hold.reason };
  deps.salesforce.bindTo(connection.orgId);
  // These were read side by side, so that a pause of all that came with this connection may have been missed.
  const plan = connection.linksOf === undefined ? program.plan : { ...program.plan, items: [] };
  return createRun(deps, cause, { ...program, plan }, connection.orgId);
}

function createRun(deps: Deps, cause: RunReport['cause'], program: SavedProgram, org: string): Run {
  const id = deps.newId();
  const startedAt = deps.clock.now();
  const { cycleMs, personMs } = limitsOf(deps);
  const deadline = startedAt + (cause === 'refresh' ? personMs : cycleMs);
  const items = new Map(program.plan.items.map(plan => [plan.id, itemOf(plan)]));
  const counts = new Map<string, Record<keyof RunCounts, number>>();
  const seen = new Set<string>();
  let entries: JournalEntry[] = [];
  /** The last write of the journal that is under way. */
  let telling: Promise<void> = Promise.resolve();
  let noted = 0;
  const accounts = new Map<string, string | undefined>();
  const offers = new Map<string, ReturnType<Run['offered']>>();
  let stopped: Failure | undefined;
  let self: Promise<string> | undefined;
  let siteUrl: Promise<string> | undefined;
  let sign: Promise<Sign> | undefined;
  let attention: Promise<readonly Attention[]> | undefined;

  return {
    deps,
    id,
    cause,
    org,
    program,
    items,
    rest(item) {
      items.delete(item);
    },
    count(item, what, by = 1) {
      const own = counts.get(item) ?? { ...noCounts };
      own[what] += by;
      counts.set(item, own);
    },
    see(key) {
      if (seen.has(linkKey(key))) return;
      seen.add(linkKey(key));
      this.count(key.item, 'seen');
    },
    note({ origin, ...entry }) {
      entries.push({
        ...entry,
        id: `${id}-${noted++}`,
        run: id,
        at: deps.clock.now(),
        source: `${origin.file}:${origin.line}`,
      });
    },
    async flush() {
      // What somebody else of this run is just storing may be what the caller noted.
      const before = telling;
      const told = entries;
      entries = [];
      // Tried twice: what went under a write of ours is known by this run alone. An entry counts once, by its id.
      const add = () => deps.store.addJournal(told);
      const now = told.length === 0 ? before : before.catch(() => {}).then(() => add().catch(add));
      telling = now;
      try {
        await Promise.all([before, now]);
      } finally {
        if (telling === now) telling = Promise.resolve();
      }
    },
    overdue: () => deps.clock.now() >= deadline,
    get stopped() {
      const reached = stopped === undefined ? reserveReached(deps, cause) : undefined;
      if (reached !== undefined) this.stop(reached);
      return stopped;
    },
    stop(failure) {
      stopped ??= failure;
      deps.log.warn('run stops early', { run: id, system: failure.system, kind: failure.kind, code: failure.code });
    },
    self() {
      self ??= deps.jira.self();
      return self;
    },
    siteUrl() {
      siteUrl ??= deps.jira.siteUrl();
      return siteUrl;
    },
    sign() {
      sign ??= deps.store.markerKey().then(key => text => createHmac('sha256', key).update(text).digest('hex'));
      return sign;
    },
    offered(object, recordType, field) {
      const key = `${object} ${recordType} ${field}`;
      const asked = offers.get(key) ?? deps.salesforce.offered(object, recordType, field);
      offers.set(key, asked);
      return asked;
    },
    async people(emails, projectKey) {
      for (const email of emails) {
        const key = `${projectKey} ${email.toLowerCase()}`;
        if (!accounts.has(key)) accounts.set(key, await deps.jira.userByEmail(email, projectKey));
      }
      return { ...noPeople, accountIdOf: email => accounts.get(`${projectKey} ${email.toLowerCase()}`) };
    },
    async attention(key) {
      attention ??= deps.store.attention();
      return (await attention).find(one => one.id === linkKey(key));
    },
    allAttention() {
      attention ??= deps.store.attention();
      return attention;
    },
    forgetAttention() {
      attention = undefined;
    },
    async close(failure) {
      const hold = stopped && holdAfter(stopped, sentence(stopped), deps.clock.now());
      if (hold !== undefined) await deps.store.saveHold(hold);
      await this.flush();
      const why = failure ?? (stopped && sentence(stopped));
      const report: RunReport = {
        id,
        cause,
        startedAt,
        endedAt: deps.clock.now(),
        items: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
        ...(why === undefined ? {} : { failure: why }),
      };
      await deps.store.saveRun(report);
      return report;
    },
  };
}

/** Made once for a plan: mostly the program is the very one of the run before. */
const compiled = new WeakMap<ItemPlan, Item>();
function itemOf(plan: ItemPlan): Item {
  const item = compiled.get(plan) ?? compileItem(plan);
  compiled.set(plan, item);
  return item;
}

const noCounts: Record<keyof RunCounts, number> = {
  seen: 0,
  created: 0,
  updated: 0,
  moved: 0,
  pushed: 0,
  skipped: 0,
  blocked: 0,
  failed: 0,
};

/** A failure as people read it. */
export const sentence = (failure: Failure): string => {
  const system = { salesforce: 'Salesforce', jira: 'Jira', store: 'the app storage', queue: 'the queue' }[
    failure.system
  ];
  return `${system}: ${failure.message} (${failure.code})`;
};

/** The port's failure, or what an unexpected error amounts to; its own words may hold data and stay out. */
export function failureOf(error: unknown): Failure {
  if (error instanceof PortError) return error.failure;
  return {
    system: 'store',
    kind: 'refused',
    code: error instanceof Error ? error.name : 'Error',
    message: 'an unexpected error inside the bridge',
    fields: [],
  };
}

/** Nothing was applied, and nothing else will be for now: the run stops and goes on later. */
export const stopsRun = ({ kind }: Failure): boolean =>
  kind === 'limited' || kind === 'unavailable' || kind === 'unauthorized';
