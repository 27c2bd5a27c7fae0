/**
 * Pairs of items whose conditions can both hold, found without comparing every item with every other one:
 * items that ask one field for different values can never meet, so only those in the same bucket are
 * compared, and the number of comparisons grows with the number of items.
 */
import type { Atom, Formula } from './formula.ts';
import { budgetOf, satisfyBoth, type Witness } from './satisfy.ts';

export interface Candidate<T> {
  readonly of: T;
  readonly formula: Formula;
}
export interface Meeting<T> {
  readonly earlier: T;
  readonly later: T;
  readonly record: Witness;
}
export interface Meetings<T> {
  readonly met: readonly Meeting<T>[];
  /** The first that could not be compared with all before it, because there were too many. */
  readonly unfinished?: T;
}

/** More values than that tell too little apart. */
const MOST_VALUES = 8;
const COMPARISONS_EACH = 30;
const COMPARISONS_AT_LEAST = 2000;

/** A candidate with what tells it apart from others. */
export interface Suspect<T> extends Candidate<T> {
  readonly order: number;
  readonly asked: Asked;
  /** The values of the field that tells most apart; absent where the candidate leaves it open. */
  readonly values?: ReadonlySet<unknown>;
}

/** Those that could meet another one, as far as a look at the values that they ask for tells. */
export function suspectsAmong<T>(candidates: readonly Candidate<T>[]): readonly Suspect<T>[] {
  if (candidates.length < 2) return [];
  const asked = candidates.map(({ formula }) => valuesAsked(formula));
  const key = mostTelling(asked);
  const sizes = new Map<unknown, number>();
  const suspects = candidates.map(({ of, formula }, order): Suspect<T> => {
    const own = asked[order]!;
    const values = key === undefined ? undefined : own.get(key);
    for (const value of values ?? []) sizes.set(value, (sizes.get(value) ?? 0) + 1);
    return values === undefined ? { of, formula, order, asked: own } : { of, formula, order, asked: own, values };
  });
  if (suspects.some(({ values }) => values === undefined)) return suspects;
  return suspects.filter(({ values }) => [...values!].some(value => sizes.get(value)! > 1));
}

/** For each suspect the first before it that some record meets as well. */
export function firstMeetings<T>(suspects: readonly Suspect<T>[]): Meetings<T> {
  const buckets = new Map<unknown, Suspect<T>[]>();
  const free: Suspect<T>[] = [];
  const before: Suspect<T>[] = [];
  const met: Meeting<T>[] = [];
  let comparisons = Math.max(COMPARISONS_AT_LEAST, COMPARISONS_EACH * suspects.length);
  let unfinished: T | undefined;
  for (const later of suspects) {
    const { values } = later;
    const mates = values === undefined ? [before] : [...[...values].map(value => buckets.get(value) ?? []), free];
    for (const earlier of inOrder(mates)) {
      if (comparisons-- <= 0) {
        unfinished ??= later.of;
        break;
      }
      if (excluded(earlier.asked, later.asked)) continue;
      const verdict = satisfyBoth(earlier.formula, later.formula, budgetOf(5000));
      if (verdict.kind !== 'met') continue;
      met.push({ earlier: earlier.of, later: later.of, record: verdict.record });
      break;
    }
    before.push(later);
    if (values === undefined) free.push(later);
    for (const value of values ?? []) {
      const bucket = buckets.get(value);
      if (bucket === undefined) buckets.set(value, [later]);
      else bucket.push(later);
    }
  }
  return unfinished === undefined ? { met } : { met, unfinished };
}

/** Lists that are in order, as one, without those that stand in several. */
function* inOrder<E extends { readonly order: number }>(lists: readonly (readonly E[])[]): Generator<E> {
  const filled = lists.filter(list => list.length > 0);
  if (filled.length === 1) {
    yield* filled[0]!;
    return;
  }
  const at = filled.map(() => 0);
  for (;;) {
    let next: E | undefined;
    filled.forEach((list, n) => {
      const entry = list[at[n]!];
      if (entry !== undefined && (next === undefined || entry.order < next.order)) next = entry;
    });
    if (next === undefined) return;
    filled.forEach((list, n) => {
      if (list[at[n]!] === next) at[n]!++;
    });
    yield next;
  }
}

/** The values that a field must have one of, as far as the condition says so outright. */
type Asked = ReadonlyMap<string, ReadonlySet<unknown>>;
const nothingAsked: Asked = new Map();

function valuesAsked(formula: Formula): Asked {
  const atoms = formula.kind === 'atom' ? [formula] : formula.kind === 'all' ? flat(formula.of) : [];
  if (atoms.length === 0) return nothingAsked;
  const asked = new Map<string, ReadonlySet<unknown>>();
  for (const atom of atoms) {
    if (atom.negated || atom.operation.kind !== 'equals') continue;
    const values = new Set<unknown>(atom.operation.values.map(value => atom.domain.keyOf(value)));
    const before = asked.get(atom.key);
    asked.set(atom.key, before === undefined ? values : shared(before, values));
  }
  return asked;
}

const shared = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): ReadonlySet<unknown> =>
  new Set([...a].filter(value => b.has(value)));

const flat = (of: readonly Formula[]): readonly Atom[] =>
  of.flatMap(part => (part.kind === 'atom' ? [part] : part.kind === 'all' ? flat(part.of) : []));

function excluded(a: Asked, b: Asked): boolean {
  for (const [key, values] of a) {
    const others = b.get(key);
    if (others !== undefined && shared(values, others).size === 0) return true;
  }
  return false;
}

/** The field that keeps most candidates apart: many ask it for a value, and few for the same one. */
function mostTelling(all: readonly Asked[]): string | undefined {
  const counts = new Map<string, Map<unknown, number>>();
  const asking = new Map<string, number>();
  for (const asked of all) {
    for (const [key, values] of asked) {
      if (values.size > MOST_VALUES) continue;
      asking.set(key, (asking.get(key) ?? 0) + 1);
      const own = counts.get(key) ?? new Map<unknown, number>();
      counts.set(key, own);
      for (const value of values) own.set(value, (own.get(value) ?? 0) + 1);
    }
  }
  let best: string | undefined;
  let most = 0;
  for (const [key, own] of counts) {
    let largest = 0;
    for (const count of own.values()) largest = Math.max(largest, count);
    const apart = asking.get(key)! - largest;
    if (apart > most) {
      most = apart;
      best = key;
    }
  }
  return best;
}
