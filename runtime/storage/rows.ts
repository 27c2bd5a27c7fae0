/**
 * Entity rows that carry a revision, and changing one by compare-and-set.
 */
import { Filter, FilterConditions } from '@forge/kvs';
import { PortError } from '../ports.ts';
import { entities } from './keys.ts';
import { call, type Kvs, race } from './platform.ts';
import type { Stored } from './stored.ts';

export interface Row {
  readonly revision: number;
  readonly body: unknown;
}

/** The condition that a row is still as it was read; revision 0 means that it was not there. */
export const unchanged = (revision: number) =>
  new Filter<Row>().and('revision', revision === 0 ? FilterConditions.notExists() : FilterConditions.equalTo(revision));

/** A write that lost the race this often was beaten by a crowd; the caller may come again. */
const tries = 12;

/**
 * Reads a row of `page`, changes its value and writes it if nobody else did meanwhile, else again.
 * `change` answers `undefined` to leave the row as it is.
 */
export async function changeRow<T>(
  kvs: Kvs,
  key: string,
  as: Stored<T>,
  change: (value: T | undefined) => T | undefined,
  options?: { readonly ttl: { readonly value: number; readonly unit: 'DAYS' } },
): Promise<T | undefined> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const row = await call(`read the ${as.name}`, () => kvs.entity<Row>(entities.page).get(key));
    const now = as.decode(row?.body);
    const next = change(now);
    if (next === undefined) return now;
    const revision = row?.revision ?? 0;
    const written = await race(`write the ${as.name}`, () =>
      kvs
        .transact()
        .set(
          key,
          { revision: revision + 1, body: as.encode(next) },
          { entityName: entities.page, conditions: unchanged(revision) },
          options,
        )
        .execute(),
    );
    if (written) return next;
  }
  throw new PortError({
    system: 'store',
    kind: 'unavailable',
    code: 'CONTENDED',
    message: `The ${as.name} kept changing while it was written.`,
    fields: [],
  });
}
