/**
 * The queue's consumer: one job, done by the run that knows how. A job that fails is never thrown back,
 * since Forge would repeat it for a day; what it was about is noted for the next cycle instead.
 */
import { InvocationError, InvocationErrorCode } from '@forge/events';
import type { Job } from '../ports.ts';
import { jobShape } from '../queue/index.ts';
import { runCreated, runCycle, runDeleted, runFiles, runIssue, runRecord } from '../run/index.ts';
import { ShapeError } from '../shape.ts';
import { type AppDeps, createDeps, forRuns, licensed } from './deps.ts';
import { preflightWhenDue } from './preflight.ts';
import { reportPeopleWhenDue } from './privacy.ts';
import { problemOf } from './reply.ts';

export async function onSync(event: unknown): Promise<unknown> {
  const deps = forRuns(createDeps());
  const job = jobOf(event);
  if (job === undefined || !licensed()) {
    deps.log.warn(job === undefined ? 'a job of an unknown kind was dropped' : 'not licensed: no sync');
    return undefined;
  }
  try {
    await work(deps, job);
    return undefined;
  } catch (problem) {
    deps.log.warn('a job failed', { kind: job.kind, code: problemOf(problem).code });
    return noteForLater(deps, job);
  }
}

async function work(deps: AppDeps, job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'cycle':
      await runCycle(deps);
      await preflightWhenDue(deps);
      return reportPeopleWhenDue(deps);
    case 'issue':
      return runIssue(deps, job.issueId);
    case 'created':
      return runCreated(deps, { id: job.issueId, key: job.issueKey });
    case 'deleted':
      return runDeleted(deps, job.issueId);
    case 'files':
      return runFiles(deps, job.issueId);
    case 'record':
      return runRecord(deps, { item: job.item, record: job.record });
  }
}

async function noteForLater(deps: AppDeps, job: Job): Promise<unknown> {
  // No cycle asks for an issue that is gone.
  if (job.kind === 'deleted') return again();
  if (job.kind !== 'issue' && job.kind !== 'files') return undefined;
  try {
    await deps.store.addDirty([job.issueId]);
    return undefined;
  } catch {
    return again();
  }
}

const again = () =>
  new InvocationError({ retryAfter: 60, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });

function jobOf(event: unknown): Job | undefined {
  try {
    return jobShape((event as { readonly body?: unknown } | null)?.body, 'body');
  } catch (problem) {
    if (problem instanceof ShapeError) return undefined;
    throw problem;
  }
}
