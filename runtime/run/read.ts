/**
 * What a cycle reads of Salesforce, all queries in one go, five to a call: what changed of each object since its
 * watermark, a page of each at a time, and records that were named. Items of an object share a query; one whose fields
 * cannot be read any more is told apart from the others, rests until it can, and then begins where it stopped.
 */
import {
  type DeltaQuery,
  deltaQuery,
  effectiveStamp,
  type Item,
  idsInQuery,
  readFrom,
  recordFromRow,
  recordsQuery,
} from '../engine/index.ts';
import {
  type Activation,
  type Failure,
  type Instant,
  linkKey,
  type QueryAnswer,
  type QueryRequest,
  type QueryRest,
  type SalesforceRecord,
  type Watermark,
} from '../ports.ts';
import type { Known } from './activation.ts';
import { isForced, type Named } from './named.ts';
import { type Run, sentence } from './run.ts';
import type { Eligible } from './slice.ts';
import type { Stream } from './streams.ts';
import { parkItem, unparkItem } from './trouble.ts';

/** Items of one object that are read together. */
export interface ObjectState {
  readonly object: string;
  readonly items: readonly Item[];
  readonly watermark: Watermark;
  readonly from: Instant;
  /** What of the rows is handled already: nothing, where reading begins earlier than it would by the watermark. */
  readonly known: Watermark;
  /** An item whose records could not be read; it moves no watermark. */
  readonly apart?: Activation;
}

export interface Row {
  readonly record: SalesforceRecord;
  readonly id: string;
  /** The latest of its own and those of its parents. */
  readonly stamp: Instant;
}

/** One page of an object. */
export interface ReadObject {
  readonly state: ObjectState;
  readonly rows: readonly Row[];
  /** Records that were asked for by id: with the first page. */
  readonly extra: readonly Row[];
  /** Ids that were asked for and not answered. */
  readonly missing: readonly string[];
  readonly rest: Rest | undefined;
}

/** Where the next page of what a query asked for is. */
export interface Rest {
  readonly query: DeltaQuery;
  readonly at: QueryRest;
}

export interface Read {
  readonly objects: readonly ReadObject[];
  readonly unreadable: readonly { readonly item: Item; readonly watermark: Watermark; readonly failure: Failure }[];
  /** Ids of records that items may make issues for, by item. */
  readonly came: ReadonlyMap<string, readonly string[]>;
  readonly beside: readonly QueryAnswer[];
  readonly serverTime: Instant;
}

export function objectStates(
  run: Run,
  items: readonly Item[],
  activations: ReadonlyMap<string, Activation>,
  watermarks: Known<Watermark>,
): readonly ObjectState[] {
  const byObject = [...Map.groupBy(items, ({ plan }) => plan.salesforce.object)];
  return byObject.flatMap(([object, all]): readonly ObjectState[] => {
    const watermark = watermarks.get(object) ?? { until: run.program.savedAt, handled: [] };
    const state = (own: readonly Item[], apart?: Activation): ObjectState => {
      const since = own.flatMap(({ plan }) => earlierThan(activations.get(plan.id)));
      const from = Math.min(apart === undefined ? readFrom(watermark) : Number.POSITIVE_INFINITY, ...since);
      const known = from < readFrom(watermark) ? { ...watermark, handled: [] } : watermark;
      return { object, items: own, watermark, from, known, ...(apart && { apart }) };
    };
    const unread = (item: Item) => activations.get(item.plan.id)?.unread !== undefined;
    const together = all.filter(item => !unread(item));
    const apart = all.filter(unread).map(item => state([item], activations.get(item.plan.id)));
    return together.length === 0 ? apart : [state(together), ...apart];
  });
}

/** An item that could not be read concerns records from before the watermark. */
function earlierThan(activation: Activation | undefined): readonly Instant[] {
  return activation?.unread === undefined ? [] : [readFrom({ until: activation.unread })];
}

interface Asked {
  readonly state: ObjectState;
  readonly query: DeltaQuery;
  readonly extra: boolean;
  /** Records that this item may make issues for. */
  readonly eligible?: string;
}

export async function readAll(
  run: Run,
  states: readonly ObjectState[],
  named: Named,
  streams: readonly Stream[],
  eligible: readonly Eligible[],
): Promise<Read> {
  const first = await ask(
    run,
    states,
    named,
    streams.map(({ request }) => request),
    eligible,
  );
  // Of items that share a query only some may be unreadable: which, each one's own query tells.
  const shared = first.failed.filter(({ state }) => state.items.length > 1).map(({ state }) => state);
  const singles = shared.flatMap(state => state.items.map(item => ({ ...state, items: [item] })));
  const single = singles.length === 0 ? undefined : await ask(run, singles, named, []);
  const failed = [...first.failed.filter(({ state }) => state.items.length === 1), ...(single?.failed ?? [])];
  const broken = new Set(failed.map(({ state }) => state.items[0]!));
  const rest = shared.flatMap(state => {
    const items = state.items.filter(item => !broken.has(item));
    return items.length === 0 ? [] : [{ ...state, items }];
  });
  const again = rest.length === 0 ? undefined : await ask(run, rest, named, []);
  for (const { plan } of broken) keepMarks(named, plan.id);
  return {
    serverTime: first.serverTime,
    came: first.came,
    beside: first.beside,
    objects: [...first.objects, ...(again?.objects ?? [])],
    unreadable: failed.map(({ state, failure }) => ({ item: state.items[0]!, watermark: state.watermark, failure })),
  };
}

