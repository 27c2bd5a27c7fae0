/**
 * Files of an issue's links, moved by the queue: both sides are read, what is missing on one is copied from the
 * other, one after the other, and after each it is remembered. A job is a hint: it may come twice or late.
 */
import { createHash } from 'node:crypto';
import type { FilePair, Pairs, SalesforceFile } from '../conversation.ts';
import {
  decideFiles,
  documentLinkFromRow,
  documentOf,
  type FileCopy,
  foundReason,
  type Item,
  isId,
  latestVersions,
  linksOfRecords,
  markerLine,
  quarantineMs,
  recordFromRow,
  recordsQuery,
  settingsOf,
  versionFromRow,
} from '../engine/index.ts';
import { type Failure, type Lease, type Link, linkKey, PortError, type RunReport, type Versioned } from '../ports.ts';
import { about, isEnding, troubleWith } from './comment-writes.ts';
import { takeIssue } from './comments.ts';
import type { Deps } from './deps.ts';
import { notesOwedAt, writeFileNotes } from './file-notes.ts';
import { letGo } from './linked.ts';
import { outsideWhere, pauseLink } from './pause.ts';
import { failureOf, openRun, type Run, sentence, stopsRun } from './run.ts';
import { park, unpark, waitsFor } from './trouble.ts';

/** Nothing when no link wants files, or when somebody else is at this issue and will look again. */
export async function runFiles(deps: Deps, issueId: string): Promise<RunReport | undefined> {
  const linked = await deps.store.linksOfIssue(issueId);
  if (linked.length === 0) return undefined;
  const run = await openRun(deps, 'event');
  if ('unready' in run) {
    await deps.store.addDirty([issueId]);
    return undefined;
  }
  const works = linked.flatMap(link => {
    const item = run.items.get(link.value.item);
    const wants = item?.plan.attachments === true && link.value.state.kind === 'active';
    return item === undefined || !wants ? [] : [{ item, link }];
  });
  if (works.length === 0) return undefined;
  const lease = await takeIssue(run, issueId);
  if (lease === undefined) return undefined;
  try {
    for (const { item, link } of works) {
      try {
        if (await isCovered(run, item, link)) await syncFiles(run, item, link.value, lease);
      } catch (error) {
        await inTrouble(run, link.value, failureOf(error));
      }
    }
  } finally {
    await letGo(run, issueId, lease);
  }
  return run.close();
}

async function isCovered(run: Run, item: Item, { value, revision }: Versioned<Link>): Promise<boolean> {
  if (item.plan.where === undefined) return true;
  const { object, soql } = recordsQuery([item.plan], [value.record]);
  const { answers } = await run.deps.salesforce.query([{ soql, all: true }]);
  const record = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(object, row) ?? [])[0];
  if (record === undefined || record.deleted) return false;
  if (item.where(record.fields)) return true;
  await pauseLink(run, value, revision, outsideWhere);
  return false;
}

/** What can be done later is: by a job of its own, and by growing delays when that fails too. */
async function inTrouble(run: Run, link: Link, failure: Failure): Promise<void> {
  if (stopsRun(failure)) run.stop(failure);
  if (await park(run, link, troubleWith(failure, link), 'files')) noteTrouble(run, link, failure);
}

function noteTrouble(run: Run, link: Link, failure: Failure): void {
  const plan = run.items.get(link.item)?.plan;
  if (plan === undefined) return;
  const origin = plan.attachmentsClause?.origin ?? plan.origin;
  const side = failure.system === 'jira' ? 'jira' : 'salesforce';
  run.note({ ...about(link), side, outcome: 'failed', what: 'Files', reason: sentence(failure), origin });
}

// ── one link ────────────────────────────────────────────────────────────────────────────────────

/** The pairs of a link as they grow; each save counts only on the one before. */
interface Memory {
  readonly pairs: readonly FilePair[];
  /** False when somebody else wrote them meanwhile. */
  save(pairs: readonly FilePair[]): Promise<boolean>;
}

