/**
 * The store over Forge's key-value storage: everything that the app remembers, per installation. Reads
 * that decide are strictly consistent, shared values change by compare-and-set, and what is read is
 * checked. Secrets go to the secret store only.
 */
import type { Clock, Store } from '../ports.ts';
import { createAttention } from './attention.ts';
import { createDirty } from './dirty.ts';
import { entities, keys } from './keys.ts';
import { createLarge } from './large.ts';
import { createLinks } from './links.ts';
import { type Audit, createHistory } from './pages.ts';
import { createPairs } from './pairs.ts';
import { call, type Kvs } from './platform.ts';
import { type Authors, createPrograms, type PlanCodec, type Texts } from './programs.ts';
import { createReads } from './reads.ts';
import { changeRow, type Row } from './rows.ts';
import {
  type Pauses,
  storedActivation,
  storedCache,
  storedCatchUp,
  storedConnection,
  storedHold,
  storedOrg,
  storedPauses,
  storedSecret,
  storedSweep,
  storedToken,
  storedWatermark,
} from './shapes.ts';
import { createTurns } from './turns.ts';

export type { Pauses } from './shapes.ts';

/** What the handlers keep beside what a run needs. */
export interface AppStore extends Store, Audit, Authors, Texts {
  pauses(): Promise<Pauses>;
  /** Two people at once both count. */
  changePauses(change: (now: Pauses) => Pauses): Promise<Pauses>;
  /** The org that the links belong to; it outlives a revoked connection. */
  lastOrg(): Promise<string | undefined>;
  saveLastOrg(id: string): Promise<void>;
  /** A cached answer that is younger than `maxAgeMs`. */
  cached(system: 'salesforce' | 'jira', what: string, maxAgeMs: number): Promise<unknown>;
  saveCached(system: 'salesforce' | 'jira', what: string, value: unknown): Promise<void>;
}

export interface StoreOptions {
  readonly kvs: Kvs;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly plans: PlanCodec;
  /** The Jira site's id, as far as the platform tells it. */
  readonly site?: () => string | undefined;
}

const nobody: Pauses = { items: {} };

export function createStore({ kvs, clock, newId, plans, site }: StoreOptions): AppStore {
  const reads = createReads(kvs);
  const large = createLarge(kvs, reads);
  const get = (key: string) => reads.value(key);
  const set = (key: string, value: unknown) => call('write', () => kvs.set(key, value));
  const secret = async () => storedSecret.decode(await call('read the secret', () => kvs.getSecret(keys.secret())));
  const changePauses = async (change: (now: Pauses) => Pauses): Promise<Pauses> =>
    (await changeRow(kvs, keys.paused(), storedPauses, (now = nobody) => change(now))) ?? nobody;

  return {
    ...createLinks(kvs, reads),
    ...createPairs(kvs, reads, async () => ({ site: site?.(), secret: await secret() })),
    ...createTurns(kvs, reads, clock),
    ...createPrograms(kvs, reads, large, plans, newId),
    ...createHistory(kvs, reads, clock, newId),
    ...createAttention(kvs, reads),
    ...createDirty(kvs, reads),

    async connection() {
      return storedConnection.decode(await get(keys.connection()));
    },
    /** Secret first: a connection without its secret would be half a connection. */
    async saveConnection(connection, secret) {
      await call('keep the secret', () => kvs.setSecret(keys.secret(), storedSecret.encode(secret)));
      await call('drop the token', () => kvs.deleteSecret(keys.token()));
      await set(keys.connection(), storedConnection.encode(connection));
    },
    async clearConnection() {
      await call('clear the connection', () => kvs.delete(keys.connection()));
      await call('drop the token', () => kvs.deleteSecret(keys.token()));
      await call('drop the secret', () => kvs.deleteSecret(keys.secret()));
    },
    secret,
    async token() {
      return storedToken.decode(await call('read the token', () => kvs.getSecret(keys.token())));
    },
    async saveToken(token) {
      if (token === undefined) await call('drop the token', () => kvs.deleteSecret(keys.token()));
      else await call('keep the token', () => kvs.setSecret(keys.token(), storedToken.encode(token)));
    },

    async activation(item) {
      return storedActivation.decode(await get(keys.activation(item)));
    },
    async saveActivation(activation) {
      await set(keys.activation(activation.item), storedActivation.encode(activation));
    },
    async pauseItem(item, reason, version) {
      await changePauses(now => ({ ...now, items: { [item]: { at: clock.now(), reason, version }, ...now.items } }));
    },
    async watermark(object) {
      return storedWatermark.decode(await large.get(keys.watermark(object)));
    },
    async saveWatermark(object, watermark) {
      await large.set(keys.watermark(object), storedWatermark.encode(watermark), newId());
    },

    async sweep() {
      return storedSweep.decode(await get(keys.sweep()));
    },
    async saveSweep(sweep) {
      await set(keys.sweep(), storedSweep.encode(sweep));
    },
    async catchUp() {
      return storedCatchUp.decode(await get(keys.catchUp()));
    },
    async saveCatchUp(state) {
      await set(keys.catchUp(), storedCatchUp.encode(state));
    },
    async hold() {
      return storedHold.decode(await get(keys.hold()));
    },
    async saveHold(hold) {
      if (hold === undefined) await call('end a hold', () => kvs.delete(keys.hold()));
      else await set(keys.hold(), storedHold.encode(hold));
    },

    async pauses() {
      const row = await reads.row<Row>(entities.page, keys.paused());
      return storedPauses.decode(row?.body) ?? nobody;
    },
    changePauses,
    async lastOrg() {
      return storedOrg.decode(await get(keys.lastOrg()));
    },
    async saveLastOrg(id) {
      await set(keys.lastOrg(), storedOrg.encode(id));
    },
    async cached(system, what, maxAgeMs) {
      const found = storedCache.decode(await large.get(keys.metadata(system, what)));
      return found === undefined || clock.now() - found.at > maxAgeMs ? undefined : found.value;
    },
    async saveCached(system, what, value) {
      const kept = storedCache.encode({ at: clock.now(), value });
      await large.set(keys.metadata(system, what), kept, newId());
    },
  };
}
