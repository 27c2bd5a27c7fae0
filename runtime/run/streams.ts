/**
 * Comments and files have stamps of their own, so they are read by them: further queries of the cycle's own
 * call, for items that want them, each with a watermark. What they find is handled link by link, a page at a time.
 */
import type { SalesforceComment } from '../conversation.ts';
import {
  advance,
  type CommentSource,
  commentDelta,
  commentFromRow,
  documentLinkFromRow,
  type FileVersion,
  fileDelta,
  freshRows,
  type Item,
  linksOfDocuments,
  readFrom,
  readMarkerLine,
  recordFromRow,
  recordsQuery,
  type Stamped,
  sourcesOf,
  stampKey,
  versionFromRow,
} from '../engine/index.ts';
import type { Instant, Link, QueryAnswer, QueryRequest, QueryRest, Versioned, Watermark } from '../ports.ts';
import type { Known } from './activation.ts';
import { queueFiles } from './beside.ts';
import { isWithoutFeed } from './comment-reads.ts';
import { syncComments, type Talk, unreadable } from './comments.ts';
import { outsideWhere, pauseLink } from './pause.ts';
import { failureOf, type Run, stopsRun } from './run.ts';
import { parkItem } from './trouble.ts';

type Source = CommentSource | 'ContentVersion';

export interface Stream {
  readonly source: Source;
  readonly items: readonly Item[];
  readonly watermark: Watermark;
  readonly request: QueryRequest;
}

export const watermarkOfStream = (source: Source): string => `beside ${source}`;

/** What is read beside records, and for which items. */
export function streamsOf(items: readonly Item[]): ReadonlyMap<Source, readonly Item[]> {
  const wanted = new Map<Source, Item[]>();
  const want = (source: Source, item: Item) => wanted.set(source, [...(wanted.get(source) ?? []), item]);
  for (const item of items) {
    if (item.plan.comments.on) for (const source of sourcesOf(item.plan.salesforce.object)) want(source, item);
    if (item.plan.attachments) want('ContentVersion', item);
  }
  return wanted;
}

export function openStreams({ program }: Run, items: readonly Item[], watermarks: Known<Watermark>): readonly Stream[] {
  return [...streamsOf(items)].map(([source, own]) => {
    const watermark = watermarks.get(watermarkOfStream(source)) ?? { until: program.savedAt, handled: [] };
    const from = readFrom(watermark);
    const soql = source === 'ContentVersion' ? fileDelta(from) : commentDelta(source, from);
    return { source, items: own, watermark, request: { soql, all: true, optional: true, paged: true } };
  });
}

/** Answers the records that the next cycle has to look at again. */
export async function workStreams(
  run: Run,
  streams: readonly Stream[],
  answers: readonly QueryAnswer[],
  serverTime: Instant,
): Promise<ReadonlySet<string>> {
  const again = new Set<string>();
  let pages: readonly Read[] = streams.map((stream, at) => ({ stream, answer: answers[at]! }));
  const places = new Map(pages.map(({ stream, answer }) => [stream, placeOf(answer)]));
  while (pages.length > 0) {
    const comments = await workComments(run, pages);
    const files = await workFiles(run, pages);
    for (const record of comments.again) again.add(record);
    for (const { stream, answer } of pages) {
      const place = places.get(stream)!;
      for (const stamp of stampsOf(stream, answer)) place.stamps.push(stamp);
      for (const key of stream.source === 'ContentVersion' ? files : comments.unhandled) place.unhandled.add(key);
      place.rest = answer.rest;
    }
    pages = await nextPages(run, places);
  }
  for (const [stream, { failed, stamps, unhandled, rest }] of places) {
    if (failed) continue;
    const unreadFrom = rest && (stamps.at(-1)?.stamp ?? readFrom(stream.watermark));
    const watermark = advance(stream.watermark, stamps, unhandled, serverTime, unreadFrom);
    await run.deps.store.saveWatermark(watermarkOfStream(stream.source), watermark);
  }
  return again;
}