async function syncFiles(run: Run, item: Item, link: Link, lease: Lease): Promise<void> {
  const { jira, clock } = run.deps;
  const memory = await remembered(run, item, link);
  const [salesforce, attachments, sign, self] = await Promise.all([
    readFiles(run, link.record),
    jira.files(link.issueId),
    run.sign(),
    run.self(),
  ]);
  const checksums = new Map<string, string>();
  const decide = () =>
    decideFiles({
      plan: item.plan,
      link,
      org: run.org,
      pairs: memory.pairs,
      salesforce,
      jira: attachments,
      self,
      checksums,
      sign,
      now: clock.now(),
    });
  let decided = decide();
  for (const id of decided.compare) checksums.set(id, md5(await jira.attachmentBytes(id)));
  if (decided.compare.length > 0) decided = decide();

  const origin = item.plan.attachmentsClause?.origin ?? item.plan.origin;
  let pairs = decided.pairs;
  for (const { side, name } of decided.found)
    run.note({ ...about(link), side, outcome: 'created', what: 'File', to: name, reason: foundReason, origin });
  if (decided.found.length > 0) await run.flush();
  if (!(await memory.save(pairs))) return later(run, link, clock.now());
  for (const { side, name, reason } of decided.skips) {
    run.count(link.item, 'skipped');
    run.note({ ...about(link), side, outcome: 'skipped', what: 'File', to: name, reason, origin });
  }

  let left = false;
  let unclear: Failure | undefined;
  let failed: Failure | undefined;
  for (const copy of decided.copies) {
    if (isEnding(run, lease)) {
      left = true;
      pairs = replaced(pairs, copy.pair, undefined);
      continue;
    }
    const done = await moved(run, link, copy);
    if (done.failure?.kind === 'unknown') unclear = done.failure;
    else if (done.failure !== undefined && done.pair === undefined) failed = done.failure;
    if (done.failure !== undefined && stopsRun(done.failure)) run.stop(done.failure);
    pairs = replaced(pairs, copy.pair, done.pair);
    // What could not be told is not remembered as done either: the next run finds it there, and tells.
    tell(run, link, copy, done);
    await run.flush();
    if (!(await memory.save(pairs))) return later(run, link, clock.now());
  }
  if (left) await memory.save(pairs);
  if (!isEnding(run, lease)) {
    const noted = await writeFileNotes(run, item, link, pairs, memory.save);
    pairs = noted.pairs;
    unclear ??= noted.unclear;
  }

  if (failed !== undefined) return inTrouble(run, link, failed);
  // An answer that is lost time and again is asked for with growing delays.
  const isNews = unclear !== undefined && (await park(run, link, troubleWith(unclear, link), 'files'));
  const times = [isNews ? clock.now() + quarantineMs : undefined, decided.waitUntil, notesOwedAt(pairs)];
  const at = left ? clock.now() : times.find(time => time !== undefined);
  if (at === undefined && unclear === undefined) await unpark(run, link, 'files');
  else if (at !== undefined && !(await waitsFor(run, link, 'files', at))) await later(run, link, at);
}

async function remembered(run: Run, item: Item, link: Link): Promise<Memory> {
  const { store } = run.deps;
  const stored = (await store.pairs([link])).get(linkKey(link));
  const usable = stored?.value.issueId === link.issueId ? stored.value : undefined;
  // With comments, only a whole look at those too says that all was looked at.
  const looked = item.plan.comments.on ? (usable?.looked ?? '') : settingsOf(item.plan);
  let kept = stored?.value;
  let revision = stored?.revision ?? 0;
  return {
    pairs: usable?.files ?? [],
    async save(files) {
      const next: Pairs = {
        issueId: link.issueId,
        looked,
        comments: usable?.comments ?? [],
        files,
        forgot: usable?.forgot ?? false,
      };
      if (JSON.stringify(next) === JSON.stringify(kept)) return true;
      if (!(await store.putPairs(link, next, revision))) return false;
      kept = next;
      revision++;
      return true;
    },
  };
}

async function later(run: Run, link: Link, at: number): Promise<void> {
  const { queue, clock, store } = run.deps;
  const delayMs = Math.min(Math.max(0, at - clock.now()) + 1_000, 15 * 60_000);
  const { issueId } = link;
  await store.addDirty([issueId]);
  await queue.push([{ job: { v: 1, kind: 'files', issueId }, delayMs, lane: `issue-${issueId}` }]);
}

const replaced = (pairs: readonly FilePair[], old: FilePair, next: FilePair | undefined): readonly FilePair[] =>
  pairs.flatMap(pair => (pair === old ? (next ?? []) : pair));

/** Latest versions of all files of a record. */
async function readFiles(run: Run, record: string): Promise<readonly SalesforceFile[]> {
  const { salesforce } = run.deps;
  const linked = await salesforce.query([{ soql: linksOfRecords([record]) }]);
  const links = (linked.answers[0]?.rows ?? []).flatMap(row => documentLinkFromRow(row) ?? []);
  if (links.length === 0) return [];
  const read = await salesforce.query([{ soql: latestVersions(links.map(({ document }) => document)) }]);
  return (read.answers[0]?.rows ?? []).flatMap((row): readonly SalesforceFile[] => {
    const version = versionFromRow(row);
    const link = links.find(({ document }) => document === version?.document);
    if (version === undefined || link === undefined) return [];
    return [{ ...version, record, shared: { link: link.id, visibility: link.visibility } }];
  });
}

