/** What people did and said: the only memory of what anybody wanted that does not come from the bridge. */
import type { Place, SimProgram } from './program.ts';
import type { Value } from './relations.ts';

export type Side = 'salesforce' | 'jira';

interface Done {
  readonly at: number;
  readonly side: Side;
  /** The record's or the issue's id. */
  readonly thing: string;
}

export interface Edit extends Done {
  readonly relation: string;
  readonly value: Value;
}
export interface Said extends Done {
  /** A word that nobody else says; an edit puts another one in its place. */
  token: string;
  /** Its id where it was said. */
  readonly id: string;
  /** Internal in Jira, unpublished in Salesforce. */
  readonly hidden: boolean;
  edited?: boolean;
  /** Where its last words were written, and when. */
  rephrased?: 'original' | 'copy';
  rephrasedAt?: number;
  /** Somebody deleted it. */
  gone?: boolean;
  /** Where somebody deleted a copy: issues, or the record; and when the last one. */
  readonly copiesGone: Set<string>;
  copyGoneAt?: number;
}
export interface Filed extends Done {
  readonly name: string;
  /** Where somebody deleted a copy: issues, or the record. */
  readonly copiesGone: Set<string>;
}
export interface Moved extends Done {
  readonly to: string;
}
/** Whose value a person chose where a conflict was held; of a try without an answer nobody knows. */
export interface Chosen {
  readonly at: number;
  readonly record: string;
  readonly keep: Side;
}
/** What the panel showed to whom, the cards or what surrounds the record. */
export interface Looked {
  readonly role: string;
  readonly issueKey: string;
  /** By Jira's own answer. */
  readonly mayBrowse: boolean;
  readonly shown: boolean;
  /** Shown as belonging to the record, and does not. */
  readonly strangers: readonly string[];
}

export interface MadeLink {
  readonly record: string;
  readonly place: Place;
  readonly at: number;
  /** It was answered. */
  readonly sure: boolean;
}

export interface Ledger {
  readonly records: string[];
  /** Those of them that came by the web, which they always will have. */
  readonly web: Set<string>;
  readonly edits: Edit[];
  /** What was there already, said once more. */
  readonly restated: Edit[];
  readonly said: Said[];
  readonly filed: Filed[];
  readonly moved: Moved[];
  readonly chosen: Chosen[];
  /** Records of which a conflict was put away, or of which nobody knows whether it was. */
  readonly putAway: Set<string>;
  /** Other trouble that a person put away, or of which nobody knows whether it was. */
  readonly dismissed: { readonly id: string; readonly issueKey?: string }[];
  /** When people saved a record, whatever they changed: its stamp is of the last time. */
  readonly saved: { readonly at: number; readonly thing: string }[];
  /** Records that at some time met the condition by which an item makes issues (`businessOf`). */
  readonly wanted: Set<string>;
  /** Records that an item's `where` once took (`businessOf`): some of them leave it again. */
  readonly covered: Set<string>;
  readonly deleted: Set<string>;
  /** The loser, and the record that it is part of since. */
  readonly merged: Map<string, string>;
  readonly deletedIssues: Set<string>;
  /** Issues that people made, and not the bridge. */
  readonly ownIssues: Map<string, string>;
  /** By issue: links that a person made. */
  readonly linked: Map<string, MadeLink>;
  /** Records that a person linked, or tried to link and got no answer (`businessOf`). */
  readonly tried: Set<string>;
  /** Records whose link a person took away (`businessOf`). */
  readonly unlinked: Set<string>;
  /** What admins had erased: ids and keys of issues, and the records that they were linked to. */
  readonly erased: Set<string>;
  /** Since when each org was the connected one, oldest first. */
  readonly orgs: { readonly at: number; readonly org: string }[];
  /** When an admin started over with another org, and whether all links ended for sure. */
  readonly startedOver: { readonly at: number; readonly sure: boolean }[];
  /** Records that may have another issue, after the first one was deleted or taken off. */
  readonly lifted: Set<string>;
  /** Since when each program was the active one; the last one is at the end. */
  readonly programs: { readonly at: number; readonly program: SimProgram }[];
  readonly looks: Looked[];
}

export const emptyLedger = (): Ledger => ({
  records: [],
  web: new Set(),
  edits: [],
  restated: [],
  said: [],
  filed: [],
  moved: [],
  chosen: [],
  putAway: new Set(),
  dismissed: [],
  saved: [],
  wanted: new Set(),
  covered: new Set(),
  deleted: new Set(),
  merged: new Map(),
  deletedIssues: new Set(),
  ownIssues: new Map(),
  linked: new Map(),
  tried: new Set(),
  unlinked: new Set(),
  erased: new Set(),
  orgs: [],
  startedOver: [],
  lifted: new Set(),
  programs: [],
  looks: [],
});
