/**
 * The scheduled run: what changed in Salesforce since the watermark, what events marked in Jira, what is due
 * to be tried again, and, after a new program, everything it relates. An idle cycle costs one composite
 * call for five objects, no Jira call, and a number of store reads that does not grow with the links.
 */
import { byStamp, type Item, recordFromRow, recordsQuery, stampKey } from '../engine/index.ts';
import {
  type Activation,
  type CatchUp,
  type Failure,
  type Link,
  type LinkKey,
  linkKey,
  orgChanged,
  type RunReport,
  type Versioned,
} from '../ports.ts';
import { activate, activationsOf, isBehind } from './activation.ts';
import { syncBeside } from './beside.ts';
import { openCatchUp } from './catch-up.ts';
import { settleClaims } from './claims.ts';
import type { Talk } from './comments.ts';
import { type Creatable, createAll } from './created.ts';
import { type Deps, limitsOf } from './deps.ts';
import { reconcileLinked } from './linked.ts';
import { findLostEvents } from './lost-events.ts';
import { followMerges } from './moved.ts';
import { isForced, isSynchronized, type Named, namedRecords } from './named.ts';
import { type Ahead, mostMarks, readAhead, readOpening } from './opening.ts';
import { pauseLink, recordGone } from './pause.ts';
import { isWorkedOff, type Place, placeIn, placeKeeper, readOn, type Todo, todoOf } from './places.ts';
import { objectStates, type Read, type ReadObject, readAll, tellReadable } from './read.ts';
import { remedyFor } from './remedy.ts';
import { goesOnAfter, holdAfter } from './reserve.ts';
import { failureOf, openRun, type Run, sentence, stopsRun } from './run.ts';
import type { Slice } from './slice.ts';
import { openStreams, workStreams } from './streams.ts';
import { openSweep } from './sweep.ts';
import { parkItem, unparkAll, unparkItem } from './trouble.ts';
import type { Fate, Work } from './work.ts';

const cycleLease = 'cycle';

/** Nothing when another cycle is at work, or when there is nothing to run. */
export async function runCycle(deps: Deps): Promise<RunReport | undefined> {
  const done = await betweenCycles(deps, limitsOf(deps).cycleMs + 60_000, () => oneCycle(deps));
  // What is left need not wait for the next schedule; the lease is free by now.
  if (done?.goOn !== undefined) {
    const { goOn } = done;
    await deps.queue.push([{ job: { v: 1, kind: 'cycle', run: deps.newId() }, ...(goOn > 0 && { delayMs: goOn }) }]);
  }
  return done?.report;
}

/** `goOn`: in how many milliseconds there is more to do. */
async function oneCycle(
  deps: Deps,
): Promise<{ readonly report: RunReport; readonly goOn: number | undefined } | undefined> {
  const [run, ahead] = await Promise.all([openRun(deps, 'schedule'), readAhead(deps.store)]);
  if ('unready' in run) {
    deps.log.info('cycle skipped', { reason: run.unready });
    return undefined;
  }
  const { report, more } = await worked(run, ahead);
  const hold = run.stopped && holdAfter(run.stopped, '', deps.clock.now());
  return { report, goOn: more ? 0 : hold && goesOnAfter(hold, deps.clock.now()) };
}

/** Does it while no cycle is at work, nor begins; nothing where one is. */
export async function betweenCycles<T>(
  { store, newId }: Deps,
  ms: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const lease = await store.acquire(cycleLease, newId(), ms);
  if (lease === undefined) return undefined;
  try {
    return await work();
  } finally {
    await store.release(cycleLease, lease);
  }
}

/** The platform does not repeat a failed schedule; the report says what happened, the next cycle goes on. */
async function worked(run: Run, ahead: Ahead): Promise<{ readonly report: RunReport; readonly more: boolean }> {
  try {
    const more = await cycle(run, ahead);
    for (const item of run.items.keys()) await unparkItem(run, item, storage);
    return { report: await run.close(), more };
  } catch (error) {
    const failure = failureOf(error);
    run.deps.log.warn('cycle failed', { run: run.id, system: failure.system, code: failure.code });
    if (stopsRun(failure)) run.stop(failure);
    if (failure.kind === 'unauthorized' && failure.code !== orgChanged) await parkAll(run, 'connection', failure);
    await tellOfForge(run, failure);
    return { report: await run.close(sentence(failure)), more: false };
  }
}

const storage = 'storage';