// ── moving ──────────────────────────────────────────────────────────────────────────────────────

interface Moved {
  /** Absent: not copied, and to be decided anew. */
  readonly pair?: FilePair;
  readonly failure?: Failure;
}

async function moved(run: Run, link: Link, copy: FileCopy): Promise<Moved> {
  try {
    return copy.to === 'jira' ? await toJira(run, link, copy) : await toSalesforce(run, link, copy);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'unknown') return { pair: copy.pair, failure };
    if (failure.kind !== 'refused' || failure.code === incomplete) return { failure };
    // It would be refused again; a person's Refresh may try.
    const { at: _, ...rest } = copy.pair;
    return { pair: { ...rest, skipped: sentence(failure) }, failure };
  }
}

async function toJira(run: Run, link: Link, { file, pair }: FileCopy & { to: 'jira' }): Promise<Moved> {
  const bytes = await run.deps.salesforce.fileBytes(file.version);
  if (file.checksum !== '' && md5(bytes) !== file.checksum) throw cutShort('salesforce');
  const mimeType = mimeTypeOf(file.name);
  const attachment = await run.deps.jira.attach(link.issueId, { name: file.name, mimeType, bytes });
  const { at: _, ...rest } = pair;
  return { pair: { ...rest, attachment } };
}

async function toSalesforce(run: Run, link: Link, { file, pair }: FileCopy & { to: 'salesforce' }): Promise<Moved> {
  const { jira, salesforce } = run.deps;
  const bytes = await jira.attachmentBytes(file.id);
  if (bytes.byteLength !== file.size) throw cutShort('jira');
  const place = { org: run.org, record: link.record };
  const marker = { kind: 'attachment', issueKey: link.issueKey, id: file.id, part: 1, parts: 1 } as const;
  const version = await salesforce.createFile({
    name: file.name,
    mimeType: file.mimeType,
    bytes,
    record: link.record,
    description: markerLine(marker, place, await run.sign()),
  });
  const checksum = md5(bytes);
  const document = await settled(run, link, version);
  if (document === undefined) return { pair: { ...pair, checksum } };
  const { at: _, ...rest } = pair;
  return { pair: { ...rest, checksum, document } };
}

/** Which document it became; and that it is for users of the org only. What fails here is found by the marker. */
async function settled(run: Run, link: Link, version: string): Promise<string | undefined> {
  const { salesforce, log } = run.deps;
  try {
    const { answers } = await salesforce.query([
      { soql: documentOf(version) },
      { soql: linksOfRecords([link.record]) },
    ]);
    const document = answers[0]?.rows[0]?.ContentDocumentId;
    if (!isId(document)) return undefined;
    const links = (answers[1]?.rows ?? []).flatMap(row => documentLinkFromRow(row) ?? []);
    const shared = links.find(one => one.document === document);
    if (shared !== undefined && shared.visibility !== 'InternalUsers') {
      const fields = { Visibility: 'InternalUsers' };
      const [outcome] = await salesforce.change([{ object: 'ContentDocumentLink', id: shared.id, fields }]);
      if (outcome?.ok === false)
        log.warn('a file stays visible to all who see the record', { code: outcome.failure.code });
    }
    return document;
  } catch (error) {
    log.warn('a file was not read back', { code: failureOf(error).code });
    return undefined;
  }
}

const incomplete = 'INCOMPLETE';

/** What arrived is not what was announced: a connection broke, or the file is just being replaced. */
const cutShort = (system: 'jira' | 'salesforce') =>
  new PortError({
    system,
    kind: 'refused',
    code: incomplete,
    message: 'a file did not arrive whole',
    fields: [],
  });

function tell(run: Run, link: Link, { to: side, file, reason, origin }: FileCopy, { failure }: Moved): void {
  const entry = { ...about(link), side, what: 'File', to: file.name, origin };
  if (failure === undefined) {
    run.count(link.item, side === 'jira' ? 'updated' : 'pushed');
    run.note({ ...entry, outcome: 'created', reason });
  } else if (failure.kind === 'refused') {
    run.count(link.item, 'skipped');
    run.note({ ...entry, outcome: 'failed', reason: `${reason}; ${sentence(failure)}` });
  }
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Salesforce keeps no media type; the extension tells the common ones. */
const mimeTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
};
const mimeTypeOf = (name: string): string =>
  mimeTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
