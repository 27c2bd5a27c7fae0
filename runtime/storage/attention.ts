/**
 * What needs a person, in a fixed number of rows, so that a cycle reads all of it in one batch however
 * long the list is.
 */
import type { Attention, Store } from '../ports.ts';
import { allBuckets, bucketOf } from './buckets.ts';
import { entities, keys } from './keys.ts';
import type { Kvs } from './platform.ts';
import type { Reads } from './reads.ts';
import { changeRow, type Row } from './rows.ts';
import { storedAttention } from './shapes.ts';

/** Characters of one row. */
const rowLimit = 60_000;

export function createAttention(kvs: Kvs, reads: Reads): Pick<Store, 'attention' | 'saveAttention' | 'dropAttention'> {
  return {
    async attention() {
      const names = allBuckets.map(keys.attention);
      const rows = await reads.rows<Row>(entities.page, names);
      return [...rows.values()]
        .flatMap(row => storedAttention.decode(row.body) ?? [])
        .sort((a, b) => b.since - a.since || (a.id < b.id ? -1 : 1));
    },
    async saveAttention(attention) {
      await changeRow(kvs, keys.attention(bucketOf(attention.id)), storedAttention, (list = []) =>
        bounded([attention, ...list.filter(({ id }) => id !== attention.id)]),
      );
    },
    async dropAttention(id) {
      await changeRow(kvs, keys.attention(bucketOf(id)), storedAttention, (list = []) =>
        list.some(one => one.id === id) ? list.filter(one => one.id !== id) : undefined,
      );
    },
  };
}

/** Several thousand open points: the oldest give way, since an admin works from the newest. */
function bounded(list: readonly Attention[]): readonly Attention[] {
  let size = 0;
  return list.filter(attention => {
    size += JSON.stringify(attention).length;
    return size <= rowLimit;
  });
}
