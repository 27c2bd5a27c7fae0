/**
 * Product events in the form in which Forge hands them to an app: a subset of the issue's fields, the
 * actor, the changelog's items. When they arrive, and how often, is the host's business.
 */
import type { Jira } from './context.ts';
import type { Attachment, Comment, History, Issue, User } from './model.ts';
import type { ProductEvent } from './product-event.ts';
import { issueTypeShape, projectShape, statusShape } from './things.ts';
import { jiraTime } from './times.ts';

function event(jira: Jira, caller: User, eventType: string, rest: Readonly<Record<string, unknown>>): ProductEvent {
  const at = jira.now();
  const selfGenerated = caller.accountId === jira.world.site.app.accountId;
  return {
    eventType,
    at,
    actor: caller.accountId,
    selfGenerated,
    payload: { eventType, selfGenerated, timestamp: String(at), atlassianId: caller.accountId, ...rest },
  };
}

const account = (accountId: unknown): unknown => (typeof accountId === 'string' ? { accountId } : null);

function issueSubset(jira: Jira, issue: Issue): Record<string, unknown> {
  const { world } = jira;
  return {
    id: issue.id,
    key: issue.key,
    fields: {
      summary: issue.values.summary,
      issuetype: issueTypeShape(world, world.issueType(issue.typeId)),
      creator: { accountId: issue.creator },
      created: jiraTime(issue.created),
      project: projectShape(world, world.projectOf(issue)),
      reporter: account(issue.values.reporter),
      assignee: account(issue.values.assignee),
      updated: jiraTime(issue.updated),
      status: statusShape(world, world.status(issue.statusId)),
    },
  };
}

function associatedUsers(issue: Issue): unknown {
  const ids = new Set([issue.creator, issue.values.reporter, issue.values.assignee]);
  return { associatedUsers: [...ids].filter(id => typeof id === 'string').map(accountId => ({ accountId })) };
}

export const issueCreated = (jira: Jira, caller: User, issue: Issue): ProductEvent =>
  event(jira, caller, 'avi:jira:created:issue', {
    issue: issueSubset(jira, issue),
    associatedUsers: associatedUsers(issue),
  });

export const issueDeleted = (jira: Jira, caller: User, issue: Issue): ProductEvent =>
  event(jira, caller, 'avi:jira:deleted:issue', {
    issue: issueSubset(jira, issue),
    associatedUsers: associatedUsers(issue),
  });

export function issueUpdated(jira: Jira, caller: User, issue: Issue, history: History): readonly ProductEvent[] {
  const shared = { issue: issueSubset(jira, issue), associatedUsers: associatedUsers(issue) };
  const changelog = { id: history.id, items: history.items };
  const status = history.items.find(item => item.fieldId === 'status');
  const updated = event(jira, caller, 'avi:jira:updated:issue', {
    ...shared,
    changelog,
    jiraEventTypeName: status ? 'issue_generic' : 'issue_updated',
    ...(status
      ? {
          associatedStatuses: [status.from, status.to].map(id => ({
            id,
            name: jira.world.status(String(id)).name,
          })),
        }
      : {}),
  });
  const assigned = history.items.some(item => item.fieldId === 'assignee');
  return assigned ? [updated, event(jira, caller, 'avi:jira:assigned:issue', { ...shared, changelog })] : [updated];
}

const commentSubset = (comment: Comment): Record<string, unknown> => ({
  id: comment.id,
  author: { accountId: comment.author },
  updateAuthor: { accountId: comment.updateAuthor },
  body: comment.body,
  created: jiraTime(comment.created),
  updated: jiraTime(comment.updated),
  ...(comment.visibility ? { visibility: comment.visibility } : {}),
  jsdPublic: isPublic(comment),
});

/** Service projects keep who may read a comment in this property. */
export function isPublic(comment: Pick<Comment, 'properties'>): boolean {
  const flag = comment.properties['sd.public.comment'];
  return !(typeof flag === 'object' && flag !== null && 'internal' in flag && flag.internal === true);
}

/** Sent when a comment is made and when it is edited: there is no other event for the latter. */
export const commented = (jira: Jira, caller: User, issue: Issue, comment: Comment): ProductEvent =>
  event(jira, caller, 'avi:jira:commented:issue', {
    issue: issueSubset(jira, issue),
    comment: commentSubset(comment),
    associatedUsers: associatedUsers(issue),
  });

export const commentDeleted = (jira: Jira, caller: User, issue: Issue, comment: Comment): ProductEvent =>
  event(jira, caller, 'avi:jira:deleted:comment', { issue: issueSubset(jira, issue), comment: commentSubset(comment) });

/** Spelt unlike REST: `fileName`, `createDate` without a zone, no issue beside it. */
export const attachmentEvent = (
  jira: Jira,
  caller: User,
  kind: 'created' | 'deleted',
  issue: Issue,
  attachment: Attachment,
): ProductEvent =>
  event(jira, caller, `avi:jira:${kind}:attachment`, {
    attachment: {
      id: attachment.id,
      issueId: issue.id,
      projectId: issue.projectId,
      fileName: attachment.filename,
      mimeType: attachment.mimeType,
      size: String(attachment.bytes.byteLength),
      createDate: new Date(attachment.created).toISOString().slice(0, 19).replace('T', ' '),
      author: { accountId: attachment.author },
    },
  });
