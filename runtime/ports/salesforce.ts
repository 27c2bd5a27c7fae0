/** Salesforce as the engine's shell asks for it. */
import type { NewRecord, NewSalesforceFile } from '../conversation.ts';
import type { Allowance, Failure, Instant, Outcome } from './failure.ts';

/** A record as REST gives it: nested objects for parents, `null` for empty, 18-character ids. */
export interface SalesforceRecord {
  readonly id: string;
  readonly object: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** `SystemModstamp`; whole seconds. */
  readonly stamp: Instant;
  readonly createdAt: Instant;
  readonly deleted: boolean;
  /** The winner, when this record lost a merge. */
  readonly mergedInto?: string;
}

export interface QueryRequest {
  readonly soql: string;
  /** Deleted and merged rows too (`queryAll`). */
  readonly all?: boolean;
  /** A refusal is this query's own answer instead of the end of all. */
  readonly optional?: boolean;
  /** One page only, of at most 2,000 rows; the answer says where the rest is. */
  readonly paged?: boolean;
}

/** Where the rows of a paged query go on, as they were when it was asked; a page of them is a call's fifth like a query. */
export interface QueryRest {
  readonly locator: string;
}

export interface QueryAnswer {
  /** In the order of the query. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Of an optional query, or of a page that is not to be had any more. */
  readonly failure?: Failure;
  /** Of a paged query that has more rows. */
  readonly rest?: QueryRest;
}

export interface SalesforcePort {
  /** The org's API calls of the day, which all its integrations share; unknown before the first answer. */
  readonly allowance: Allowance | undefined;
  /**
   * Up to five queries travel in one composite call; further pages are followed, unless the query is paged. The server's
   * time is that of the first answer.
   */
  query(
    requests: readonly (QueryRequest | QueryRest)[],
  ): Promise<{ readonly answers: readonly QueryAnswer[]; readonly serverTime: Instant }>;
  /** One entry a record, in collections of up to 200; answers stand in the order of the changes. */
  change(changes: readonly SalesforceChange[]): Promise<readonly Outcome<void>[]>;
  /**
   * As `change`, at most 200 of one object, with their rows as they were just before and as they are just after: all
   * in one call. Without an answer for the rows, or of records that are gone, they are absent.
   */
  update(changes: readonly SalesforceChange[], soql: string): Promise<Updated>;
  /** As `change`; answers the new ids. */
  insert(records: readonly NewRecord[]): Promise<readonly Outcome<string>[]>;
  /** A file that hangs on the record, in one insert; answers the id of its ContentVersion. */
  createFile(file: NewSalesforceFile): Promise<string>;
  /** Of one ContentVersion. */
  fileBytes(version: string): Promise<Uint8Array>;
  describe(object: string): Promise<unknown>;
  describeGlobal(): Promise<unknown>;
  /** The values that a record type offers of a picklist; nothing where the org does not say. */
  offered(object: string, recordType: string, field: string): Promise<ReadonlySet<string> | undefined>;
  /** From now on only this org is called: a call fails where another one is connected by now. */
  bindTo(orgId: string): void;
  organization(): Promise<{ readonly id: string; readonly name: string }>;
  /** The instance's base URL, for links that people open. */
  instanceUrl(): Promise<string>;
}

export interface Updated {
  readonly outcomes: readonly Outcome<void>[];
  readonly before: readonly Readonly<Record<string, unknown>>[];
  readonly after: readonly Readonly<Record<string, unknown>>[];
}

export interface SalesforceChange {
  readonly object: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}
