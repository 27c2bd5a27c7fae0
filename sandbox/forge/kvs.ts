/**
 * Forge's key-value store and custom entities by their wire protocol: plain values, secrets, entities with
 * indexes, batches and transactions with conditions. Refusals and limits are the documented ones; `get` is
 * consistent, expired keys linger until they are swept.
 */
import { compare, matches, type WireCondition } from './kvs-conditions.ts';
import {
  type Conditions,
  checkAttributes,
  checkBatch,
  checkKey,
  checkTransaction,
  indexOf,
  jsonOf,
  lifeOf,
  meets,
  pageOf,
  Refusal,
  type WireItem,
} from './kvs-request.ts';
import type { ManifestEntity } from './manifest.ts';
import { createMeter } from './meter.ts';
import { createQueryLag } from './query-lag.ts';
import type { StoredRow } from './stored-row.ts';

export interface KvsAnswer {
  readonly status: number;
  /** Undefined: an empty body. */
  readonly body?: unknown;
  /** The body's text, where what is stored goes into it as it is. */
  readonly json?: string;
}

export interface Kvs {
  /** `path` as the package sends it: `/api/v1/entity/get`. What is `unmetered` neither meets a rate nor counts. */
  handle(path: string, body: unknown, unmetered?: boolean): KvsAnswer;
  /** Milliseconds by which queries lag behind writes; reads by key never do. */
  setQueryDelay(ms: number): void;
  clear(): void;
  /** Everything that is kept, for a sandbox that survives a restart; `load` takes it back. */
  dump(): readonly StoredRow[];
  load(rows: readonly StoredRow[]): void;
}

// Forge, platform limits: requests and units of what they carry.
const MAX_REQUESTS_A_SECOND = 1000;
const MAX_UNITS_A_MINUTE = 4000;
const UNIT = 10 * 1024;

const PLAIN = 'plain';
const SECRET = 'secret';
const entitySpace = (name: string) => `entity:${name}`;

/** What hears of every change, to keep it. */
export interface KvsKeeper {
  putRow(row: StoredRow): void;
  dropRow(space: string, key: string): void;
  clearRows(): void;
}

