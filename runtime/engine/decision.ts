/**
 * What the engine answers: what to write where, and for each write and each thing that is not written a
 * plain sentence with the place in the program that it follows from.
 */
import type { Origin } from '../../compiler/plan/ir.ts';
import type { FieldBase, Link, Sending, StatusSent } from '../ports.ts';

export type Side = 'salesforce' | 'jira';

export interface Decision {
  readonly side: Side;
  /**
   * `write`: will be written. `skip`: not written, by the program's will. `hold`: both values wait for a
   * person. `problem`: a person has to do something. `later`: the next cycle does it. `found`: an earlier run
   * wrote it and was stopped before it could say so.
   */
  readonly outcome: 'write' | 'skip' | 'hold' | 'problem' | 'later' | 'found';
  /** The field's or status' name as people know it. */
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly origin: Origin;
  /** Of a conflict. */
  readonly lost?: unknown;
  readonly kept?: unknown;
}

/** Of what is found: its own reason went with the run that sent it. */
export const foundReason = 'written by an earlier run that was stopped, or not answered, before it could say so';

/** Of what was sent and is not there: an entry all the same, since it may have stood there for a while. */
export const goneReason = 'sent by an earlier run, of which it is not known whether it arrived; it is not there now';

export interface FieldWrite {
  readonly side: Side;
  /** API name or Jira field id. */
  readonly field: string;
  /** As REST takes it. */
  readonly value: unknown;
  /** Its comparable form. */
  readonly normal: unknown;
}

export interface FieldDecision {
  /** The mapping's id. */
  readonly mapping: string;
  readonly write?: FieldWrite;
  /** To remember when the write was answered, or at once when there is none; undefined: never agreed so far. */
  readonly base?: FieldBase;
  /** To remember before the write is sent. */
  readonly ahead?: FieldBase;
  /** To remember when the write is refused, or left to the next cycle. */
  readonly waiting?: FieldBase;
  readonly decision?: Decision;
  /** What earlier runs sent, and what is told of it now; what this one writes again is told with that. */
  readonly earlier?: { readonly sent: readonly Sending[]; readonly decisions: readonly Decision[] };
  /** Whether a person made the Jira value can only be told from the change log of this field. */
  readonly wants?: true;
}

/** A transition to make; by id where the program named a status, by name where a table did. */
export interface Move {
  readonly to: { readonly id?: string; readonly name: string };
  readonly from: string;
  readonly reason: string;
  readonly origin: Origin;
  /** A rule's, not generic status sync's. */
  readonly rule: boolean;
}

export interface StatusDecision {
  readonly move?: Move;
  readonly write?: FieldWrite;
  /** To remember when everything above is done, or at once. */
  readonly status?: NonNullable<Link['status']>;
  /** To remember when it is not done, or left to the next cycle. */
  readonly waiting?: NonNullable<Link['status']>;
  readonly decisions: readonly Decision[];
  /** What earlier runs were about to give a side, and what is told of now; without what this one sends again. */
  readonly untold?: readonly StatusSent[];
  readonly wants?: true;
}

export interface Decisions {
  readonly fields: readonly FieldDecision[];
  readonly status: StatusDecision;
  /** One PUT: values by field id. */
  readonly toJira: Readonly<Record<string, unknown>>;
  /** One collection entry: values by API name. */
  readonly toSalesforce: Readonly<Record<string, unknown>>;
  /** Everything above that has a sentence, in the program's order. */
  readonly decisions: readonly Decision[];
  /** Ids of Jira fields whose change log would settle a doubt; decide again with it before writing. */
  readonly wants: readonly string[];
  /** The next cycle has to look at this issue, whatever happens to the record. */
  readonly later: boolean;
}
