/**
 * What a look at links does beside their fields and status: the note on the record, comments, and files, which
 * go through the queue, since moving them takes time.
 */
import { settingsOf } from '../engine/index.ts';
import { type Link, linkKey, type Versioned } from '../ports.ts';
import { type Held, syncComments, type Talk } from './comments.ts';
import { isNoteOpen, writeLinkNotes } from './notes.ts';
import type { Run } from './run.ts';
import type { Fate, Work } from './work.ts';

/**
 * After the fields of these links were looked at; answers the fates of those that are not done, by link key.
 * `look` says how closely a link is looked at; nothing leaves it alone.
 */
export async function syncBeside(
  run: Run,
  works: readonly Work[],
  look: (work: Work) => Talk['look'] | undefined,
  held?: Held,
): Promise<ReadonlyMap<string, Fate>> {
  const concerned = works.filter(work => {
    const { item, record, link } = work;
    if (item.plan.mode === 'display-only' || record.deleted || !item.where(record.fields)) return false;
    return isNoteOpen(link.value) || look(work) !== undefined;
  });
  if (concerned.length === 0) return new Map();
  // Their fields were written meanwhile.
  const links = await run.deps.store.links(concerned.map(({ link }) => link.value));
  const active = concerned.flatMap(work => {
    const link = links.get(linkKey(work.link.value));
    return link === undefined || link.value.state.kind !== 'active' ? [] : [{ work, link }];
  });
  const waiting = await writeLinkNotes(
    run,
    active.map(({ link }) => link),
  );
  const looked = active.flatMap(({ work, link }): Talk[] => {
    const how = look(work);
    return how === undefined ? [] : [{ item: work.item, link, look: how, changed: [] }];
  });
  // Before the comments note that these settings were looked at.
  const withFiles = await wantFiles(run, looked);
  const fates = new Map(
    await syncComments(
      run,
      looked.filter(({ item }) => item.plan.comments.on),
      held,
    ),
  );
  await queueFiles(run, withFiles);
  if (waiting.length > 0) await run.deps.store.addDirty(waiting.map(({ issueId }) => issueId));
  for (const link of waiting) if (fates.get(linkKey(link)) !== 'unhandled') fates.set(linkKey(link), 'later');
  return fates;
}

async function wantFiles(run: Run, talks: readonly Talk[]): Promise<readonly Versioned<Link>[]> {
  const asked = talks.filter(({ item, look }) => item.plan.attachments && look !== 'issue');
  const unsure = asked.filter(({ look }) => look === 'settings');
  const known = await run.deps.store.pairs(unsure.map(({ link }) => link.value));
  return asked.flatMap(({ item, link, look }) => {
    const looked = known.get(linkKey(link.value))?.value.looked;
    return look === 'settings' && looked === settingsOf(item.plan) ? [] : [link];
  });
}

export async function queueFiles(run: Run, links: readonly Versioned<Link>[]): Promise<void> {
  const issues = [...new Set(links.map(({ value }) => value.issueId))];
  if (issues.length === 0) return;
  await run.deps.queue.push(
    issues.map(issueId => ({ job: { v: 1, kind: 'files', issueId }, lane: `issue-${issueId}` }) as const),
  );
}
