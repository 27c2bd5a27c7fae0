/** The store's contract over maps: everything is copied in and out, as over a wire. */
import type { Pairs } from '../../runtime/conversation.ts';
import {
  type Activation,
  type Attention,
  type CatchUp,
  type Claim,
  type Connection,
  type Hold,
  type JournalEntry,
  type Lease,
  type Link,
  linkKey,
  type RunReport,
  type SavedProgram,
  type Store,
  type Sweep,
  type Versioned,
  type Watermark,
} from '../../runtime/ports.ts';

export interface MemoryStore extends Store {
  /** As after a restore from an old backup. */
  forgetPairs(): void;
  readonly state: {
    readonly links: ReadonlyMap<string, Versioned<Link>>;
    readonly claims: ReadonlyMap<string, Claim>;
    readonly journal: readonly JournalEntry[];
    readonly attention: ReadonlyMap<string, Attention>;
    readonly dirty: ReadonlySet<string>;
    readonly paused: Map<string, string>;
  };
}

const copy = <T>(value: T): T => structuredClone(value);

export function createMemoryStore(now: () => number): MemoryStore {
  let connection: Connection | undefined;
  let secret: string | undefined;
  let token: { readonly token: string; readonly instanceUrl: string } | undefined;
  const programs: SavedProgram[] = [];
  const activations = new Map<string, Activation>();
  const links = new Map<string, Versioned<Link>>();
  const pairs = new Map<string, Versioned<Pairs>>();
  const tombstones = new Set<string>();
  const claims = new Map<string, Claim>();
  const watermarks = new Map<string, Watermark>();
  const leases = new Map<string, Lease>();
  const marks = new Set<string>();
  const dirty = new Set<string>();
  const runs: RunReport[] = [];
  const journal: JournalEntry[] = [];
  const attention = new Map<string, Attention>();
  const paused = new Map<string, string>();
  let epochs = 0;
  let hold: Hold | undefined;
  let catchUp: CatchUp | undefined;
  let sweep: Sweep | undefined;

  return {
    state: { links, claims, journal, attention, dirty, paused },
    connection: async () => copy(connection),
    async saveConnection(value, secretValue) {
      connection = copy(value);
      secret = secretValue;
    },
    async clearConnection() {
      connection = undefined;
      secret = undefined;
    },
    secret: async () => secret,
    token: async () => copy(token),
    async saveToken(value) {
      token = copy(value);
    },

    async program() {
      const program = copy(programs.at(-1));
      if (program === undefined) return undefined;
      return { ...program, plan: { ...program.plan, items: program.plan.items.filter(({ id }) => !paused.has(id)) } };
    },
    async pauseItem(item, reason) {
      paused.set(item, reason);
    },
    async saveProgram(program, base) {
      if ((programs.at(-1)?.version ?? 0) !== base) return false;
      programs.push(copy(program));
      return true;
    },
    programVersions: async () => programs.map(({ version, savedAt, savedBy }) => ({ version, savedAt, savedBy })),
    programVersion: async version => copy(programs.find(program => program.version === version)),
    activation: async item => copy(activations.get(item)),
    async saveActivation(activation) {
      activations.set(activation.item, copy(activation));
    },

    async links(keys) {
      const found = new Map<string, Versioned<Link>>();
      for (const key of keys) {
        const link = links.get(linkKey(key));
        if (link !== undefined) found.set(linkKey(key), copy(link));
      }
      return found;
    },
    linksOfIssue: async issueId => copy([...links.values()].filter(({ value }) => value.issueId === issueId)),
    async linksOfIssues(issueIds) {
      const found = [...links.values()].filter(({ value }) => issueIds.includes(value.issueId));
      return copy(Map.groupBy(found, ({ value }) => value.issueId));
    },
    async addLink(link) {
      const taken = [...links.values()].some(({ value }) => value.item === link.item && value.issueId === link.issueId);
      if (taken || links.has(linkKey(link))) return false;
      links.set(linkKey(link), { value: copy(link), revision: 1 });
      return true;
    },
    async putLink(link, revision) {
      if (links.get(linkKey(link))?.revision !== revision) return false;
      links.set(linkKey(link), { value: copy(link), revision: revision + 1 });
      return true;
    },
    async removeLink(link) {
      links.delete(linkKey(link));
      tombstones.add(linkKey({ item: link.item, record: link.record }));
    },
    async moveLink(link, revision, to) {
      if (links.get(linkKey(link))?.revision !== revision || links.has(linkKey(to))) return false;
      const { issue: _, ...rest } = link;
      links.delete(linkKey(link));
      links.set(linkKey(to), { value: copy({ ...rest, ...to }), revision: 1 });
      return true;
    },
    tombstone: async ({ item, record }) => tombstones.has(linkKey({ item, record })),
    async liftTombstone({ item, record }) {
      tombstones.delete(linkKey({ item, record }));
    },
    moveTombstone: async (key, to) => {
      if (tombstones.delete(linkKey({ item: key.item, record: key.record })))
        tombstones.add(linkKey({ item: to.item, record: to.record }));
    },
    tombstones: async () =>
      [...tombstones].map(name => ({
        item: name.slice(0, name.indexOf(':')),
        record: name.slice(name.indexOf(':') + 1),
      })),
    async linksFrom(cursor, limit) {
      const from = Number(cursor ?? 0);
      const all = [...links.values()].map(({ value }) => copy(value));
      const page = all.slice(from, from + limit);
      return from + limit < all.length ? { links: page, next: String(from + limit) } : { links: page };
    },
    async *allLinks() {
      for (const { value } of [...links.values()]) yield copy(value);
    },

    forgetPairs: () => pairs.clear(),
    async pairs(keys) {
      return new Map(
        keys.flatMap(key => {
          const found = pairs.get(linkKey(key));
          return found === undefined ? [] : [[linkKey(key), copy(found)] as const];
        }),
      );
    },
    async putPairs(key, value, revision) {
      if ((pairs.get(linkKey(key))?.revision ?? 0) !== revision) return false;
      pairs.set(linkKey(key), { value: copy(value), revision: revision + 1 });
      return true;
    },
    async dropPairs(key) {
      pairs.delete(linkKey(key));
    },
    markerKey: async () => 'marker key',

    async claim(claim) {
      if (claims.has(claim.key)) return false;
      claims.set(claim.key, copy(claim));
      return true;
    },
    claimOf: async key => copy(claims.get(key)),
    claimsBefore: async at => [...claims.values()].filter(claim => claim.at < at).map(copy),
    async updateClaim(claim) {
      claims.set(claim.key, copy(claim));
    },
    async dropClaim(key) {
      claims.delete(key);
    },
    watermark: async object => copy(watermarks.get(object)),
    async saveWatermark(object, watermark) {
      watermarks.set(object, copy(watermark));
    },

    sweep: async () => copy(sweep),
    async saveSweep(value) {
      sweep = copy(value);
    },
    catchUp: async () => copy(catchUp),
    async saveCatchUp(value) {
      catchUp = copy(value);
    },
    hold: async () => copy(hold),
    async saveHold(value) {
      hold = copy(value);
    },
    async acquire(name, holder, forMs) {
      const held = leases.get(name);
      if (held !== undefined && held.until > now()) return undefined;
      const lease = { holder, epoch: ++epochs, until: now() + forMs };
      leases.set(name, lease);
      return lease;
    },
    async release(name, lease) {
      if (leases.get(name)?.epoch === lease.epoch) leases.delete(name);
    },
    async mark(name) {
      marks.add(name);
    },
    takeMark: async name => marks.delete(name),
    async addDirty(ids) {
      for (const id of ids) dirty.add(id);
    },
    dirty: async limit => [...dirty].slice(0, limit),
    async dropDirty(ids) {
      for (const id of ids) dirty.delete(id);
    },

    async saveRun(run) {
      runs.unshift(copy(run));
    },
    runs: async limit => copy(runs.slice(0, limit)),
    async addJournal(entries) {
      journal.push(...copy(entries));
    },
    journal: async limit => copy(journal.slice(-limit).reverse()),
    attention: async () => copy([...attention.values()]),
    async saveAttention(one) {
      attention.set(one.id, copy(one));
    },
    async dropAttention(id) {
      attention.delete(id);
    },
  };
}
