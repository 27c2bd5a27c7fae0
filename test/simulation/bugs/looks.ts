/** Planted bugs of what is looked at, and of trouble that is tried again. */
import { type Bug, bug } from './bug.ts';

export const looks: readonly Bug[] = [
  bug(
    'no overlap of the watermark',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'export const overlapMs = 10 * 60_000',
    'export const overlapMs = 0',
    'a transaction that was open when the bridge looked is seen later',
  ),
  bug(
    'the watermark passes what failed',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'if (unhandled.has(stampKey(row)) && row.stamp < until) until = row.stamp;',
    '',
    'what was left undone for half an hour is done',
  ),
  bug(
    'a row of an unsettled second counts as handled',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'export const unsettledMs = 2_000',
    'export const unsettledMs = -60_000',
    'a second edit in the second of the first is seen',
  ),
  bug(
    'marks of events are not read',
    'P2 P3 P5',
    'run/cycle.ts',
    'const marked = looked ? await store.dirty(mostMarks) : ahead.marked;',
    'const marked: readonly string[] = [];',
    'an edit in Jira of what Salesforce owns is put back',
  ),
  bug(
    'lost events are never looked for',
    'P2 P3',
    'run/lost-events.ts',
    'if (changed.length > 0) await store.addDirty',
    'if (changed.length < 0) await store.addDirty',
    'an event that was lost is found within the hour',
  ),
  bug(
    'trouble is swallowed',
    'P2 P3 P5 P6 P7',
    'run/trouble.ts',
    'const isNews = before?.cause !== cause;',
    'const isNews = before?.cause !== cause; if (cause) return isNews;',
    'a right that was taken away and given back delays what was refused, and loses nothing',
  ),
  bug(
    'trouble that is over stays',
    'P7',
    'run/trouble.ts',
    'drop(run, [nameOf(key, part)]);',
    'drop(run, []);',
    'what was refused for a while is tried again',
  ),
  bug(
    'what waits too long is dropped',
    'P2 P3 P5 P6',
    'run/trouble.ts',
    'const retryDelays = [1, 5, 15, 30, 60, 120, 240, 480]',
    'const retryDelays = [100000]',
    'a comment that Jira fails on for ever is told, and tried with growing delays',
  ),
  bug(
    'a link remembers its trouble before anybody is told',
    'P2 P3 P7',
    'run/remember.ts',
    `if (!stops) await tellTrouble(run, key, issue.key, result);
  const kept = !differs(after, link, one.revision !== work.link.revision) || (await store.putLink(after, one.revision));`,
    `const kept = !differs(after, link, one.revision !== work.link.revision) || (await store.putLink(after, one.revision));
  if (!stops) await tellTrouble(run, key, issue.key, result);`,
    'a conflict that is held is told, whichever write of the run that met it is lost',
  ),
];
