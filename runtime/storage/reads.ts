/**
 * Strictly consistent reads by key. Those that are asked for in one turn travel in one batch, as far as Forge's limit
 * lets them, so that whoever needs several values asks for all of them before waiting for any. Made anew for every
 * invocation, as the store is: what two sites ask for never meets.
 */
import { PortError } from '../ports.ts';
import { call, type Kvs } from './platform.ts';

/** Forge's limit of one batch. */
const mostKeys = 25;

export interface Reads {
  /** What stands under a plain key. */
  value<T>(key: string): Promise<T | undefined>;
  /** A row of an entity. */
  row<T>(entityName: string, key: string): Promise<T | undefined>;
  /** Those that are there, in the order of their keys. */
  rows<T>(entityName: string, keys: readonly string[]): Promise<ReadonlyMap<string, T>>;
}

interface Wanted {
  readonly key: string;
  readonly entityName: string | undefined;
  readonly answer: Promise<unknown>;
  readonly found: (value: unknown) => void;
  readonly failed: (problem: unknown) => void;
}

export function createReads(kvs: Kvs): Reads {
  let waiting = new Map<string, Wanted>();

  const ask = (key: string, entityName?: string): Promise<unknown> => {
    const name = `${entityName ?? ''} ${key}`;
    const known = waiting.get(name);
    if (known !== undefined) return known.answer;
    const { promise: answer, resolve: found, reject: failed } = Promise.withResolvers<unknown>();
    if (waiting.size === 0) queueMicrotask(send);
    waiting.set(name, { key, entityName, answer, found, failed });
    return answer;
  };

  const send = (): void => {
    const all = waiting;
    waiting = new Map();
    for (const some of batchesOf([...all.values()])) void read(some);
  };

  const read = async (some: readonly Wanted[]): Promise<void> => {
    try {
      if (some.length === 1) await readOne(some[0]!);
      else await readBatch(some);
    } catch (problem) {
      for (const { failed } of some) failed(problem);
    }
  };

  const readOne = async ({ key, entityName, found }: Wanted): Promise<void> =>
    found(await call('read', () => (entityName === undefined ? kvs.get(key) : kvs.entity(entityName).get(key))));

  const readBatch = async (some: readonly Wanted[]): Promise<void> => {
    const items = some.map(({ key, entityName }) => (entityName === undefined ? { key } : { key, entityName }));
    const { successfulKeys, failedKeys } = await call('read', () => kvs.batchGet<unknown>(items));
    const values = new Map(successfulKeys.map(({ key, value }) => [key, value]));
    const errors = new Map(failedKeys.map(({ key, error }) => [key, error.code]));
    for (const { key, found, failed } of some) {
      const code = errors.get(key);
      if (code === undefined || /NOT_FOUND/.test(code)) found(values.get(key));
      else failed(notRead(code));
    }
  };

  return {
    value: <T>(key: string) => ask(key) as Promise<T | undefined>,
    row: <T>(entityName: string, key: string) => ask(key, entityName) as Promise<T | undefined>,
    async rows<T>(entityName: string, keys: readonly string[]) {
      const found = new Map<string, T>();
      const distinct = [...new Set(keys)];
      const values = await Promise.all(distinct.map(key => ask(key, entityName)));
      for (const [at, value] of values.entries()) if (value !== undefined) found.set(distinct[at]!, value as T);
      return found;
    },
  };
}

/** Each key once in a batch, also where two entities have it. */
function batchesOf(all: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const batches: Map<string, Wanted>[] = [];
  for (const one of all) {
    const open = batches.find(batch => batch.size < mostKeys && !batch.has(one.key));
    if (open === undefined) batches.push(new Map([[one.key, one]]));
    else open.set(one.key, one);
  }
  return batches.map(batch => [...batch.values()]);
}

const notRead = (code: string) =>
  new PortError({
    system: 'store',
    kind: 'unavailable',
    code,
    message: 'The app\'s storage did not complete "read".',
    fields: [],
  });
