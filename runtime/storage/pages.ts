/**
 * Runs, journal and audit: append-only lists in numbered pages, newest last. A page is small, so a write stays
 * cheap; it vanishes a day after its entries are due, so the list stays bounded; a page that is full is
 * left and the next one opened. Several writers share a page by compare-and-set.
 */
import type { Clock, JournalEntry, RunReport, Store } from '../ports.ts';
import { number } from '../shape.ts';
import { entities, keys } from './keys.ts';
import type { Kvs } from './platform.ts';
import type { Reads } from './reads.ts';
import { changeRow, type Row } from './rows.ts';
import { type AuditEntry, storedAudit, storedJournal, storedRuns } from './shapes.ts';
import { type Stored, stored } from './stored.ts';

const day = 24 * 60 * 60 * 1000;
/** lost values of conflicts are kept longer than the rest; A-4: who did what, a year. */
export const keptDays = { run: 30, journal: 30, audit: 365, conflict: 90 } as const;
type Kind = keyof typeof keptDays;

/**
 * Characters of a page's JSON; far below Forge's 240 KiB also when every one takes four bytes. Every run ends with one
 * small entry, for which its page is read, checked and written anew: most of what a cycle costs that finds nothing. So
 * that page is the smallest.
 */
const pageLimits: Readonly<Record<Kind, number>> = { run: 2_000, journal: 32_000, audit: 32_000, conflict: 32_000 };
/** Pages of a first look, which often are enough, and of each further one. */
const firstPages = (kind: Kind): number => Math.min(25, Math.ceil(96_000 / pageLimits[kind]));
const morePages = (kind: Kind): number => Math.max(10, firstPages(kind));
/**
 * Of one entry; beyond it texts are cut, since a journal must never fail to be written. What was lost in a
 * conflict is nowhere else: the longest text of either system stays whole.
 */
const entryLimits: Readonly<Record<Kind, number>> = { run: 20_000, journal: 20_000, audit: 20_000, conflict: 150_000 };

const storedHead = stored('page number', 1, number);

interface Pages<T> {
  append(entries: readonly T[]): Promise<void>;
  /** Newest first. */
  latest(limit: number): Promise<readonly T[]>;
  /** Every entry that is kept; `undefined` takes one out, the same one leaves it. */
  rewrite(change: (entry: T) => T | undefined): Promise<void>;
}

function createPages<T extends { readonly id: string }>(
  kvs: Kvs,
  reads: Reads,
  clock: Clock,
  kind: Kind,
  as: Stored<readonly T[]>,
  at: (entry: T) => number,
): Pages<T> {
  const life = { ttl: { value: keptDays[kind] + 1, unit: 'DAYS' } } as const;
  const newest = async (): Promise<number> => {
    const row = await reads.row<Row>(entities.page, keys.pagesHead(kind));
    return storedHead.decode(row?.body) ?? 0;
  };
  const turn = (from: number) =>
    changeRow(kvs, keys.pagesHead(kind), storedHead, (now = 0) => (now === from ? from + 1 : undefined));

  return {
    async append(entries) {
      let rest = entries.map(entry => shorten(entry, entryLimits[kind]));
      let page = await newest();
      while (rest.length > 0) {
        const before = rest.length;
        let left = rest;
        await changeRow(
          kvs,
          keys.page(kind, page),
          as,
          (list = []) => {
            // An entry that the page has already is brought up to date in its place.
            const known = new Map(list.map((entry, index) => [entry.id, index]));
            const next = [...list];
            let size = JSON.stringify(list).length;
            left = [];
            for (const entry of rest) {
              const place = known.get(entry.id);
              const cost = JSON.stringify(entry).length;
              if (place !== undefined) next[place] = entry;
              else if (left.length === 0 && (next.length === 0 || size + cost <= pageLimits[kind])) {
                next.push(entry);
                size += cost;
              } else left.push(entry);
            }
            return left.length === rest.length ? undefined : next;
          },
          life,
        );
        rest = left;
        if (rest.length > 0) {
          await turn(page);
          page = Math.max(page + 1, rest.length === before ? await newest() : page + 1);
        }
      }
    },

    async latest(limit) {
      const since = clock.now() - keptDays[kind] * day;
      const found = new Map<string, T>();
      // A run that began on an older page and ended on this one is listed once, by its newer entry.
      const first = await newest();
      for (
        let to = first, pages = firstPages(kind);
        to >= 0 && found.size < limit;
        to -= pages, pages = morePages(kind)
      ) {
        const names = Array.from({ length: Math.min(pages, to + 1) }, (_, index) => keys.page(kind, to - index));
        const rows = await reads.rows<Row>(entities.page, names);
        if (rows.size === 0) break;
        for (const name of names) {
          if (found.size >= limit) break;
          const entries = as.decode(rows.get(name)?.body) ?? [];
          for (const entry of entries.toReversed())
            if (at(entry) >= since && !found.has(entry.id)) found.set(entry.id, entry);
        }
      }
      return [...found.values()].slice(0, limit);
    },

    async rewrite(change) {
      for (let page = await newest(); page >= 0; page--) {
        let there = false;
        await changeRow(
          kvs,
          keys.page(kind, page),
          as,
          (list = []) => {
            there = list.length > 0;
            const next = list.flatMap(entry => change(entry) ?? []);
            return next.length === list.length && next.every((entry, at) => entry === list[at]) ? undefined : next;
          },
          life,
        );
        // Older pages are past their time.
        if (!there) return;
      }
    },
  };
}

