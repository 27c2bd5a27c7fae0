/**
 * Events that never came: once an hour Jira is asked which issues changed since, and those that are linked and show
 * a change are marked, as their events would have done.
 */
import { advance, freshRows, readFrom, showsChange } from '../engine/index.ts';
import type { JiraIssue } from '../ports.ts';
import { isSynchronized } from './named.ts';
import { failureOf, type Run } from './run.ts';
import { fieldsOf } from './work.ts';

const minute = 60_000;
const hour = 60 * minute;
const name = 'changed issues';

/** True once an hour, when it looked. */
export async function findLostEvents(run: Run): Promise<boolean> {
  const { store, clock, log } = run.deps;
  const items = [...run.items.values()].filter(isSynchronized);
  const stored = await store.watermark(name);
  const now = clock.now();
  if (stored === undefined) {
    await store.saveWatermark(name, { until: now, handled: [] });
    return false;
  }
  const projects = [...new Set(items.flatMap(({ plan }) => plan.jira.projects.map(({ id }) => id)))].sort();
  if (now - stored.until < hour || projects.length === 0) return false;

  const minutes = Math.ceil((now - readFrom(stored)) / minute) + 1;
  const issues = await changedIn(run, projects, minutes, fieldsOf(items));
  const rows = issues.map(issue => ({ id: issue.id, stamp: issue.updated, issue }));
  const fresh = freshRows(rows, stored);
  const linked = await store.linksOfIssues(fresh.map(({ id }) => id));
  const changed = fresh.filter(({ id, issue }) =>
    (linked.get(id) ?? []).some(({ value }) => {
      const item = run.items.get(value.item);
      return item !== undefined && showsChange(item, value, issue);
    }),
  );
  if (changed.length > 0) await store.addDirty(changed.map(({ id }) => id));
  log.info('looked for lost events', { run: run.id, changed: fresh.length, marked: changed.length });
  await store.saveWatermark(name, advance(stored, rows, new Set(), now));
  return true;
}

/** A project that is gone or hidden makes Jira refuse all of them; then each is asked for alone. */
async function changedIn(
  run: Run,
  projects: readonly string[],
  minutes: number,
  fields: readonly string[],
): Promise<readonly JiraIssue[]> {
  try {
    const jql = `project in (${projects.join(', ')}) AND updated >= "-${minutes}m" ORDER BY updated ASC`;
    return await run.deps.jira.search(jql, fields);
  } catch (error) {
    const { kind, code } = failureOf(error);
    if (kind !== 'refused' && kind !== 'forbidden' && kind !== 'gone') throw error;
    if (projects.length < 2) {
      run.deps.log.warn('changed issues cannot be searched', { run: run.id, project: projects[0] ?? '', code });
      return [];
    }
    const each: JiraIssue[] = [];
    for (const project of projects) each.push(...(await changedIn(run, [project], minutes, fields)));
    return each;
  }
}
