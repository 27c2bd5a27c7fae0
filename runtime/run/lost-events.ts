/**
 * Events that never came: once an hour Jira is asked which issues changed since, and those that are linked and show
 * a change are marked, as their events would have done.
 */
import { advance, freshRows, overlapMs, readFrom, showsChange } from '../engine/index.ts';
import type { Instant, JiraIssue, Watermark } from '../ports.ts';
import { isSynchronized } from './named.ts';
import { failureOf, type Run } from './run.ts';
import { fieldsOf } from './work.ts';

const minute = 60_000;
const hour = 60 * minute;
export const watermarkOfEvents = 'changed issues';
/** A point each: within a twentieth of Jira's 65,000 an hour. */
export const mostChanged = 3_000;
/** JQL counts in minutes, so a look begins up to two of them early. */
const leastStep = 5 * minute;

/** True once an hour, when it looked. */
export async function findLostEvents(run: Run, stored: Watermark | undefined): Promise<boolean> {
  const { store, clock, log } = run.deps;
  const items = [...run.items.values()].filter(isSynchronized);
  const now = clock.now();
  if (stored === undefined) {
    await store.saveWatermark(watermarkOfEvents, { until: now, handled: [] });
    return false;
  }
  const projects = [...new Set(items.flatMap(({ plan }) => plan.jira.projects.map(({ id }) => id)))].sort();
  if (now - (stored.lookedAt ?? stored.until) < hour || projects.length === 0) return false;

  const minutes = Math.ceil((now - readFrom(stored)) / minute) + 1;
  const { issues, cutAt } = await changedIn(run, projects, minutes, fieldsOf(items), mostChanged);
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
  const unreadFrom = cutAt === undefined ? undefined : nextAfter(stored, cutAt, now);
  await store.saveWatermark(watermarkOfEvents, { ...advance(stored, rows, new Set(), now, unreadFrom), lookedAt: now });
  return true;
}

/**
 * Where the next look begins when this one had to stop at `last`. What search knows by now it need not be asked again,
 * so that each look gets further; of more issues in one minute than a look may cost, the daily look at everything sees
 * the rest.
 */
function nextAfter(stored: Watermark, last: Instant, now: Instant): Instant {
  const settled = now - last >= overlapMs ? last + overlapMs : last;
  return Math.max(settled, stored.until + leastStep);
}

interface Changed {
  readonly issues: readonly JiraIssue[];
  /** When the last of them was changed, where there are more. */
  readonly cutAt: Instant | undefined;
}

/** A project that is gone or hidden makes Jira refuse all of them; then each is asked for alone. */
async function changedIn(
  run: Run,
  projects: readonly string[],
  minutes: number,
  fields: readonly string[],
  most: number,
): Promise<Changed> {
  try {
    const jql = `project in (${projects.join(', ')}) AND updated >= "-${minutes}m" ORDER BY updated ASC`;
    const issues = await run.deps.jira.search(jql, fields, most);
    return { issues, cutAt: issues.length < most ? undefined : issues.at(-1)?.updated };
  } catch (error) {
    const { kind, code } = failureOf(error);
    if (kind !== 'refused' && kind !== 'forbidden' && kind !== 'gone') throw error;
    if (projects.length < 2) {
      run.deps.log.warn('changed issues cannot be searched', { run: run.id, project: projects[0] ?? '', code });
      return { issues: [], cutAt: undefined };
    }
    const each: Changed[] = [];
    const share = Math.max(1, Math.floor(most / projects.length));
    for (const project of projects) each.push(await changedIn(run, [project], minutes, fields, share));
    const cuts = each.flatMap(({ cutAt }) => cutAt ?? []);
    return { issues: each.flatMap(({ issues }) => issues), cutAt: cuts.length === 0 ? undefined : Math.min(...cuts) };
  }
}