interface Place {
  readonly failed: boolean;
  readonly stamps: Stamped[];
  readonly unhandled: Set<string>;
  /** What was not read yet; it is no older than the last of the stamps. */
  rest: QueryRest | undefined;
}

const placeOf = ({ failure }: QueryAnswer): Place => ({
  failed: failure !== undefined,
  stamps: [],
  unhandled: new Set(),
  rest: undefined,
});

/** Of the streams that have more. What cannot be read now waits for the next run. */
async function nextPages(run: Run, places: ReadonlyMap<Stream, Place>): Promise<readonly Read[]> {
  const open = [...places].flatMap(([stream, { rest }]) => (rest === undefined ? [] : [{ stream, rest }]));
  if (open.length === 0 || run.stopped !== undefined || run.overdue()) return [];
  try {
    const { answers } = await run.deps.salesforce.query(open.map(({ rest }) => rest));
    return open.flatMap(({ stream }, at) => {
      const answer = answers[at]!;
      return answer.failure === undefined ? [{ stream, answer }] : [];
    });
  } catch (error) {
    const failure = failureOf(error);
    if (!stopsRun(failure)) throw error;
    run.stop(failure);
    return [];
  }
}

interface Read {
  readonly stream: Stream;
  readonly answer: QueryAnswer;
}

function stampsOf(
  { source }: Stream,
  { rows }: QueryAnswer,
): readonly { readonly id: string; readonly stamp: Instant }[] {
  return rows.flatMap(row => {
    if (source === 'ContentVersion') {
      const file = versionFromRow(row);
      return file === undefined ? [] : [{ id: file.version, stamp: file.stamp }];
    }
    return commentFromRow(source, row) ?? [];
  });
}

// ── comments ────────────────────────────────────────────────────────────────────────────────────

interface Left {
  /** Stamp keys of what was not begun. */
  readonly unhandled: ReadonlySet<string>;
  /** Records that are marked to be looked at again. */
  readonly again: ReadonlySet<string>;
}

async function workComments(run: Run, read: readonly Read[]): Promise<Left> {
  const fresh: SalesforceComment[] = [];
  const wanting = new Map<string, Item>();
  for (const { stream, answer } of read) {
    const { source } = stream;
    if (source === 'ContentVersion') continue;
    for (const item of stream.items) wanting.set(item.plan.id, item);
    if (answer.failure !== undefined && !isWithoutFeed(source, answer.failure)) {
      for (const { plan } of stream.items) await parkItem(run, plan.id, 'comments', unreadable(answer.failure));
    }
    const comments = answer.rows.flatMap(row => commentFromRow(source, row) ?? []);
    fresh.push(...freshRows(comments, stream.watermark));
  }
  const byRecord = Map.groupBy(fresh, ({ record }) => record);
  const linked = await linksOf(run, [...wanting.values()], [...byRecord.keys()]);
  const talks = linked.map(
    ({ item, link }): Talk => ({ item, link, look: 'changed', changed: byRecord.get(link.value.record) ?? [] }),
  );
  const unhandled = new Set<string>();
  const again = new Set<string>();
  for (const [key, fate] of await syncComments(run, talks)) {
    const record = key.slice(key.indexOf(':') + 1);
    if (fate === 'later') again.add(record);
    if (fate !== 'unhandled') continue;
    for (const comment of byRecord.get(record) ?? []) unhandled.add(stampKey(comment));
  }
  return { unhandled, again };
}

/** Active links of these records, of the items whose objects they are of and which still cover them. */
async function linksOf(
  run: Run,
  items: readonly Item[],
  records: readonly string[],
): Promise<readonly { readonly item: Item; readonly link: Versioned<Link> }[]> {
  const keys = items.flatMap(item =>
    records.flatMap(record => {
      const { keyPrefix } = item.plan.salesforce;
      return keyPrefix === null || record.startsWith(keyPrefix) ? [{ item: item.plan.id, record }] : [];
    }),
  );
  if (keys.length === 0) return [];
  const links = await run.deps.store.links(keys);
  const active = [...links.values()].flatMap(link => {
    const item = items.find(({ plan }) => plan.id === link.value.item);
    return item === undefined || link.value.state.kind !== 'active' ? [] : [{ item, link }];
  });
  return covered(run, active);
}