/** What the app's own storage or queue will not do stops all items. It may not even take this. */
async function tellOfForge(run: Run, failure: Failure): Promise<void> {
  if (stopsRun(failure) || (failure.system !== 'store' && failure.system !== 'queue')) return;
  try {
    await parkAll(run, storage, failure);
  } catch (error) {
    run.deps.log.warn('trouble with storage could not be kept', { run: run.id, code: failureOf(error).code });
  }
}

/** What stops every item stands with each of them. */
async function parkAll(run: Run, what: string, failure: Failure): Promise<void> {
  const trouble = { cause: sentence(failure), remedy: remedyFor(failure) };
  for (const item of run.items.keys()) await parkItem(run, item, what, trouble);
}

/** Answers whether there is more to do at once. */
async function cycle(run: Run, ahead: Ahead): Promise<boolean> {
  const { store } = run.deps;
  if (run.items.size === 0) return false;
  const { watermarks, ...opening } = await readOpening(run);
  const activations = await activate(run, run.items.values(), opening.activations);
  const catchUp = await openCatchUp(run, activations);
  const items = [...run.items.values()].filter(isSynchronized);
  const objects = objectStates(run, items, activations, watermarks);
  const looked = await findLostEvents(run, ahead.events);
  if (looked) await settleClaims(run);
  const sweep = catchUp === undefined ? await openSweep(run, activations, ahead.sweep) : undefined;
  const marked = looked ? await store.dirty(mostMarks) : ahead.marked;
  const named = await namedRecords(run, catchUp?.links ?? [], marked, sweep?.links ?? []);
  const streams = openStreams(run, items, watermarks);
  const read = await readAll(run, objects, named, streams, (catchUp ?? sweep)?.eligible ?? []);
  await tellReadable(run, read, activations);

  const left = await workObjects(run, read, activations, named);

  for (const id of await workStreams(run, streams, read.beside, read.serverTime)) named.left.add(id);

  const isDone = (issueId: string) => !(named.recordsOf.get(issueId) ?? []).some(id => named.left.has(id));
  const done = marked.filter(issueId => isDone(issueId) && !named.kept.has(issueId));
  if (done.length > 0) await store.dropDirty(done);
  const whole = !left && run.stopped === undefined;
  const came = (item: string) => read.came.get(item) ?? [];
  if (whole && sweep !== undefined) await store.saveSweep(sweep.next(came));
  const caughtUp = whole && catchUp !== undefined && (await goOnCatchingUp(run, catchUp, came, activations));
  const more = marked.length === mostMarks && done.length > 0;
  return run.stopped === undefined && (more || run.overdue() || (whole && catchUp !== undefined && !caughtUp));
}

/** True when all of the changed items are caught up. */
async function goOnCatchingUp(
  run: Run,
  slice: Slice<CatchUp>,
  came: (item: string) => readonly string[],
  activations: ReadonlyMap<string, Activation>,
): Promise<boolean> {
  const { store } = run.deps;
  const state = slice.next(came);
  await store.saveCatchUp(state);
  if (!slice.done(state)) return false;
  for (const activation of activations.values()) {
    if (run.items.has(activation.item) && isBehind(run, activation))
      await store.saveActivation({ ...activation, caughtUp: run.program.version });
  }
  return true;
}

/** Page by page, those of all objects together. True when something of them is left. */
async function workObjects(run: Run, read: Read, activations: Map<string, Activation>, named: Named): Promise<boolean> {
  const places = new Map(read.objects.map(page => [page.state, placeIn(page)]));
  const keeper = placeKeeper(run, [...places.values()], activations, read.serverTime);
  let pages = read.objects;
  while (pages.length > 0) {
    for (const page of pages) await workPage(run, places.get(page.state)!, page, activations, named);
    await keeper.ifDue();
    pages = await readOn(run, [...places.values()]);
  }
  await keeper.now();
  return ![...places.values()].every(isWorkedOff);
}

async function workPage(
  run: Run,
  place: Place,
  read: ReadObject,
  activations: ReadonlyMap<string, Activation>,
  named: Named,
): Promise<void> {
  const { state, rows, extra, missing } = read;
  await restGone(run, state.items, missing);
  const moved = await followMerges(
    run,
    state.items,
    [...rows, ...extra].map(({ record }) => record),
  );
  for (const id of moved) named.left.add(id);
  const { page } = limitsOf(run.deps);
  const todo = todoOf(place, read);
  const isLeft = (row: Todo) => {
    named.left.add(row.id);
    if (row.changed) place.unhandled.add(stampKey(row));
  };
  for (let at = 0; at < todo.length; at += page) {
    const slice = todo.slice(at, at + page);
    if (run.stopped !== undefined || run.overdue()) {
      for (const row of slice) isLeft(row);
      continue;
    }
    const left = await look(run, state.items, slice, activations, named);
    for (const row of slice) {
      const fate = left.get(row.id);
      if (fate === 'unhandled') isLeft(row);
      else if (place.named.has(row.id)) place.named.set(row.id, true);
    }
    for (const id of left.keys()) named.left.add(id);
  }
}