/** What events marked of an item that cannot be read waits with it. */
function keepMarks(named: Named, item: string): void {
  for (const [issueId, records] of named.recordsOf)
    if (records.some(record => named.marked.has(linkKey({ item, record })))) named.kept.add(issueId);
}

async function ask(
  run: Run,
  states: readonly ObjectState[],
  named: Named,
  beside: readonly QueryRequest[],
  eligible: readonly Eligible[] = [],
) {
  const asked = states.flatMap((state): readonly Asked[] => {
    const plans = state.items.map(({ plan }) => plan);
    const ids = [...(named.ids.get(state.object) ?? [])];
    const chunks = Array.from({ length: Math.ceil(ids.length / idsInQuery) }, (_, index) =>
      recordsQuery(plans, ids.slice(index * idsInQuery, (index + 1) * idsInQuery)),
    );
    return [
      { state, query: deltaQuery(plans, state.from), extra: false },
      ...chunks.map(query => ({ state, query, extra: true })),
      ...eligible.flatMap(one => eligibleIn(state, one)),
    ];
  });
  const { answers, serverTime } = await run.deps.salesforce.query([
    ...asked.map(({ query, extra }): QueryRequest => ({ soql: query.soql, all: true, optional: true, paged: !extra })),
    ...beside,
  ]);
  const failureOf = (state: ObjectState) =>
    asked.flatMap((one, at) => (one.state === state ? (answers[at]?.failure ?? []) : []))[0];
  const came = new Map(
    asked.flatMap(({ eligible: item }, at) =>
      item === undefined ? [] : [[item, (answers[at]?.rows ?? []).map(({ Id }) => String(Id))] as const],
    ),
  );
  return {
    serverTime,
    came,
    beside: answers.slice(asked.length),
    objects: states
      .filter(state => failureOf(state) === undefined)
      .map(state => readOf(state, asked, answers, named, came)),
    failed: states.flatMap(state => {
      const failure = failureOf(state);
      return failure === undefined ? [] : [{ state, failure }];
    }),
  };
}

/** With what the other items of the object read of them. */
const eligibleIn = (state: ObjectState, { item, query }: Eligible): readonly Asked[] =>
  state.items.includes(item) ? [{ state, query: query(state.items), extra: true, eligible: item.plan.id }] : [];

function readOf(
  state: ObjectState,
  asked: readonly Asked[],
  answers: readonly QueryAnswer[],
  named: Named,
  came: Read['came'],
): ReadObject {
  const own = asked.flatMap((one, at) => (one.state === state ? [{ ...one, answer: answers[at] }] : []));
  const rowsIn = (extra: boolean) =>
    own.flatMap(one => (one.extra === extra ? rowsOf(state, one.query, one.answer?.rows ?? []) : []));
  const rows = rowsIn(false);
  const inRows = new Set(rows.map(({ id }) => id));
  const extra = [...new Map(rowsIn(true).map(row => [row.id, row])).values()];
  const found = new Set(extra.map(({ id }) => id));
  // Looked at before, and left alone by what the program said then.
  const wanted = new Set(state.items.flatMap(({ plan }) => came.get(plan.id) ?? []));
  const delta = own.find(one => !one.extra);
  const at = delta?.answer?.rest;
  return {
    state,
    rows,
    extra: extra.filter(({ id }) => !inRows.has(id) || wanted.has(id) || isNamed(named, state, id)),
    missing: [...(named.ids.get(state.object) ?? [])].filter(id => !found.has(id)),
    rest: delta === undefined || at === undefined ? undefined : { query: delta.query, at },
  };
}

export const rowsOf = (
  { object }: ObjectState,
  { parents }: DeltaQuery,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly Row[] =>
  rows.flatMap(row => {
    const record = recordFromRow(object, row);
    return record === undefined ? [] : [{ record, id: record.id, stamp: effectiveStamp(record, parents) }];
  });

const isNamed = (named: Named, state: ObjectState, id: string): boolean =>
  state.items.some(({ plan }) => {
    const key = linkKey({ item: plan.id, record: id });
    return isForced(named, key);
  });

// ── what can be read ────────────────────────────────────────────────────────────────────────────

/** Items whose records cannot be read say so, once; those that can be again say that no more. */
export async function tellReadable(
  run: Run,
  { objects, unreadable }: Read,
  activations: Map<string, Activation>,
): Promise<void> {
  for (const { item, watermark, failure } of unreadable) {
    const { id } = item.plan;
    const activation = activations.get(id) ?? { item: id };
    if (activation.unread === undefined)
      await keepActivation(run, activations, { ...activation, unread: watermark.until });
    await parkItem(run, id, 'records', {
      cause: `records cannot be read: ${sentence(failure)}`,
      remedy: 'Give the integration user access to the object and these fields, or take them out of the item.',
    });
    run.rest(id);
  }
  for (const { plan } of objects.flatMap(({ state }) => state.items)) {
    await unparkItem(run, plan.id, 'records');
    await unparkItem(run, plan.id, 'connection');
  }
}

export async function keepActivation(
  run: Run,
  activations: Map<string, Activation>,
  activation: Activation,
): Promise<void> {
  activations.set(activation.item, activation);
  await run.deps.store.saveActivation(activation);
}
