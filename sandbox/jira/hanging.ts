/** What hangs on an issue, as REST shows it: comments, attachments, remote links. */
import { adfHtml } from './adf-html.ts';
import { asText, type Jira } from './context.ts';
import { isPublic } from './events.ts';
import type { Attachment, Comment, Issue, RemoteLink, User } from './model.ts';
import { accountShape } from './things.ts';
import { jiraTime } from './times.ts';

export interface PageAsk {
  readonly startAt?: number;
  readonly maxResults?: number;
  readonly expand?: readonly string[];
  readonly newestFirst?: boolean;
}

export function commentShape(
  jira: Jira,
  comment: Comment,
  viewer: User,
  expand: readonly string[] = [],
): Record<string, unknown> {
  return {
    self: jira.world.url(`/rest/api/3/issue/${comment.issueId}/comment/${comment.id}`),
    id: comment.id,
    author: accountShape(jira.world, comment.author, viewer),
    body: comment.body,
    ...(expand.includes('renderedBody') ? { renderedBody: adfHtml(comment.body) } : {}),
    updateAuthor: accountShape(jira.world, comment.updateAuthor, viewer),
    created: jiraTime(comment.created),
    updated: jiraTime(comment.updated),
    ...(comment.visibility ? { visibility: comment.visibility } : {}),
    ...(comment.parentId ? { parentId: Number(comment.parentId) } : {}),
    jsdPublic: isPublic(comment),
    ...(expand.includes('properties')
      ? { properties: Object.entries(comment.properties).map(([key, value]) => ({ key, value })) }
      : {}),
  };
}

/** Comments that are for a group or role show only to who is in it. */
export function visibleComments(jira: Jira, issue: Issue, viewer: User): readonly Comment[] {
  return jira.state.comments(issue.id).filter(comment => {
    if (comment.visibility === undefined || comment.author === viewer.accountId) return true;
    const { type, value, identifier } = comment.visibility;
    if (type !== 'group') return jira.access.has(viewer, 'ADMINISTER_PROJECTS', jira.world.projectOf(issue));
    const group = jira.world.group(asText(identifier ?? value ?? ''));
    return group !== undefined && viewer.groups.includes(group.name);
  });
}

export function commentPage(jira: Jira, issue: Issue, viewer: User, ask: PageAsk): Record<string, unknown> {
  const all = [...visibleComments(jira, issue, viewer)].sort(
    (a, b) => a.created - b.created || Number(a.id) - Number(b.id),
  );
  if (ask.newestFirst) all.reverse();
  const startAt = ask.startAt ?? 0;
  const maxResults = ask.maxResults ?? Math.max(all.length, 0);
  return {
    comments: all.slice(startAt, startAt + maxResults).map(comment => commentShape(jira, comment, viewer, ask.expand)),
    maxResults,
    total: all.length,
    startAt,
  };
}

export function attachmentShape(jira: Jira, attachment: Attachment, viewer: User): Record<string, unknown> {
  return {
    self: jira.world.url(`/rest/api/3/attachment/${attachment.id}`),
    id: attachment.id,
    filename: attachment.filename,
    author: accountShape(jira.world, attachment.author, viewer),
    created: jiraTime(attachment.created),
    size: attachment.bytes.byteLength,
    mimeType: attachment.mimeType,
    content: jira.world.url(`/rest/api/3/attachment/content/${attachment.id}`),
  };
}

export const remoteLinkShape = (jira: Jira, link: RemoteLink): Record<string, unknown> => ({
  id: Number(link.id),
  self: jira.world.url(`/rest/api/3/issue/${link.issueId}/remotelink/${link.id}`),
  ...(link.globalId === undefined ? {} : { globalId: link.globalId }),
  application: link.application ?? {},
  ...(link.relationship === undefined ? {} : { relationship: link.relationship }),
  object: link.object,
});
