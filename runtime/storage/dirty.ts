/**
 * Issues that the next cycle must look at, whatever their records do: a set without a race between
 * those who add to it and the cycle that works it off.
 */
import type { Store } from '../ports.ts';
import { allBuckets, bucketOf } from './buckets.ts';
import { entities, keys } from './keys.ts';
import type { Kvs } from './platform.ts';
import type { Reads } from './reads.ts';
import { changeRow, type Row } from './rows.ts';
import { storedDirty } from './shapes.ts';

export function createDirty(kvs: Kvs, reads: Reads): Pick<Store, 'addDirty' | 'dirty' | 'dropDirty'> {
  const grouped = (ids: readonly string[]) => Map.groupBy(new Set(ids), bucketOf);
  return {
    async addDirty(issueIds) {
      for (const [bucket, ids] of grouped(issueIds))
        await changeRow(kvs, keys.dirty(bucket), storedDirty, (list = []) => {
          const added = ids.filter(id => !list.includes(id));
          return added.length === 0 ? undefined : [...list, ...added];
        });
    },
    async dirty(limit) {
      const rows = await reads.rows<Row>(entities.page, allBuckets.map(keys.dirty));
      return [...rows.values()].flatMap(row => storedDirty.decode(row.body) ?? []).slice(0, limit);
    },
    async dropDirty(issueIds) {
      for (const [bucket, ids] of grouped(issueIds)) {
        const gone = new Set(ids);
        await changeRow(kvs, keys.dirty(bucket), storedDirty, (list = []) =>
          list.some(id => gone.has(id)) ? list.filter(id => !gone.has(id)) : undefined,
        );
      }
    },
  };
}
