/**
 * P-4: what a link or a refresh leaves to the queue, since moving files takes time: which are on their way now, and whether the
 * queue is still at it. What became of each is in the journal.
 */
import { linkKey } from '../../ports.ts';
import type { AppQueue } from '../../queue/index.ts';
import type { AppDeps } from '../deps.ts';

export interface FileProgress {
  /** The queue has not finished its look at the files. */
  readonly working: boolean;
  readonly left: readonly { readonly name: string; readonly bytes: number; readonly to: 'jira' | 'salesforce' }[];
}

/** Deps whose queue notes the ids of the pushes that carry files. */
export function watchingFiles(deps: AppDeps): { readonly deps: AppDeps; readonly jobs: string[] } {
  const jobs: string[] = [];
  const queue: AppQueue = {
    ...deps.queue,
    async push(some) {
      const ids = await deps.queue.pushed(some);
      if (some.some(({ job }) => job.kind === 'files')) jobs.push(...ids);
    },
  };
  return { deps: { ...deps, queue }, jobs };
}

export async function fileProgress(
  { store, queue }: AppDeps,
  { itemId, job }: { readonly itemId: string; readonly job: string },
  issueId: string,
): Promise<FileProgress> {
  const [working, links] = await Promise.all([queue.isAtWork(job), store.linksOfIssue(issueId)]);
  const link = links.find(({ value }) => value.item === itemId)?.value;
  const pairs = link === undefined ? undefined : (await store.pairs([link])).get(linkKey(link))?.value;
  const left = (pairs?.files ?? [])
    .filter(({ at }) => at !== undefined)
    .map(({ name, size, from }) => ({
      name,
      bytes: size,
      to: from === 'jira' ? ('salesforce' as const) : ('jira' as const),
    }));
  return { working, left };
}
