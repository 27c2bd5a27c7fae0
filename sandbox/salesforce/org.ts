/**
 * One org: its state, metadata, users, apps and sessions, and what a request needs of them. Everything that changes is
 * here, and `reset` brings it back to the start.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Catalogue, CatalogueObject } from './catalogue/index.ts';
import { type OrgView, viewedCatalogue } from './catalogue/view.ts';
import { createReader, type Reader } from './reader.ts';
import { storeRecordTypes } from './record-types.ts';
import { createRecords } from './records.ts';
import type { Records, ValidationRule } from './saving.ts';
import { createSoqlParser } from './soql/parse.ts';
import { compileWhere } from './soql/run.ts';
import type { QueryContext, QueryResult } from './soql/scope.ts';
import type { Row, State } from './state.ts';
import { stampOf } from './time.ts';

/** An external client app of the org, and what its policy says. */
export interface ClientApp {
  readonly id: string;
  readonly secret: string;
  /** The token endpoint's refusal, for an app that is not set up for this flow. */
  readonly refuses?: { readonly error: string; readonly description: string };
  /** The token is given, but every REST call is refused: the app lacks the `api` scope. */
  readonly withoutApi?: boolean;
}

export interface Session {
  readonly userId: string;
  readonly app: ClientApp;
  usedAt: number;
}

export interface Locator {
  readonly result: QueryResult;
  readonly size: number;
  readonly madeAt: number;
}

/** A transaction that has its stamps but is not committed: nobody sees it before its time. */
interface Uncommitted {
  readonly startedAt: number;
  readonly visibleAt: number;
  readonly rows: readonly Row[];
}

/** Records of an object that meet the SOQL condition, as the whole org sees them. */
export interface Unshared {
  readonly object: string;
  readonly when: string;
}

export interface Org {
  /** As the integration user sees it. */
  readonly catalogue: Catalogue;
  readonly view: OrgView;
  /** Another admin was here: what the user sees changes, and with it the age of every describe. */
  show(view: OrgView, now: number): void;
  /** Whether sharing keeps the record from the integration user. */
  hides(row: Row): boolean;
  /** Keeps records that meet a condition from the user. */
  unshare(conditions: readonly Unshared[]): void;
  /** Rules of the org beside those of its start. */
  setRules(rules: readonly ValidationRule[]): void;
  readonly state: State;
  readonly reader: Reader;
  readonly records: Records;
  readonly clock: Clock;
  readonly apps: readonly ClientApp[];
  readonly sessions: Map<string, Session>;
  readonly locators: Map<string, Locator>;
  /** REST calls of the day that began then, as `Sforce-Limit-Info` counts them. */
  readonly usage: { calls: number; since: number; max: number };
  /** 18 characters. */
  readonly orgId: string;
  readonly userId: string;
  /** What is here is another org's from now on, as after a sandbox's refresh: sessions end. */
  moveTo(orgId: string): void;
  /** The metadata's age, for If-Modified-Since. */
  readonly describedAt: number;
  queryContext(version: string, all: boolean, now: number): QueryContext;
  openSession(app: ClientApp, now: number): string;
  /** Commits what is due; called before each request. */
  settle(now: number): void;
  /** The next writing request commits only `delayMs` after it ran; 0 takes that back. */
  holdNextWrite(delayMs: number): void;
  /** Runs a request's work, holding its writes back if that was asked for. */
  perform<T>(writes: boolean, now: number, work: () => T): T;
  /** Drops what is not of the state: locators, usage, open transactions. Sessions stay. */
  forget(): void;
  /** The earliest start of a transaction that is still open, else nothing. */
  openSince(): number | undefined;
}

/** Two hours, sliding: the default session time of an org. */
const sessionLife = 2 * 60 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;
/** How long the recycle bin keeps a record. */
const binLife = 15 * day;

export interface OrgOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly apps: readonly ClientApp[];
  readonly rules: readonly ValidationRule[];
  readonly maxCalls: number;
  readonly orgId: string;
  readonly userId: string;
}

