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
const anyId = either(issueId, (value, path) => issueId(String(number(value, path)), path));
const issueEvent = object({
  eventType: text(100),
  selfGenerated: optional((value: unknown) => value === true),
  issue: object({ id: anyId, key: text(300) }),
});
/** It names its issue by id only. */
const attachmentEvent = object({ eventType: text(100), attachment: object({ issueId: anyId }) });

interface Happened {
  readonly eventType: string;
  readonly selfGenerated?: boolean;
  readonly issueId: string;
  readonly issueKey: string;
}

function eventShape(event: unknown): Happened {
  if (isAttachmentEvent(event)) {
    const { eventType, attachment } = attachmentEvent(event, '');
    return { eventType, issueId: attachment.issueId, issueKey: '' };
  }
  const { issue, ...rest } = issueEvent(event, '');
  return { ...rest, issueId: issue.id, issueKey: issue.key };
}

const attachmentType = 'avi:jira:created:attachment';
const isAttachmentEvent = (event: unknown): boolean =>
  (event as { readonly eventType?: unknown } | null)?.eventType === attachmentType;

export async function onIssueEvent(event: unknown): Promise<unknown> {
  const deps = createDeps();
  if (!licensed()) return undefined;
  let about: Happened;
  try {
    about = eventShape(event);
  } catch (problem) {
    if (!(problem instanceof ShapeError)) throw problem;
    deps.log.warn('an event without an issue was dropped', { where: problem.path });
    return undefined;
  }
  try {
    const job = await jobFor(deps, about);
    if (job !== undefined) await deps.queue.push([{ job, lane: `issue-${about.issueId}` }]);
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
async function jobFor({ store }: AppDeps, event: Happened): Promise<Job | undefined> {
  const { issueId, issueKey } = event;
  if (event.eventType === 'avi:jira:created:issue')
    return event.selfGenerated === true ? { v: 1, kind: 'created', issueId, issueKey } : undefined;
  if ((await store.linksOfIssue(issueId)).length === 0) return undefined;
  if (event.eventType === attachmentType) return { v: 1, kind: 'files', issueId };
  return event.eventType === 'avi:jira:deleted:issue'
    ? { v: 1, kind: 'deleted', issueId }
    : { v: 1, kind: 'issue', issueId, cause: 'event' };
}
