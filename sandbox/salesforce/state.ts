/**
 * The org's rows and what finds them: by id, by stamp, by reference and by unique text. Rows are never changed, only
 * replaced, so that undoing a transaction is putting the old ones back. Everything is synchronous: a request is one
 * transaction. A `Persistence` hears of each put and gives the rows back at the next start.
 */
import type { Catalogue, CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import { idPrefix } from './catalogue/index.ts';
import { canonicalId, makeId } from './ids.ts';

export type Scalar = string | number | boolean | null;

export interface Row {
  /** 18 characters. */
  readonly id: string;
  readonly object: string;
  readonly deleted: boolean;
  /** By API name. Absent is null. */
  readonly values: Readonly<Record<string, Scalar>>;
}

/** What keeps rows over a restart. */
export interface Persistence {
  load(): {
    readonly rows: Iterable<Row>;
    readonly blobs: Iterable<readonly [string, Uint8Array]>;
    readonly counters: Iterable<readonly [string, number]>;
  };
  saveRow(row: Row): void;
  dropRow(id: string): void;
  saveBlob(id: string, bytes: Uint8Array): void;
  saveCounter(name: string, value: number): void;
  clear(): void;
}

export interface State {
  readonly catalogue: Catalogue;
  get(id: string | null | undefined): Row | undefined;
  put(row: Row): void;
  /** As if it had never been; the recycle bin is `deleted`, this is emptying it. */
  drop(id: string): void;
  /** In the order of creation, the deleted too. */
  scan(object: string): Iterable<Row>;
  size(object: string): number;
  /** Rows whose field equals the value by Salesforce's equality, or nothing when the field has no index. */
  equal(object: string, field: string, value: Scalar): readonly Row[] | undefined;
  /** Rows stamped at or after `from`, oldest first. */
  since(object: string, from: string): Iterable<Row>;
  newId(object: CatalogueObject): string;
  /** Counts up, from 1. Not undone by a failed transaction, as auto numbers are not. */
  next(name: string): number;
  /** Raises a counter, so that seeding can choose where numbers start. */
  raise(name: string, to: number): void;
  blob(id: string): Uint8Array | undefined;
  putBlob(id: string, bytes: Uint8Array): void;
  /** Undone as a whole when the work throws; may be nested. */
  atomically<T>(work: () => T): T;
  /** Does the work, undoes it, and answers what it wrote: a transaction that is not committed yet. */
  rehearse<T>(work: () => T): { readonly result: T; readonly written: readonly Row[] };
  clear(): void;
}

interface Table {
  readonly rows: Map<string, Row>;
  /** Distinct stamps, ascending, and the ids that carry each. */
  readonly stamps: string[];
  readonly byStamp: Map<string, Set<string>>;
  readonly indexes: ReadonlyMap<string, Map<Scalar, Set<string>>>;
  readonly indexed: readonly FieldDefinition[];
}

/** Values that SOQL's `=` calls equal have the same key. */
export function indexKey(field: FieldDefinition, value: Scalar | undefined): Scalar {
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') return value;
  if (field.type === 'id' || field.type === 'reference') return canonicalId(value) ?? value;
  return field.caseSensitive ? value : value.toLowerCase();
}

const isIndexed = (field: FieldDefinition): boolean =>
  field.type === 'reference' ||
  field.externalId ||
  field.unique ||
  (field.idLookup && field.type !== 'id') ||
  field.nameField;

export function memoryState(catalogue: Catalogue, persistence?: Persistence): State {
  const tables = new Map<string, Table>(catalogue.objects.map(object => [object.name, emptyTable(object)]));
  const objectOfId = new Map<string, string>();
  const counters = new Map<string, number>();
  const blobs = new Map<string, Uint8Array>();
  let undo: (() => void)[] | undefined;
  let touched: Set<string> | undefined;

  const table = (object: string): Table => {
    const found = tables.get(object);
    if (!found) throw new Error(`no such object: ${object}`);
    return found;
  };

  const replace = (id: string, object: string, next: Row | undefined): void => {
    const into = table(object);
    const before = into.rows.get(id);
    if (before) unindex(into, before);
    if (next) {
      into.rows.set(id, next);
      objectOfId.set(id, object);
      index(into, next);
      persistence?.saveRow(next);
    } else {
      into.rows.delete(id);
      objectOfId.delete(id);
      persistence?.dropRow(id);
    }
    touched?.add(id);
    undo?.push(() => replace(id, object, before));
  };

  const state: State = {
    catalogue,
    get(id) {
      if (!id) return undefined;
      const object = objectOfId.get(id);
      return object === undefined ? undefined : table(object).rows.get(id);
    },
    put: row => replace(row.id, row.object, row),
    drop(id) {
      const object = objectOfId.get(id);
      if (object !== undefined) replace(id, object, undefined);
    },
    scan: object => table(object).rows.values(),
    size: object => table(object).rows.size,
    equal(object, field, value) {
      const from = table(object);
      const found = from.indexes.get(field);
      const definition = from.indexed.find(candidate => candidate.name === field);
      if (!found || !definition) return undefined;
      return rowsOf(from, found.get(indexKey(definition, value)));
    },
    *since(object, from) {
      const within = table(object);
      for (let at = firstAtLeast(within.stamps, from); at < within.stamps.length; at++)
        yield* rowsOf(within, within.byStamp.get(within.stamps[at] as string));
    },
    newId: object => makeId(idPrefix(object), 0x2000 + state.next(`id:${object.name}`)),
    next(name) {
      const value = (counters.get(name) ?? 0) + 1;
      counters.set(name, value);
      persistence?.saveCounter(name, value);
      return value;
    },
    raise(name, to) {
      if ((counters.get(name) ?? 0) >= to) return;
      counters.set(name, to);
      persistence?.saveCounter(name, to);
    },
    blob: id => blobs.get(id),
    putBlob(id, bytes) {
      blobs.set(id, bytes);
      persistence?.saveBlob(id, bytes);
    },
    atomically(work) {
      const outer = undo;
      const mine: (() => void)[] = [];
      undo = mine;
      try {
        const result = work();
        undo = outer;
        outer?.push(...mine);
        return result;
      } catch (error) {
        undo = undefined;
        for (const step of mine.reverse()) step();
        undo = outer;
        throw error;
      }
    },
    rehearse(work) {
      const mine: (() => void)[] = [];
      const ids = new Set<string>();
      undo = mine;
      touched = ids;
      const finish = (): readonly Row[] => {
        const written = [...ids].map(id => state.get(id)).filter(row => row !== undefined);
        undo = undefined;
        touched = undefined;
        for (const step of mine.reverse()) step();
        return written;
      };
      try {
        const result = work();
        return { result, written: finish() };
      } catch (error) {
        finish();
        throw error;
      }
    },
    clear() {
      for (const object of catalogue.objects) tables.set(object.name, emptyTable(object));
      objectOfId.clear();
      counters.clear();
      blobs.clear();
      persistence?.clear();
    },
  };

  if (persistence) {
    const kept = persistence.load();
    for (const row of kept.rows) {
      const into = table(row.object);
      into.rows.set(row.id, row);
      objectOfId.set(row.id, row.object);
      index(into, row);
    }
    for (const [id, bytes] of kept.blobs) blobs.set(id, bytes);
    for (const [name, value] of kept.counters) counters.set(name, value);
  }
  return state;
}

function emptyTable(object: CatalogueObject): Table {
  const indexed = object.fields.filter(isIndexed);
  return {
    rows: new Map(),
    stamps: [],
    byStamp: new Map(),
    indexes: new Map(indexed.map(field => [field.name, new Map()])),
    indexed,
  };
}

function index(table: Table, row: Row): void {
  for (const field of table.indexed) {
    const entries = table.indexes.get(field.name) as Map<Scalar, Set<string>>;
    const key = indexKey(field, row.values[field.name]);
    const ids = entries.get(key);
    if (ids) ids.add(row.id);
    else entries.set(key, new Set([row.id]));
  }
  const stamp = row.values.SystemModstamp;
  if (typeof stamp !== 'string') return;
  const ids = table.byStamp.get(stamp);
  if (ids) {
    ids.add(row.id);
    return;
  }
  table.byStamp.set(stamp, new Set([row.id]));
  const at = firstAtLeast(table.stamps, stamp);
  if (table.stamps[at] !== stamp) table.stamps.splice(at, 0, stamp);
}

function unindex(table: Table, row: Row): void {
  for (const field of table.indexed) {
    const entries = table.indexes.get(field.name) as Map<Scalar, Set<string>>;
    const key = indexKey(field, row.values[field.name]);
    const ids = entries.get(key);
    ids?.delete(row.id);
    if (ids?.size === 0) entries.delete(key);
  }
  const stamp = row.values.SystemModstamp;
  if (typeof stamp !== 'string') return;
  const ids = table.byStamp.get(stamp);
  ids?.delete(row.id);
  if (ids?.size === 0) {
    table.byStamp.delete(stamp);
    const at = firstAtLeast(table.stamps, stamp);
    if (table.stamps[at] === stamp) table.stamps.splice(at, 1);
  }
}

function rowsOf(table: Table, ids: ReadonlySet<string> | undefined): readonly Row[] {
  return ids ? Array.from(ids, id => table.rows.get(id) as Row) : [];
}

/** The position of the first entry that is not less; the length when there is none. */
function firstAtLeast(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