export function createOrg(options: OrgOptions): Org {
  const { state, clock } = options;
  let catalogue = state.catalogue;
  let view: OrgView = {};
  let orgId = options.orgId;
  let describedAt = Math.floor(clock.now() / 1000) * 1000;
  let moreRules: readonly ValidationRule[] = [];
  const reader = createReader(state, () => catalogue);
  const parse = createSoqlParser();
  const brokenRule = (row: Row, object: CatalogueObject, save: { now: number }): ValidationRule | undefined =>
    [...options.rules, ...moreRules].find(
      rule =>
        rule.object.toLowerCase() === object.name.toLowerCase() &&
        // A rule sees every field, whoever saves.
        compileWhere(wholeContext(save.now), object, rule.when, true)(row),
    );
  /** What the org itself looks with: every field of every record. */
  const wholeContext = (now: number): QueryContext => ({
    ...org.queryContext('67.0', true, now),
    catalogue: state.catalogue,
    hides: () => false,
  });
  let unshared: readonly { readonly object: string; readonly meets: (row: Row) => boolean }[] = [];
  let uncommitted: Uncommitted[] = [];
  let hold: number | undefined;
  let opened = 0;

  let emptiedAt = clock.now();
  /** Looked at once a day: what was deleted longer ago than the bin keeps is gone without a trace. */
  const emptyBin = (now: number): void => {
    if (now - emptiedAt < day) return;
    emptiedAt = now;
    const oldest = stampOf(now - binLife);
    for (const object of state.catalogue.objects)
      for (const row of [...state.scan(object.name)])
        if (row.deleted && String(row.values.SystemModstamp) < oldest) state.drop(row.id);
  };

  const org: Org = {
    get catalogue() {
      return catalogue;
    },
    get view() {
      return view;
    },
    show(wanted, now) {
      view = wanted;
      catalogue = viewedCatalogue(state.catalogue, wanted);
      describedAt = Math.floor(now / 1000) * 1000;
      storeRecordTypes(org, wanted, now);
    },
    hides: row => unshared.some(({ object, meets }) => object === row.object && meets(row)),
    unshare(conditions) {
      unshared = conditions.flatMap(({ object, when }) => {
        const found = state.catalogue.object(object);
        return found ? [{ object: found.name, meets: compileWhere(wholeContext(clock.now()), found, when, true) }] : [];
      });
    },
    setRules(rules) {
      moreRules = rules;
    },
    state,
    reader,
    records: createRecords(
      state,
      () => ({ catalogue, view, hides: org.hides }),
      brokenRule,
      id => uncommitted.some(({ rows }) => rows.some(row => row.id === id)),
    ),
    clock,
    apps: options.apps,
    sessions: new Map(),
    locators: new Map(),
    usage: { calls: 0, since: clock.now(), max: options.maxCalls },
    get orgId() {
      return orgId;
    },
    userId: options.userId,
    moveTo(id) {
      for (const row of [...state.scan('Organization')]) {
        state.drop(row.id);
        state.put({ ...row, id, values: { ...row.values, Id: id } });
      }
      orgId = id;
      org.sessions.clear();
    },
    get describedAt() {
      return describedAt;
    },
    queryContext: (version, all, now) => ({ catalogue, state, reader, parse, now, version, all, hides: org.hides }),
    openSession(app, now) {
      for (const [token, session] of org.sessions) if (now - session.usedAt > sessionLife) org.sessions.delete(token);
      const secret = createHmac('sha512', app.secret).update(`${now} ${opened++}`).digest('base64url');
      const token = `${org.orgId.slice(0, 15)}!AQEA${secret.replaceAll('-', '.').slice(0, 84)}`;
      org.sessions.set(token, { userId: org.userId, app, usedAt: now });
      return token;
    },
    settle(now) {
      emptyBin(now);
      const due = uncommitted.filter(transaction => transaction.visibleAt <= now);
      if (due.length === 0) return;
      uncommitted = uncommitted.filter(transaction => transaction.visibleAt > now);
      for (const transaction of due) for (const row of transaction.rows) state.put(row);
    },
    holdNextWrite(delayMs) {
      hold = delayMs > 0 ? delayMs : undefined;
    },
    perform(writes, now, work) {
      if (!writes || hold === undefined) return work();
      const { result, written } = state.rehearse(work);
      if (written.length > 0) {
        uncommitted.push({ startedAt: now, visibleAt: now + hold, rows: written });
        hold = undefined;
      }
      return result;
    },
    forget() {
      org.locators.clear();
      org.usage.calls = 0;
      org.usage.since = clock.now();
      uncommitted = [];
      hold = undefined;
    },
    openSince: () =>
      uncommitted.length === 0 ? undefined : Math.min(...uncommitted.map(transaction => transaction.startedAt)),
  };
  return org;
}

/** The session behind an Authorization header, if it is still good. */
export function sessionOf(org: Org, authorization: string | null, now: number): Session | undefined {
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const session = token === undefined ? undefined : org.sessions.get(token);
  if (!session || now - session.usedAt > sessionLife) return undefined;
  session.usedAt = now;
  return session;
}
