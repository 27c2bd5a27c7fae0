/**
 * Something happened to an issue. The event is a hint: it may be late, doubled, out of order or partial,
 * so only the issue's id is taken from it, and the issue is looked at by a job of its own.
 */
import { InvocationError, InvocationErrorCode } from '@forge/events';
import type { Job } from '../ports.ts';
import { either, matching, number, object, optional, ShapeError, text } from '../shape.ts';
import { type AppDeps, createDeps, licensed } from './deps.ts';
import { problemOf } from './reply.ts';

const issueId = matching(/^\d{1,20}$/, 'the id of an issue');
const eventShape = object({
  eventType: text(100),
  selfGenerated: optional((value: unknown) => value === true),
  issue: object({
    id: either(issueId, (value, path) => issueId(String(number(value, path)), path)),
    key: text(300),
  }),
});

export async function onIssueEvent(event: unknown): Promise<unknown> {
  const deps = createDeps();
  if (!licensed()) return undefined;
  let about: ReturnType<typeof eventShape>;
  try {
    about = eventShape(event, '');
  } catch (problem) {
    if (!(problem instanceof ShapeError)) throw problem;
    deps.log.warn('an event without an issue was dropped', { where: problem.path });
    return undefined;
  }
  try {
    const job = await jobFor(deps, about);
    if (job !== undefined) await deps.queue.push([{ job, lane: `issue-${about.issue.id}` }]);
    return undefined;
  } catch (problem) {
    deps.log.warn('an event was not queued', { code: problemOf(problem).code });
    return new InvocationError({
      retryAfter: 30,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      retryData: {},
    });
  }
}

/** Nothing for issues that the bridge has nothing to do with, which are most. */
async function jobFor({ store }: AppDeps, event: ReturnType<typeof eventShape>): Promise<Job | undefined> {
  const { id: issueId, key: issueKey } = event.issue;
  if (event.eventType === 'avi:jira:created:issue')
    return event.selfGenerated === true ? { v: 1, kind: 'created', issueId, issueKey } : undefined;
  if ((await store.linksOfIssue(issueId)).length === 0) return undefined;
  return event.eventType === 'avi:jira:deleted:issue'
    ? { v: 1, kind: 'deleted', issueId }
    : { v: 1, kind: 'issue', issueId, cause: 'event' };
}
