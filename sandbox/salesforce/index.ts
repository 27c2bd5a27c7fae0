/**
 * A local Salesforce: one org behind a fetch handler, with the REST resources that ordinary clients use, SOQL, real
 * describes and real refusals. What it does not model answers `NOT_MODELLED_HERE` (501) and names the route.
 */
import type { Clock } from '../clock.ts';
import { type Catalogue, demoCatalogue } from './catalogue/index.ts';
import { seedDemo, seedOrg } from './demo.ts';
import { notFound } from './errors.ts';
import { filePersistence } from './file-persistence.ts';
import { type ClientApp, createOrg } from './org.ts';
import { createRest } from './rest.ts';
import type { Input, ValidationRule } from './saving.ts';
import { type OrgConditions, setUpOrg } from './set-up.ts';
import { memoryState, type Persistence, type Row, type Scalar } from './state.ts';
import { stampOf } from './time.ts';

export type { ClientApp } from './org.ts';
export type { ValidationRule } from './saving.ts';
export type { OrgConditions } from './set-up.ts';
export type { Persistence } from './state.ts';

export interface SalesforceOptions {
  readonly clock: Clock;
  /** Where the stand-in is known; what it answers always lies under the base that a request named. */
  readonly baseUrl?: string;
  /** No records but the org, its users and settings. */
  readonly empty?: boolean;
  /** The demo's external client app where none is given. */
  readonly apps?: readonly ClientApp[];
  readonly rules?: readonly ValidationRule[];
  readonly catalogue?: Catalogue;
  /** Daily API requests; 15,000 as in a developer org. */
  readonly maxCalls?: number;
  /** A database file that keeps the org; without it and without `persistence` it lives in memory. */
  readonly dataFile?: string;
  readonly persistence?: Persistence;
}

export interface SalesforceStandIn {
  fetch(request: Request): Promise<Response>;
  /** As after the start with the same options; sessions stay good. */
  reset(): void;
  /** The app that signs in as the integration user. */
  readonly client: { readonly id: string; readonly secret: string };
  /** 18 characters. */
  readonly orgId: string;
  /**
   * Until the next reset what is here is another org's, with the same records, as after the refresh of a sandbox:
   * sessions end. The id has 18 characters.
   */
  moveTo(orgId: string): void;
  readonly integrationUserId: string;
  /** What is modelled under `/services/data/vNN.N`: `GET /sobjects/:object/describe`. */
  readonly resources: readonly string[];
  /** The next request that writes answers at once, but its rows are seen only `delayMs` later, with their early stamps; 0 takes that back. */
  commitLate(delayMs: number): void;
  /** What the integration user may see, and what an admin set up, until the next reset. Throws what does not fit. */
  setUp(conditions: OrgConditions): void;
  /** Other integrations of the org made these calls today. */
  spend(calls: number): void;
  /** Lets go of the persistence's file, where there is one. */
  close(): void;
  /** What people of the org do by hand, without a request: the same checks, and none of the calls. */
  readonly hand: {
    /** Both answer the record's id; a refusal is thrown. */
    create(object: string, fields: Input): string;
    update(id: string, fields: Input): string;
    /** Stores what nobody can enter and only the org itself would fill in: formulas, numbers, stamps. */
    assume(id: string, fields: Readonly<Record<string, Scalar>>): void;
    find(id: string): Row | undefined;
    first(object: string): Row | undefined;
    count(object: string): number;
  };
  /** What only Apex, SOAP or a person can do in a real org. */
  merge(winnerId: string, loserIds: readonly string[]): void;
  undelete(id: string): void;
}

/** As a developer org has them. */
const dailyCalls = 15_000;

const demoApp: ClientApp = {
  id: '3MVG9sandboxBridgeForJira.LocalClientApp.9aB8cD7eF6gH5iJ4kL3mN2oP1',
  secret: '5D0C3F1A7B9E24680A1B2C3D4E5F60718293A4B5C6D7E8F90123456789ABCDEF',
};

const _day = 24 * 60 * 60 * 1000;

export function createSalesforce(options: SalesforceOptions): SalesforceStandIn {
  const { clock } = options;
  const catalogue = options.catalogue ?? demoCatalogue;
  const apps = options.apps ?? [demoApp];
  const file = options.dataFile === undefined ? undefined : filePersistence(options.dataFile);
  const state = memoryState(catalogue, file ?? options.persistence);
  const resumed = state.size('Organization') > 0;
  const ids = resumed
    ? { orgId: [...state.scan('Organization')][0]?.id as string, userId: integrationUser(state.scan('User')) }
    : seedOrg(state, clock.now());
  const org = createOrg({
    state,
    clock,
    apps,
    rules: options.rules ?? [],
    maxCalls: options.maxCalls ?? dailyCalls,
    ...ids,
  });
  if (!resumed && !options.empty) seedDemo(org, clock.now());
  const rest = createRest(org);
  const client = apps[0] ?? demoApp;
  /** An agent of the org's, never the integration user. */
  const byHand = () => {
    const people = [...state.scan('User')].filter(row => row.values.Alias === 'agent');
    return { now: clock.now(), userId: people[0]?.id ?? ids.userId };
  };

  return {
    fetch: rest.fetch,
    reset() {
      org.forget();
      org.show({}, clock.now());
      org.setRules([]);
      org.unshare([]);
      org.usage.max = options.maxCalls ?? dailyCalls;
      state.clear();
      const { orgId } = seedOrg(state, clock.now());
      if (org.orgId !== orgId) org.moveTo(orgId);
      if (!options.empty) seedDemo(org, clock.now());
    },
    client: { id: client.id, secret: client.secret },
    get orgId() {
      return org.orgId;
    },
    moveTo: orgId => org.moveTo(orgId),
    integrationUserId: ids.userId,
    resources: rest.resources,
    commitLate: delayMs => org.holdNextWrite(delayMs),
    setUp: conditions => setUpOrg(org, conditions, options.maxCalls ?? dailyCalls),
    spend(calls) {
      org.usage.calls += calls;
    },
    close: () => file?.close(),
    hand: {
      create: (object, fields) => org.records.create(object, fields, byHand()).id,
      update(id, fields) {
        const row = state.get(id);
        if (row === undefined) throw notFound();
        return org.records.update(row.object, id, fields, byHand()).id;
      },
      assume(id, fields) {
        const row = state.get(id);
        if (row === undefined) throw notFound();
        state.put({ ...row, values: { ...row.values, SystemModstamp: stampOf(clock.now()), ...fields } });
      },
      find: id => state.get(id),
      first: object => [...state.scan(object)].find(row => !row.deleted),
      count: object => state.size(object),
    },
    merge: (winner, losers) => org.records.merge(winner, losers, byHand()),
    undelete: id => org.records.undelete(id, byHand()),
  };
}

function integrationUser(
  users: Iterable<{ readonly id: string; readonly values: Readonly<Record<string, unknown>> }>,
): string {
  for (const user of users) if (user.values.Alias === 'integ') return user.id;
  throw new Error('the stored org has no integration user');
}
