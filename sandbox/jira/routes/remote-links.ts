/** Links to things elsewhere; a global id makes the write repeatable. */
import { callerOf, type RouteSet } from '../app.ts';
import { requireRoom } from '../commenting.ts';
import { bodyOf, findIssue, isRecord, type Jira } from '../context.ts';
import { fieldRefusal, refusal } from '../errors.ts';
import { remoteLinkShape } from '../hanging.ts';
import type { Issue, RemoteLink, User } from '../model.ts';

export const remoteLinkRoutes: RouteSet = (routes, jira) => {
  const path = '/rest/api/3/issue/:issue/remotelink';

  routes.get(path, call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    const links = jira.state.remoteLinks(issue.id);
    const globalId = call.req.query('globalId');
    if (globalId === undefined) return call.json(links.map(link => remoteLinkShape(jira, link)));
    const link = links.find(item => item.globalId === globalId);
    if (!link) throw refusal(404, `The remote link with the given global id does not exist: ${globalId}.`);
    return call.json(remoteLinkShape(jira, link));
  });

  routes.post(path, async call => {
    const issue = linkable(jira, callerOf(call), call.req.param('issue'));
    const input = readLink(await bodyOf(call.req.raw));
    const known = input.globalId && jira.state.remoteLinks(issue.id).find(item => item.globalId === input.globalId);
    if (!known) requireRoom(jira.state.remoteLinks(issue.id).length, 2000, 'remote links');
    const id = known ? known.id : String(jira.state.next('remote link', 10_001));
    const link = { ...input, id, issueId: issue.id };
    jira.state.putRemoteLink(link);
    return call.json({ id: Number(id), self: remoteLinkShape(jira, link).self }, known ? 200 : 201);
  });

  routes.get(`${path}/:id`, call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    return call.json(remoteLinkShape(jira, findLink(jira, issue, call.req.param('id'))));
  });

  routes.put(`${path}/:id`, async call => {
    const issue = linkable(jira, callerOf(call), call.req.param('issue'));
    const { id } = findLink(jira, issue, call.req.param('id'));
    jira.state.putRemoteLink({ ...readLink(await bodyOf(call.req.raw)), id, issueId: issue.id });
    return call.body(null, 204);
  });

  routes.delete(`${path}/:id`, call => {
    requireContentType(call.req.header('Content-Type'));
    const issue = linkable(jira, callerOf(call), call.req.param('issue'));
    jira.state.removeRemoteLink(issue.id, findLink(jira, issue, call.req.param('id')).id);
    return call.body(null, 204);
  });

  routes.delete(path, call => {
    requireContentType(call.req.header('Content-Type'));
    const issue = linkable(jira, callerOf(call), call.req.param('issue'));
    const globalId = call.req.query('globalId');
    if (!globalId) throw refusal(400, 'The globalId query parameter must be provided.');
    const link = jira.state.remoteLinks(issue.id).find(item => item.globalId === globalId);
    if (!link) throw refusal(404, `The remote link with the given global id does not exist: ${globalId}.`);
    jira.state.removeRemoteLink(issue.id, link.id);
    return call.body(null, 204);
  });
};

/** A live site answers a bare DELETE here as unsupported. */
function requireContentType(header: string | undefined): void {
  if (header === undefined) throw refusal(415, 'Unsupported Media Type');
}

function linkable(jira: Jira, caller: User, idOrKey: string): Issue {
  const issue = findIssue(jira, caller, idOrKey);
  jira.access.require(
    caller,
    'LINK_ISSUES',
    jira.world.projectOf(issue),
    'You do not have permission to link issues in this project.',
  );
  return issue;
}

function findLink(jira: Jira, issue: Issue, id: string): RemoteLink {
  const link = jira.state.remoteLinks(issue.id).find(item => item.id === id);
  if (!link) throw refusal(404, `The remote link with id ${id} does not exist.`);
  return link;
}

function readLink(body: Record<string, unknown>): Omit<RemoteLink, 'id' | 'issueId'> {
  const { object } = body;
  const errors: Record<string, string> = {};
  if (!isRecord(object) || typeof object.url !== 'string' || object.url === '') errors.url = "'url' is required.";
  if (!isRecord(object) || typeof object.title !== 'string' || object.title === '')
    errors.title = "'title' is required.";
  if (!isRecord(object) || Object.keys(errors).length > 0) throw fieldRefusal(errors);
  if (typeof body.globalId === 'string' && body.globalId.length > 255) {
    throw fieldRefusal({ globalId: 'The globalId is too long; it may have 255 characters.' });
  }
  return {
    ...(typeof body.globalId === 'string' ? { globalId: body.globalId } : {}),
    ...(isRecord(body.application) ? { application: body.application } : {}),
    ...(typeof body.relationship === 'string' ? { relationship: body.relationship } : {}),
    object: { ...object, icon: object.icon ?? {}, status: object.status ?? { icon: {} } },
  };
}
