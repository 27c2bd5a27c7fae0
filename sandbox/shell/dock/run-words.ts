/** Counts of a run as a sentence. */
import type { RunCounts, RunSummary } from '../../../editor/bridge/contract.ts';

const words: readonly (readonly [keyof RunCounts, string])[] = [
  ['seen', 'looked at'],
  ['created', 'created'],
  ['updated', 'updated in Jira'],
  ['pushed', 'sent to Salesforce'],
  ['moved', 'moved'],
  ['blocked', 'blocked'],
  ['skipped', 'left alone'],
  ['failed', 'failed'],
];

const causes: Readonly<Record<string, string>> = {
  schedule: 'last cycle',
  event: 'last event',
  refresh: 'last refresh',
  retry: 'last retry',
};

/** `last cycle: 3 looked at, 3 created, 1 moved`. */
export function runSentence(run: RunSummary): string {
  const what = causes[run.cause] ?? `last run (${run.cause})`;
  if (run.failure !== undefined) return `${what} failed: ${run.failure}`;
  const total = (key: keyof RunCounts) => Object.values(run.items).reduce((sum, counts) => sum + (counts[key] ?? 0), 0);
  const counts = words.map(([key, word]) => [total(key), word] as const).filter(([count]) => count > 0);
  return `${what}: ${counts.length === 0 ? 'nothing had changed' : counts.map(([count, word]) => `${count} ${word}`).join(', ')}`;
}
