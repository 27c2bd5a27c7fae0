/** What one promise found: which, and a sentence; and what it may look at. */
import type { WorldState } from '../../../sandbox/world.ts';
import type { Strike } from '../mayhem.ts';
import type { Passage } from '../passage.ts';
import type { People } from '../people.ts';
import { itemAt, type Mapped, type Place, placeOf, type SimItem, type SimProgram } from '../program.ts';
import { plain, type RecordFacts, type Value } from '../relations.ts';

export interface Broken {
  readonly promise: string;
  readonly what: string;
  /** Ids of records and keys of issues, where it is about some: trouble that is told names one of them. */
  readonly about?: readonly string[];
}

/** All that a promise may look at. */
export interface Seen {
  /** The last one. */
  readonly program: SimProgram;
  readonly people: People;
  /** Everything that reached a system, in order; `quietFrom` counts those before the last two cycles. */
  readonly passages: readonly Passage[];
  readonly quietFrom: number;
  readonly state: WorldState;
  /** By id. */
  readonly issues: ReadonlyMap<string, SeenIssue>;
  /** By id, those that are there. */
  readonly records: ReadonlyMap<string, RecordFacts>;
  /** The faults that struck. */
  readonly strikes: readonly Strike[];
  readonly log: readonly string[];
  readonly secret: string;
}

export type Promised = (seen: Seen) => readonly Broken[] | Promise<readonly Broken[]>;

export interface SeenLink {
  readonly item: string;
  readonly record: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly managed: string;
  readonly createdAt: number;
  readonly state: { readonly kind: string; readonly reason?: string };
  readonly lastOutcome?: { readonly kind: string };
  readonly note?: { readonly id?: string; readonly refused?: string };
}
export interface SeenEntry {
  readonly at: number;
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: string;
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly source: string;
  readonly lost?: unknown;
  readonly kept?: unknown;
}
export interface SeenAttention {
  readonly id: string;
  readonly record?: string;
  readonly issueKey?: string;
  readonly cause: string;
  /** Names of fields whose conflict waits for a person's choice. */
  readonly held?: readonly string[];
}

export const linksOf = ({ state }: Seen) => state.links as readonly SeenLink[];
/** Those that are not paused: nothing is promised of the others but that they say so. */
export const activeLinks = (seen: Seen) => linksOf(seen).filter(({ state }) => state.kind === 'active');
export const journalOf = ({ state }: Seen) => state.journal as readonly SeenEntry[];
export const attentionOf = ({ state }: Seen) => state.attention as readonly SeenAttention[];

const longestRun = 15 * 60_000;

/** By which a run may act at that time: one that began before a program came goes on with the one before. */
export const programsAt = ({ people: { ledger } }: Seen, at: number): readonly SimProgram[] =>
  ledger.programs
    .filter((one, index, all) => one.at <= at && (all[index + 1]?.at ?? at) >= at - longestRun)
    .map(({ program }) => program);

/** What the last program says of a link. */
export const itemOfLink = ({ program }: Seen, { item }: SeenLink): SimItem | undefined =>
  itemAt(program, placeOf(item));

/** The entries that tell what an edit of this mapping gave way to. */
export const conflictsOf = (seen: Seen, issueKey: string, { relation }: Mapped): readonly SeenEntry[] =>
  journalOf(seen).filter(
    entry =>
      entry.issueKey === issueKey &&
      'lost' in entry &&
      (entry.what === relation.label || entry.what === relation.fieldLabel),
  );

/** What an entry's value may stand for: it is kept as its system has it, or as text. */
export const valuesIn = (kept: unknown, { relation }: Mapped): readonly Value[] =>
  typeof kept === 'object' && kept !== null ? [relation.fromRaw(kept)] : [plain(kept)];

export interface SeenIssue {
  readonly id: string;
  readonly key: string;
  /** What an issue that the bridge made says of itself. */
  readonly properties?: { readonly 'salesforce-bridge'?: { readonly item: string } };
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly created: string;
    readonly status: { readonly name: string };
    readonly comment: { readonly comments: readonly { readonly body: unknown; readonly jsdPublic?: boolean }[] };
    readonly attachment: readonly { readonly filename: string }[];
    readonly creator: { readonly accountType: string };
  };
}

/** As they stand at the end, oldest first, by id; read once for all promises. */
export const readIssues = async (people: Seen['people']): Promise<Seen['issues']> => {
  const { issues } = await people.doors.jiraAs<{ issues: SeenIssue[] }>('admin', 'POST', '/search/jql', {
    jql: 'project = SUP ORDER BY created ASC',
    fields: ['*all'],
    properties: ['salesforce-bridge'],
    maxResults: 100,
  });
  return new Map(issues.map(issue => [issue.id, issue]));
};

const isSame = (a: Mapped, b: Mapped): boolean => a.relation.name === b.relation.name && a.owner === b.owner;

/** Whether a mapping was the same, with the same owner and policy, in every program that the story had. */
export const wasAlways = ({ people }: Seen, place: Place, mapped: Mapped): boolean =>
  people.ledger.programs.every(({ program }) =>
    itemAt(program, place)?.mappings.some(one => isSame(one, mapped) && one.onConflict === mapped.onConflict),
  );

/** Since when the program has this mapping with this owner. */
export function mappedSince({ people }: Seen, place: Place, mapped: Mapped): number {
  const without = people.ledger.programs.findLastIndex(
    ({ program }) => !itemAt(program, place)?.mappings.some(one => isSame(one, mapped)),
  );
  return people.ledger.programs[without + 1]?.at ?? 0;
}

/** Whether a run may not have come to remember what it did, whatever the storage answered. */
export const mayForget = ({ strikes }: Seen): boolean => strikes.some(({ call }) => call.startsWith('kvs'));

/** Whether a call of this kind ended in the dark, so that nobody knows what came of it. */
export const inTheDark = ({ strikes }: Seen, call: RegExp): boolean =>
  strikes.some(
    strike =>
      !strike.call.startsWith('person') &&
      call.test(strike.call) &&
      /^(timeout|kill|reset|partial|slow)/.test(strike.effect),
  );

const promisesOfStates = new Set(['P2', 'P3', 'P5', 'P6']);
/** A status that does not follow is a state as well, whoever of both sides refuses it. */
const isOfState = ({ promise, about }: Broken): boolean =>
  promisesOfStates.has(promise) || (promise === 'P10' && about !== undefined);

/**
 * While one thing is broken for good, what does not agree has to be told where people look, and what is tried again
 * must not become a flood.
 */
export function untold(seen: Seen, broken: readonly Broken[]): readonly Broken[] {
  const attention = attentionOf(seen);
  // A blocked move is shown on the card and in the table.
  const blocked = linksOf(seen).filter(({ lastOutcome }) => lastOutcome?.kind === 'blocked');
  const isTold = (about: readonly string[]) =>
    blocked.some(({ issueKey }) => about.includes(issueKey)) ||
    attention.some(
      ({ record, issueKey }) =>
        (record === undefined && issueKey === undefined) ||
        about.includes(record ?? '') ||
        about.includes(issueKey ?? ''),
    );
  const writes = broken.filter(({ promise }) => promise === 'P4').length;
  const flood =
    writes > attention.length * 3 ? [{ promise: 'P7', what: `${writes} writes are tried in ten minutes` }] : [];
  return [
    ...flood,
    ...broken.filter(one => (isOfState(one) ? !isTold(one.about ?? []) : one.promise !== 'P4' && one.promise !== 'P7')),
  ];
}