/** Whether an item still covers a record only the record can tell. */
async function covered<T extends { readonly item: Item; readonly link: Versioned<Link> }>(
  run: Run,
  all: readonly T[],
): Promise<readonly T[]> {
  const asked = [
    ...Map.groupBy(
      all.filter(({ item }) => item.plan.where !== undefined),
      ({ item }) => item,
    ),
  ];
  if (asked.length === 0) return all;
  const queries = asked.map(([item, own]) =>
    recordsQuery(
      [item.plan],
      own.map(({ link }) => link.value.record),
    ),
  );
  const { answers } = await run.deps.salesforce.query(queries.map(({ soql }) => ({ soql, all: true })));
  const outside = new Set<Versioned<Link>>();
  asked.forEach(([item, own], at) => {
    const found = (answers[at]?.rows ?? []).flatMap(row => recordFromRow(queries[at]!.object, row) ?? []);
    const inside = new Set(found.filter(record => !record.deleted && item.where(record.fields)).map(({ id }) => id));
    for (const { link } of own) if (!inside.has(link.value.record)) outside.add(link);
  });
  for (const link of outside) await pauseLink(run, link.value, link.revision, outsideWhere);
  return all.filter(({ link }) => !outside.has(link));
}

// ── files ───────────────────────────────────────────────────────────────────────────────────────

const documentsPerQuery = 200;

/** Which issues they concern is found here; the queue moves them. Answers the stamp keys of what is not done with. */
async function workFiles(run: Run, read: readonly Read[]): Promise<ReadonlySet<string>> {
  const found = read.find(({ stream }) => stream.source === 'ContentVersion');
  if (found === undefined) return new Set();
  const { stream, answer } = found;
  if (answer.failure !== undefined) {
    for (const { plan } of stream.items) await parkItem(run, plan.id, 'files', filesUnreadable(answer.failure.message));
    return new Set();
  }
  const versions = answer.rows.flatMap(row => {
    const version = versionFromRow(row);
    return version === undefined ? [] : [{ ...version, id: version.version }];
  });
  const fresh = freshRows(versions, stream.watermark);
  if (fresh.length === 0) return new Set();
  if (run.stopped !== undefined || run.overdue()) return new Set(fresh.map(stampKey));
  const sign = await run.sign();
  // What the bridge put there is known already.
  const foreign = fresh.filter(version => !isOurs(version));
  const records = await recordsWith(run, foreign);
  const linked = await linksOf(run, stream.items, records);
  await queueFiles(
    run,
    linked.map(({ link }) => link),
  );
  return new Set();

  function isOurs({ description, place }: FileVersion): boolean {
    return place !== undefined && readMarkerLine(description, { org: run.org, record: place }, sign) !== undefined;
  }
}

const filesUnreadable = (why: string) => ({
  cause: `files cannot be read: ${why}`,
  remedy: 'Give the integration user access to Salesforce Files.',
});

async function recordsWith(run: Run, versions: readonly FileVersion[]): Promise<readonly string[]> {
  const ids = [...new Set(versions.map(({ document }) => document))];
  if (ids.length === 0) return [];
  const queries = Array.from({ length: Math.ceil(ids.length / documentsPerQuery) }, (_, at) => ({
    soql: linksOfDocuments(ids.slice(at * documentsPerQuery, (at + 1) * documentsPerQuery)),
  }));
  const { answers } = await run.deps.salesforce.query(queries);
  const links = answers.flatMap(({ rows }) => rows.flatMap(row => documentLinkFromRow(row) ?? []));
  return [...new Set(links.map(({ record }) => record))];
}