function shorten<T>(entry: T, limit: number): T {
  if (JSON.stringify(entry).length <= limit) return entry;
  const cut = (value: unknown): unknown => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : value;
  };
  return Object.fromEntries(
    Object.entries(entry as Record<string, unknown>).map(([name, value]) => [
      name,
      value === undefined ? value : cut(value),
    ]),
  ) as T;
}

export interface Audit {
  addAudit(entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>;
  audit(limit: number): Promise<readonly AuditEntry[]>;
  /** Of all that is kept, not only of what is listed; `undefined` takes an entry out. */
  rewriteHistory(change: {
    readonly entry?: (entry: JournalEntry) => JournalEntry | undefined;
    readonly act?: (entry: AuditEntry) => AuditEntry | undefined;
  }): Promise<void>;
}

export function createHistory(
  kvs: Kvs,
  reads: Reads,
  clock: Clock,
  newId: () => string,
): Pick<Store, 'saveRun' | 'runs' | 'addJournal' | 'journal'> & Audit {
  const runs = createPages<RunReport>(kvs, reads, clock, 'run', storedRuns, run => run.startedAt);
  const journal = createPages<JournalEntry>(kvs, reads, clock, 'journal', storedJournal, entry => entry.at);
  const conflicts = createPages<JournalEntry>(kvs, reads, clock, 'conflict', storedJournal, entry => entry.at);
  const audit = createPages<AuditEntry>(kvs, reads, clock, 'audit', storedAudit, entry => entry.at);
  return {
    saveRun: run => runs.append([run]),
    runs: limit => runs.latest(limit),
    async addJournal(entries) {
      const { lost = [], rest = [] } = Object.groupBy(entries, entry => ('lost' in entry ? 'lost' : 'rest'));
      if (lost.length > 0) await conflicts.append(lost);
      if (rest.length > 0) await journal.append(rest);
    },
    async journal(limit) {
      const both = await Promise.all([journal.latest(limit), conflicts.latest(limit)]);
      return both
        .flat()
        .sort((a, b) => b.at - a.at)
        .slice(0, limit);
    },
    async rewriteHistory({ entry, act }) {
      if (entry !== undefined) for (const pages of [journal, conflicts]) await pages.rewrite(entry);
      if (act !== undefined) await audit.rewrite(act);
    },
    addAudit: entry => audit.append([{ ...entry, id: newId(), at: clock.now() }]),
    audit: limit => audit.latest(limit),
  };
}