/** Links whose records are not to be had any more rest; what waited for such a record waits no longer. */
async function restGone(run: Run, items: readonly Item[], missing: readonly string[]): Promise<void> {
  if (missing.length === 0) return;
  const { store } = run.deps;
  const keys = missing.flatMap(record => items.map(({ plan }) => ({ item: plan.id, record })));
  for (const link of (await store.links(keys)).values()) await pauseLink(run, link.value, link.revision, recordGone);
  for (const key of keys) await unparkAll(run, key);
}

// ── looking ─────────────────────────────────────────────────────────────────────────────────────

/** Answers the ids of records that are not done with. */
async function look(
  run: Run,
  items: readonly Item[],
  rows: readonly Todo[],
  activations: ReadonlyMap<string, Activation>,
  named: Named,
): Promise<ReadonlyMap<string, Fate>> {
  const records = new Map(rows.map(row => [row.record.id, row]));
  const keys = [...records.keys()].flatMap(record => items.map(({ plan }) => ({ item: plan.id, record })));
  const links = await run.deps.store.links(keys);
  const left = new Map<string, Fate>();
  const works: Work[] = [];
  const creatable: Creatable[] = [];
  const changed = new Set(rows.flatMap(({ id, changed }) => (changed ? [id] : [])));

  for (const { record } of [...records.values()].sort(byStamp)) {
    for (const item of items) {
      const key = linkKey({ item: item.plan.id, record: record.id });
      const link: Versioned<Link> | undefined = links.get(key);
      if (link !== undefined) {
        const force = isForced(named, key);
        // It was read for the sake of another item, or to see whether it has an issue.
        if (!force && !changed.has(record.id)) continue;
        // What failed before is decided anew, as if the record had changed.
        const failed = link.value.lastOutcome !== undefined && link.value.lastOutcome.kind !== 'ok';
        const cause = changed.has(record.id) || named.force.has(key) || failed ? 'record' : 'issue';
        works.push({ item, record, link, cause, force });
        continue;
      }
      creatable.push({ item, record, activation: activations.get(item.plan.id) });
    }
  }
  await createAll(run, creatable, ({ item, record }, created) => {
    if (created.fate === 'unhandled') left.set(record.id, 'unhandled');
    if (created.link !== undefined) works.push({ item, record, link: created.link, cause: 'link', force: true });
  });
  const fates = [await reconcileLinked(run, works)];
  fates.push(await syncBeside(run, works, work => lookBeside(work, named)));
  for (const [key, fate] of fates.flatMap(some => [...some])) {
    const record = key.slice(key.indexOf(':') + 1);
    if (fate !== 'handled' && left.get(record) !== 'unhandled') left.set(record, fate);
  }
  return left;
}

/** How closely comments and files of a link are looked at, beside those whose own stamps say that they changed. */
function lookBeside({ item, record, cause }: Work, named: Named): Talk['look'] | undefined {
  const key = linkKey({ item: item.plan.id, record: record.id });
  if (cause === 'link' || named.marked.has(key) || named.again.has(key)) return 'whole';
  return named.force.has(key) || named.swept.has(key) ? 'settings' : undefined;
}

/** One record by name: a second look for an issue, or another try. */
export async function runRecord(deps: Deps, key: LinkKey): Promise<RunReport | undefined> {
  const run = await openRun(deps, 'retry');
  if ('unready' in run) return undefined;
  const item = run.items.get(key.item);
  if (item === undefined) return undefined;
  const query = recordsQuery([item.plan], [key.record]);
  const { answers } = await deps.salesforce.query([{ soql: query.soql, all: true }]);
  const record = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(query.object, row) ?? [])[0];
  if (record !== undefined) {
    const activations = await activate(run, [item], await activationsOf(run, [item]));
    const force = new Set([linkKey(key)]);
    const named: Named = {
      ids: new Map(),
      force,
      again: force,
      recordsOf: new Map(),
      marked: new Set(),
      swept: new Set(),
      left: new Set(),
      kept: new Set(),
    };
    await look(run, [item], [{ record, id: record.id, stamp: record.stamp, changed: true }], activations, named);
  }
  return run.close();
}