export function createKvs(options: {
  readonly now: () => number;
  readonly entities: readonly ManifestEntity[];
  readonly keeper?: KvsKeeper;
  /** Whether limits per second and per minute hold now. */
  readonly rates?: () => boolean;
}): Kvs {
  const { keeper } = options;
  const lag = createQueryLag();
  const requests = createMeter(MAX_REQUESTS_A_SECOND, 1000);
  const reads = createMeter(MAX_UNITS_A_MINUTE, 60_000);
  const writes = createMeter(MAX_UNITS_A_MINUTE, 60_000);
  const spaces = new Map<string, Map<string, StoredRow>>();
  const entities = new Map(options.entities.map(entity => [entity.name, entity]));

  const space = (name: string) => {
    const rows = spaces.get(name) ?? new Map<string, StoredRow>();
    spaces.set(name, rows);
    return rows;
  };
  /** What queries look at, parsed once: a row never changes, and nothing of it is handed out. */
  const parsed = new WeakMap<StoredRow, Record<string, unknown>>();
  const read = (row: StoredRow): Record<string, unknown> => {
    const known = parsed.get(row) ?? (JSON.parse(row.json) as Record<string, unknown>);
    parsed.set(row, known);
    return known;
  };
  const store = (row: StoredRow): void => {
    const rows = space(row.space);
    lag.note(row.space, row.key, rows.get(row.key), options.now());
    rows.set(row.key, row);
    keeper?.putRow(row);
  };
  const erase = (name: string, key: string): boolean => {
    const before = space(name).get(key);
    if (!before) return false;
    lag.note(name, key, before, options.now());
    space(name).delete(key);
    keeper?.dropRow(name, key);
    return true;
  };
  const spaceOf = (item: { readonly entityName?: string }): string => {
    if (item.entityName === undefined) return PLAIN;
    if (!entities.has(item.entityName)) {
      throw new Refusal(400, 'ENTITY_NOT_FOUND', `The entity ${item.entityName} is not declared in the manifest.`);
    }
    return entitySpace(item.entityName);
  };

  const answerOf = (row: StoredRow, value: unknown = JSON.parse(row.json)) => ({
    key: row.key,
    value,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    ...(row.expiresAt === undefined ? {} : { expireTime: new Date(row.expiresAt).toISOString() }),
  });

  const rowAt = (name: string, key: string): StoredRow => {
    checkKey(key);
    const row = space(name).get(key);
    if (!row) throw new Refusal(404, 'KEY_NOT_FOUND', 'The requested key does not exist.');
    return row;
  };
  const get = (name: string, key: string): KvsAnswer => {
    const row = rowAt(name, key);
    return {
      status: 200,
      get body() {
        return answerOf(row);
      },
      json: textOf(row),
    };
  };

  /** Everything that can be refused is refused here, before anything is changed. */
  const prepare = (name: string, item: WireItem): StoredRow => {
    checkKey(item.key);
    const json = jsonOf(item.value, name === SECRET);
    const entity = item.entityName === undefined ? undefined : entities.get(item.entityName);
    if (entity) checkAttributes(entity, item.value);
    const previous = space(name).get(item.key);
    const life = lifeOf(item.options);
    const now = options.now();
    return {
      space: name,
      key: item.key,
      json,
      createdAt: previous?.createdAt ?? now,
      updatedAt: now,
      ...(life === undefined ? {} : { expiresAt: now + life }),
    };
  };

  const set = (name: string, item: WireItem): KvsAnswer => {
    const previous = space(name).get(item.key);
    const row = prepare(name, item);
    // An expired key still counts: deletion lags by up to two days.
    if (item.options?.keyPolicy === 'FAIL_IF_EXISTS' && previous) {
      throw new Refusal(409, 'KEY_CONFLICT', 'The key already exists.');
    }
    store(row);
    const wanted = item.options?.returnValue;
    if (wanted === 'LATEST') return { status: 200, body: answerOf(row) };
    if (wanted === 'PREVIOUS' && previous) return { status: 200, body: answerOf(previous) };
    return { status: 200 };
  };

  const remove = (name: string, key: string): KvsAnswer => {
    checkKey(key);
    if (!erase(name, key)) throw new Refusal(404, 'KEY_NOT_FOUND', 'The requested key does not exist.');
    return { status: 200 };
  };

  const transaction = (body: {
    readonly set?: readonly WireItem[];
    readonly delete?: readonly WireItem[];
    readonly check?: readonly WireItem[];
  }): KvsAnswer => {
    const all = [...(body.set ?? []), ...(body.delete ?? []), ...(body.check ?? [])];
    checkBatch(all);
    checkTransaction(body, all.length);
    for (const item of all) {
      checkKey(item.key);
      const name = spaceOf(item);
      if (!item.conditions) continue;
      if (name === PLAIN) throw new Refusal(400, 'INVALID_ARGUMENT', 'Conditions are for custom entities only.');
      const row = space(name).get(item.key);
      const value: unknown = row ? JSON.parse(row.json) : undefined;
      if (!meets(value, item.conditions)) {
        throw new Refusal(409, 'CONDITIONAL_CHECK_FAILED', `A condition on ${item.key} does not hold.`);
      }
    }
    const rows = (body.set ?? []).map(item => prepare(spaceOf(item), item));
    for (const row of rows) store(row);
    for (const item of body.delete ?? []) erase(spaceOf(item), item.key);
    return { status: 204 };
  };

  const batch = (items: readonly WireItem[], act: (name: string, item: WireItem) => object): KvsAnswer => {
    if (!Array.isArray(items)) throw new Refusal(400, 'INVALID_ARGUMENT', 'A batch is a list.');
    checkBatch(items);
    const successfulKeys: object[] = [];
    const failedKeys: object[] = [];
    for (const item of items) {
      const named = { key: item.key, ...(item.entityName === undefined ? {} : { entityName: item.entityName }) };
      try {
        successfulKeys.push({ ...named, ...act(spaceOf(item), item) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failedKeys.push({ ...named, error: { code: error.code, message: error.message } });
      }
    }
    return { status: 200, body: { successfulKeys, failedKeys } };
  };

  const batchGet = (items: readonly WireItem[]): KvsAnswer => {
    const found = new Map<WireItem, StoredRow>();
    const { body } = batch(items, (name, item) => {
      found.set(item, rowAt(name, item.key));
      return {};
    });
    const { failedKeys } = body as { readonly failedKeys: readonly object[] };
    const texts = [...found].map(([{ entityName }, row]) => textOf(row, entityName));
    return {
      status: 200,
      get body() {
        const successfulKeys = [...found].map(([{ entityName }, row]) => ({
          ...(entityName === undefined ? {} : { entityName }),
          ...answerOf(row),
        }));
        return { successfulKeys, failedKeys };
      },
      json: `{"successfulKeys":[${texts.join(',')}],"failedKeys":${JSON.stringify(failedKeys)}}`,
    };
  };

  const page = (rows: readonly StoredRow[], limit: number | undefined, cursor: string | undefined): KvsAnswer => {
    const { from, size } = pageOf(limit, cursor);
    const data = rows.slice(from, from + size).map(row => answerOf(row));
    const more = from + size < rows.length;
    return {
      status: 200,
      body: { data, ...(more ? { cursor: Buffer.from(String(from + size)).toString('base64url') } : {}) },
    };
  };

  const query = (body: {
    readonly limit?: number;
    readonly after?: string;
    readonly where?: readonly WireCondition[];
  }): KvsAnswer => {
    for (const where of body.where ?? []) {
      if (where.property !== 'key' || where.condition !== 'BEGINS_WITH') {
        throw new Refusal(400, 'INVALID_QUERY', 'Plain keys can be queried by the beginning of the key only.');
      }
    }
    const prefix = String(body.where?.[0]?.values[0] ?? '');
    const rows = [...lag.seen(PLAIN, space(PLAIN), options.now())].filter(row => row.key.startsWith(prefix));
    return page(
      rows.sort((a, b) => compare(a.key, b.key)),
      body.limit,
      body.after,
    );
  };

  const queryEntity = (body: {
    readonly entityName: string;
    readonly indexName: string;
    readonly partition?: readonly unknown[];
    readonly range?: Omit<WireCondition, 'property'>;
    readonly filters?: Conditions;
    readonly sort?: 'ASC' | 'DESC';
    readonly limit?: number;
    readonly cursor?: string;
  }): KvsAnswer => {
    const name = spaceOf(body);
    const index = indexOf(entities.get(body.entityName)!, body.indexName);
    if (index.partition.length !== (body.partition?.length ?? 0)) {
      throw new Refusal(
        400,
        'INVALID_QUERY',
        `The index ${body.indexName} needs ${index.partition.length} partition values.`,
      );
    }
    const found = [...lag.seen(name, space(name), options.now())]
      .map(row => ({ row, value: read(row) }))
      .filter(({ row, value }) => {
        if (!index.partition.every((attribute, at) => value[attribute] === body.partition?.[at])) return false;
        const ranged = index.range === 'key' ? row.key : value[index.range];
        if (index.range !== 'key' && ranged === undefined) return false; // sparse, like the index itself
        if (body.range && !matches(ranged, { property: index.range, ...body.range })) return false;
        return body.filters === undefined || meets(value, body.filters);
      })
      .sort((a, b) => {
        const order = index.range === 'key' ? 0 : compare(a.value[index.range], b.value[index.range]);
        return order || compare(a.row.key, b.row.key);
      })
      .map(({ row }) => row);
    return page(body.sort === 'DESC' ? found.reverse() : found, body.limit, body.cursor);
  };

  const routes: Record<string, (body: never) => KvsAnswer> = {
    get: (body: WireItem) => get(PLAIN, body.key),
    set: (body: WireItem) => set(PLAIN, body),
    delete: (body: WireItem) => remove(PLAIN, body.key),
    'secret/get': (body: WireItem) => get(SECRET, body.key),
    'secret/set': (body: WireItem) => set(SECRET, body),
    'secret/delete': (body: WireItem) => remove(SECRET, body.key),
    'entity/get': (body: WireItem) => get(spaceOf(body), body.key),
    'entity/set': (body: WireItem) => set(spaceOf(body), body),
    'entity/delete': (body: WireItem) => remove(spaceOf(body), body.key),
    'entity/query': queryEntity,
    query,
    'batch/get': batchGet,
    'batch/set': (body: readonly WireItem[]) =>
      batch(body, (name, item) => {
        set(name, item);
        return {};
      }),
    'batch/delete': (body: readonly WireItem[]) =>
      batch(body, (name, item) => {
        checkKey(item.key);
        erase(name, item.key);
        return {};
      }),
    transaction,
  };

  return {
    handle(path, body, unmetered = false) {
      const route = routes[path.replace(/^\/api\/v1\//, '')];
      if (!route) return { status: 404, body: { code: 'NOT_MODELLED', message: `${path} is not modelled here.` } };
      const now = options.now();
      const limited = !unmetered && options.rates?.() === true;
      const writing = /set$|delete$|^transaction$/.test(path.replace(/^\/api\/v1\//, ''));
      const units = writing ? writes : reads;
      if (limited && (requests.full(now) || units.full(now)))
        return { status: 429, body: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests.' } };
      if (limited) requests.spend(now, 1);
      try {
        const answer = route(body as never);
        if (limited) units.spend(now, Math.ceil((writing ? sizeOf(body) : answerSize(answer)) / UNIT));
        return answer;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { status: error.status, body: { code: error.code, message: error.message } };
      }
    },
    setQueryDelay(ms) {
      lag.delay = ms;
    },
    clear() {
      spaces.clear();
      for (const one of [lag, requests, reads, writes]) one.clear();
      keeper?.clearRows();
    },
    dump: () => [...spaces.values()].flatMap(rows => [...rows.values()]),
    load: rows => {
      for (const row of rows) space(row.space).set(row.key, row);
    },
  };
}

/** As `answerOf`, without reading what it carries. */
function textOf({ key, json, createdAt, updatedAt, expiresAt }: StoredRow, entityName?: string): string {
  const entity = entityName === undefined ? '' : `,"entityName":${JSON.stringify(entityName)}`;
  const expires = expiresAt === undefined ? '' : `,"expireTime":"${new Date(expiresAt).toISOString()}"`;
  return `{"key":${JSON.stringify(key)}${entity},"value":${json},"createdAt":${createdAt},"updatedAt":${updatedAt}${expires}}`;
}

const answerSize = ({ json, body }: KvsAnswer): number => (json === undefined ? sizeOf(body) : Buffer.byteLength(json));
/** An empty answer counts a whole unit too. */
const sizeOf = (value: unknown): number => Math.max(1, Buffer.byteLength(JSON.stringify(value ?? '')));
