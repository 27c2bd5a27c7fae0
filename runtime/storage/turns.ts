/**
 * Taking turns: claims (this must exist once), leases (one worker at a time, with an epoch that only
 * rises), and marks (look again). Times stand in the values, since expired keys linger for days.
 */
import { Filter, FilterConditions, WhereConditions } from '@forge/kvs';
import type { Claim, Clock, Lease, Store } from '../ports.ts';
import { entities, keys } from './keys.ts';
import { call, type Kvs, race } from './platform.ts';
import type { Reads } from './reads.ts';
import { storedClaim } from './shapes.ts';

interface ClaimRow {
  readonly at: number;
  readonly body: unknown;
}

type Turns = Pick<
  Store,
  'claim' | 'claimOf' | 'claimsBefore' | 'updateClaim' | 'dropClaim' | 'acquire' | 'release' | 'mark' | 'takeMark'
>;

/** Long after any holder is dead; until then the row keeps the epoch rising. */
const leaseLife = { ttl: { value: 30, unit: 'DAYS' } } as const;

export function createTurns(kvs: Kvs, reads: Reads, clock: Clock): Turns {
  const claims = () => kvs.entity<ClaimRow>(entities.claim);
  const held = (lease: Lease) => ({
    entityName: entities.lease,
    conditions: new Filter<Lease>()
      .and('epoch', FilterConditions.equalTo(lease.epoch))
      .and('holder', FilterConditions.equalTo(lease.holder)),
  });

  return {
    claim(claim) {
      return race('claim', () =>
        claims().set(
          keys.claim(claim.key),
          { at: claim.at, body: storedClaim.encode(claim) },
          { keyPolicy: 'FAIL_IF_EXISTS' },
        ),
      );
    },
    async claimOf(key) {
      const row = await reads.row<ClaimRow>(entities.claim, keys.claim(key));
      return storedClaim.decode(row?.body);
    },
    async claimsBefore(at) {
      const found: Claim[] = [];
      let cursor: string | undefined;
      do {
        const query = claims().query().index('at').where(WhereConditions.lessThan(at)).limit(20);
        const page = await call('list claims', () => (cursor === undefined ? query : query.cursor(cursor)).getMany());
        found.push(...page.results.flatMap(({ value }) => storedClaim.decode(value.body) ?? []));
        cursor = page.nextCursor;
      } while (cursor && found.length < 100);
      return found;
    },
    async updateClaim(claim) {
      const row: ClaimRow = { at: claim.at, body: storedClaim.encode(claim) };
      await call('write a claim', () => claims().set(keys.claim(claim.key), row));
    },
    async dropClaim(key) {
      await call('drop a claim', () => claims().delete(keys.claim(key)));
    },

    async acquire(name, holder, forMs) {
      const now = clock.now();
      const key = keys.lease(name);
      const old = await reads.row<Lease>(entities.lease, key);
      if (old !== undefined && old.until > now) return undefined;
      const lease: Lease = { holder, epoch: (old?.epoch ?? 0) + 1, until: now + forMs };
      const taken = await race('take a lease', () =>
        kvs
          .transact()
          .set(
            key,
            lease,
            {
              entityName: entities.lease,
              conditions: new Filter<Lease>().and(
                'epoch',
                old === undefined ? FilterConditions.notExists() : FilterConditions.equalTo(old.epoch),
              ),
            },
            leaseLife,
          )
          .execute(),
      );
      return taken ? lease : undefined;
    },
    /** A lease that somebody else has taken over meanwhile stays theirs. */
    async release(name, lease) {
      await race('release a lease', () =>
        kvs
          .transact()
          .set(keys.lease(name), { ...lease, until: 0 }, held(lease), leaseLife)
          .execute(),
      );
    },

    async mark(name) {
      await call('set a mark', () => kvs.set(keys.mark(name), { v: 1, at: clock.now() }));
    },
    /** The mark goes before its taker looks, so one set in between costs a second look, never a missed one. */
    async takeMark(name) {
      const key = keys.mark(name);
      if ((await reads.value(key)) === undefined) return false;
      await call('drop a mark', () => kvs.delete(key));
      return true;
    },
  };
}
