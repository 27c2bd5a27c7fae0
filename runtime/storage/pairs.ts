/**
 * What links remember of comments and files, each in a row of its own beside the link, and the key that
 * seals the bridge's markers. The oldest pairs give way before a row gets too long; that some did is kept.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Pairs } from '../conversation.ts';
import { linkKey, type Store, type Versioned } from '../ports.ts';
import { entities, keys } from './keys.ts';
import { call, type Kvs, race } from './platform.ts';
import type { Reads } from './reads.ts';
import { type Row, unchanged } from './rows.ts';
import { storedMarkerKey, storedPairs } from './shapes.ts';

/** Some 150 characters each: well below the 240 KiB of a value. */
export const mostComments = 800;
export const mostFiles = 300;

/** What the first key is made of; nothing where nobody is connected. */
export interface KeySource {
  readonly site: string | undefined;
  readonly secret: string | undefined;
}

/**
 * The same for the same site and connection, so that an app that was taken away and is installed anew knows what it wrote
 * before. Of two sites of one org neither takes the other's for its own.
 */
const firstKey = ({ site, secret }: KeySource): string =>
  site === undefined || secret === undefined
    ? randomBytes(32).toString('base64url')
    : createHmac('sha256', secret).update(`markers of ${site}`).digest('base64url');

export function createPairs(
  kvs: Kvs,
  reads: Reads,
  keySource: () => Promise<KeySource>,
): Pick<Store, 'pairs' | 'putPairs' | 'dropPairs' | 'markerKey'> {
  return {
    async pairs(wanted) {
      const byKey = new Map(wanted.map(key => [keys.pairs(key), linkKey(key)]));
      const found = new Map<string, Versioned<Pairs>>();
      for (const [key, row] of await reads.rows<Row>(entities.page, [...byKey.keys()])) {
        const value = storedPairs.decode(row.body);
        const name = byKey.get(key);
        if (value !== undefined && name !== undefined) found.set(name, { value, revision: row.revision });
      }
      return found;
    },

    putPairs(key, pairs, revision) {
      const row: Row = { revision: revision + 1, body: storedPairs.encode(bounded(pairs)) };
      return race('write comment and file pairs', () =>
        kvs
          .transact()
          .set(keys.pairs(key), row, { entityName: entities.page, conditions: unchanged(revision) })
          .execute(),
      );
    },

    async dropPairs(key) {
      await call('drop comment and file pairs', () => kvs.entity(entities.page).delete(keys.pairs(key)));
    },

    async markerKey() {
      const read = async () =>
        storedMarkerKey.decode(await call('read the marker key', () => kvs.getSecret(keys.markerKey())));
      const found = await read();
      if (found !== undefined) return found;
      const made = storedMarkerKey.encode(firstKey(await keySource()));
      // Two runs that both find none agree on the first one's.
      await race('keep the marker key', () => kvs.setSecret(keys.markerKey(), made, { keyPolicy: 'FAIL_IF_EXISTS' }));
      return (await read())!;
    },
  };
}

function bounded(pairs: Pairs): Pairs {
  const comments = pairs.comments.slice(-mostComments);
  const files = pairs.files.slice(-mostFiles);
  const forgot = pairs.forgot || comments.length < pairs.comments.length || files.length < pairs.files.length;
  return { ...pairs, comments, files, forgot };
}
