/** How a comment comes to be, whichever request brings it: alone, with an edit, with a move, with a new issue. */
import { isDocument, plainText, richTextLimit } from './adf.ts';
import { asText, isRecord, type Jira, saveIssue } from './context.ts';
import { fieldRefusal, refusal, texts } from './errors.ts';
import { commented } from './events.ts';
import type { Comment, Issue, User } from './model.ts';
import { readProperties } from './properties.ts';

export const noComment = (id: string) => refusal(404, `Can not find a comment for the id: ${id}.`);

export function readBody(jira: Jira, body: unknown): unknown {
  if (body === undefined || body === null) throw fieldRefusal({ comment: 'Comment body can not be empty!' });
  if (!isDocument(body)) throw fieldRefusal({ comment: texts.notAdf });
  if (!jira.adf.valid(body)) throw refusal(400, 'INVALID_INPUT');
  if (body.content.length === 0) throw fieldRefusal({ comment: 'Comment body can not be empty!' });
  if (plainText(body).length > richTextLimit) throw fieldRefusal({ comment: texts.tooLong });
  return body;
}

export function addComment(jira: Jira, caller: User, issue: Issue, input: Record<string, unknown>): Comment {
  const project = jira.world.projectOf(issue);
  jira.access.require(caller, 'ADD_COMMENTS', project, 'You do not have permission to comment on this issue.', 403);
  requireRoom(jira.state.comments(issue.id).length, 5000, 'comments');
  const now = jira.now();
  const visibility = isRecord(input.visibility) ? input.visibility : undefined;
  if (visibility?.type === 'group') {
    const name = asText(visibility.identifier ?? visibility.value ?? '');
    if (!jira.world.group(name)) throw fieldRefusal({ commentLevel: `Group: ${name} does not exist.` });
  }
  const parent = input.parentId === undefined ? undefined : jira.state.comment(asText(input.parentId));
  if (input.parentId !== undefined && parent?.issueId !== issue.id) throw noComment(asText(input.parentId));
  const comment: Comment = {
    body: readBody(jira, input.body),
    id: String(jira.state.next('comment', 10_001)),
    issueId: issue.id,
    author: caller.accountId,
    updateAuthor: caller.accountId,
    created: now,
    updated: now,
    ...(visibility ? { visibility } : {}),
    ...(parent ? { parentId: parent.id } : {}),
    properties: readProperties(input.properties),
  };
  jira.state.putComment(comment);
  touch(jira, issue, now);
  jira.emit(commented(jira, caller, jira.state.issue(issue.id)!, comment));
  return comment;
}

/** One issue holds only so much. */
export function requireRoom(held: number, most: number, what: string): void {
  if (held >= most) throw refusal(413, `The issue has reached the limit of ${most.toLocaleString('en-US')} ${what}.`);
}

/** Comments and files count as an update of the issue. */
export function touch(jira: Jira, issue: Issue, at: number): void {
  saveIssue(jira, { ...jira.state.issue(issue.id)!, updated: at });
}
