/** What saving a record takes and gives, for whoever asks for it: routes, seeds, and what a record brings with it. */
import type { CatalogueObject } from './catalogue/index.ts';
import type { Row, Scalar } from './state.ts';

export interface SaveContext {
  readonly now: number;
  /** Who writes; `CreatedById`, `LastModifiedById` and the default owner. */
  readonly userId: string;
}

/** A rule of the org: records that meet the condition (a SOQL condition) are refused with the message. */
export interface ValidationRule {
  readonly object: string;
  readonly when: string;
  readonly message: string;
  /** The field that the message stands at; none: the page's top. */
  readonly field?: string;
}

export type Input = Readonly<Record<string, unknown>>;

export interface Records {
  /** Answers the new record's row. */
  create(object: string, input: Input, save: SaveContext): Row;
  update(object: string, id: string, input: Input, save: SaveContext): Row;
  remove(object: string | undefined, id: string, save: SaveContext): void;
  /** Takes a record and what was deleted with it out of the recycle bin. */
  undelete(id: string, save: SaveContext): void;
  /** The losers' children go to the winner, the losers to the recycle bin with `MasterRecordId`. */
  merge(winner: string, losers: readonly string[], save: SaveContext): void;
  /** Stores fields as they are, without the checks that requests meet; for what the platform itself writes. */
  write(object: string, save: SaveContext, values: Readonly<Record<string, Scalar>>): Row;
  /** The live record, or the error that a request for it meets. */
  find(object: CatalogueObject, id: string): Row;
}
