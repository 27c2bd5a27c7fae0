/**
 * What a program costs: the queries of a cycle after those of one object were made one, the calls that carry
 * them, and the most that one change costs beside. A table of parts, each with the items that it is for; the
 * engine's own calls are held against it by a test.
 */
import { limits } from '../catalogue/limits.ts';
import type { ItemPlan } from './ir.ts';

/** What of an item decides its cost. */
export interface Costing {
  readonly id: string;
  readonly object: string;
  /** It is looked at in every cycle; display-only items are not. */
  readonly synchronized: boolean;
  readonly comments: boolean;
  readonly attachments: boolean;
  readonly writesJira: boolean;
  readonly writesSalesforce: boolean;
  /** A rule or status sync moves its issues. */
  readonly moves: boolean;
  /** Mappings that look people up in Jira. */
  readonly people: number;
  readonly creates: boolean;
}

export function costingOf(item: ItemPlan): Costing {
  const { id, mode, salesforce, mappings, status, rules, create } = item;
  const syncsStatus = status !== undefined && rules === undefined;
  return {
    id,
    object: salesforce.object,
    synchronized: mode !== 'display-only',
    comments: item.comments.on,
    attachments: item.attachments,
    writesJira: mappings.some(({ toJira }) => toJira !== undefined),
    writesSalesforce: syncsStatus || mappings.some(({ toSalesforce }) => toSalesforce !== undefined),
    moves: rules !== undefined || syncsStatus,
    people: mappings.filter(({ toJira, target }) => toJira !== undefined && isPerson(target.type)).length,
    creates: create.records !== 'off',
  };
}

export const isPerson = (type: string): boolean => type === 'user' || type === 'users';

/** Salesforce calls, and points of Jira's hourly quota. */
export interface Price {
  readonly calls: number;
  readonly points: number;
}
export type ChangeKind = 'record' | 'issue' | 'created';

/** One question of a cycle, with the ids of the items that it is asked for. */
export interface CycleQuery {
  readonly of: string;
  readonly items: readonly string[];
}

export interface Cost {
  /** Sorted by what they ask for. */
  readonly queries: readonly CycleQuery[];
  /** Of a cycle in which nothing changed. */
  readonly callsPerCycle: number;
  readonly callsPerDay: number;
  /** At most, for one change of the item that makes it dearest; nothing for kinds that cannot happen. */
  readonly perChange: Readonly<Record<ChangeKind, Price>>;
}

export function costOf(items: readonly Costing[]): Cost {
  const asked = new Map<string, string[]>();
  const perChange: Record<ChangeKind, Price> = { record: free, issue: free, created: free };
  for (const item of items) {
    if (!item.synchronized) continue;
    for (const of of sourcesOf(item)) {
      const own = asked.get(of);
      if (own === undefined) asked.set(of, [item.id]);
      else own.push(item.id);
    }
    for (const kind of ['record', 'issue', 'created'] as const) {
      perChange[kind] = dearer(perChange[kind], priceOf(item, kind));
    }
  }
  const queries = [...asked.keys()].sort().map(of => ({ of, items: asked.get(of)! }));
  const callsPerCycle = Math.ceil(queries.length / limits.queriesPerCall.value);
  return { queries, callsPerCycle, callsPerDay: callsPerCycle * limits.cyclesPerDay.value, perChange };
}

/** A day's calls and an hour's points when so much changes, each change at its dearest. */
export function costWith(cost: Cost, changesPerHour: number): { callsPerDay: number; pointsPerHour: number } {
  const { calls, points } = Object.values(cost.perChange).reduce(dearer);
  return { callsPerDay: cost.callsPerDay + 24 * changesPerHour * calls, pointsPerHour: changesPerHour * points };
}

/** What a cycle asks Salesforce for: records, and comments and files by stamps of their own. */
function sourcesOf({ object, comments, attachments }: Costing): readonly string[] {
  const of = [object];
  if (comments) of.push(...(object === 'Case' ? ['CaseComment'] : []), 'FeedItem', 'FeedComment');
  if (attachments) of.push('ContentVersion');
  return of;
}

interface Part extends Price {
  readonly on: ChangeKind;
  /** How many times it is paid for the item. */
  readonly times: (item: Costing) => number;
}
const when =
  (holds: (item: Costing) => boolean): Part['times'] =>
  item =>
    holds(item) ? 1 : 0;
const always = () => 1;
const writesJira = when(item => item.writesJira);
const writesSalesforce = when(item => item.writesSalesforce);
const moves = when(item => item.moves);
const comments = when(item => item.comments);
const people = (item: Costing) => item.people;
/** Who changed a value last is asked of the change log, and who the app itself is. */
const doubts = when(item => item.writesJira || item.moves);

const parts: readonly Part[] = [
  // A record that changed was read by the cycle's query.
  { on: 'record', times: always, calls: 0, points: 2 },
  { on: 'record', times: doubts, calls: 0, points: 4 },
  { on: 'record', times: writesJira, calls: 0, points: 1 },
  { on: 'record', times: moves, calls: 0, points: 2 },
  { on: 'record', times: people, calls: 0, points: 3 },
  // Written, and read back, since Salesforce may keep another form.
  { on: 'record', times: writesSalesforce, calls: 2, points: 0 },
  { on: 'record', times: comments, calls: 1, points: 2 },
  // An issue is looked at by its event, and once more by the next cycle, which puts back what is Salesforce's.
  { on: 'issue', times: always, calls: 2, points: 4 },
  { on: 'issue', times: doubts, calls: 0, points: 8 },
  { on: 'issue', times: writesJira, calls: 0, points: 1 },
  { on: 'issue', times: moves, calls: 0, points: 2 },
  { on: 'issue', times: people, calls: 0, points: 3 },
  { on: 'issue', times: writesSalesforce, calls: 2, points: 0 },
  { on: 'issue', times: comments, calls: 3, points: 4 },
  // A new issue is created, read and moved; its record gets a note with the site's address.
  { on: 'created', times: always, calls: 1, points: 4 },
  { on: 'created', times: doubts, calls: 0, points: 4 },
  { on: 'created', times: moves, calls: 0, points: 2 },
  { on: 'created', times: people, calls: 0, points: 3 },
  { on: 'created', times: writesSalesforce, calls: 2, points: 0 },
  { on: 'created', times: comments, calls: 2, points: 2 },
];

/** At most, for one change of that kind. */
export function priceOf(item: Costing, kind: ChangeKind): Price {
  if (!item.synchronized || (kind === 'created' && !item.creates)) return free;
  let calls = 0;
  let points = 0;
  for (const part of parts) {
    if (part.on !== kind) continue;
    const times = part.times(item);
    calls += part.calls * times;
    points += part.points * times;
  }
  return { calls, points };
}

const free: Price = { calls: 0, points: 0 };
const dearer = (a: Price, b: Price): Price => ({
  calls: Math.max(a.calls, b.calls),
  points: Math.max(a.points, b.points),
});
