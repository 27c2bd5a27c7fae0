/** Comments: rich text, who may read them, and the property by which a service project keeps them internal. */

import { callerOf, numberParameter, type RouteSet } from '../app.ts';
import { addComment, noComment, readBody, touch } from '../commenting.ts';
import { asText, bodyOf, findIssue, isRecord, type Jira } from '../context.ts';
import { refusal, texts } from '../errors.ts';
import { commentDeleted, commented } from '../events.ts';
import { commentPage, commentShape, visibleComments } from '../hanging.ts';
import { listParameter } from '../issue-shape.ts';
import type { Comment, Issue, User } from '../model.ts';
import { checkProperty, readProperties } from '../properties.ts';

export const commentRoutes: RouteSet = (routes, jira) => {
  routes.get('/rest/api/3/issue/:issue/comment', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    const orderBy = call.req.query('orderBy') ?? 'created';
    if (!/^[+ -]?created$/.test(orderBy)) throw refusal(400, `Invalid order by field: ${orderBy}.`);
    return call.json(
      commentPage(jira, issue, callerOf(call), {
        startAt: numberParameter(call, 'startAt', 0),
        maxResults: Math.min(numberParameter(call, 'maxResults', 100), 5000),
        expand: listParameter(call.req.queries('expand')),
        newestFirst: orderBy.startsWith('-'),
      }),
    );
  });

  routes.post('/rest/api/3/issue/:issue/comment', async call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    const comment = addComment(jira, callerOf(call), issue, await bodyOf(call.req.raw));
    return call.json(commentShape(jira, comment, callerOf(call), listParameter(call.req.queries('expand'))), 201);
  });

  routes.get('/rest/api/3/issue/:issue/comment/:id', call => {
    const { comment } = findComment(jira, callerOf(call), call.req.param('issue'), call.req.param('id'));
    return call.json(commentShape(jira, comment, callerOf(call), listParameter(call.req.queries('expand'))));
  });

  routes.put('/rest/api/3/issue/:issue/comment/:id', async call => {
    const caller = callerOf(call);
    const { issue, comment } = findComment(jira, caller, call.req.param('issue'), call.req.param('id'));
    requireOwnOrAll(jira, caller, issue, comment, 'EDIT');
    const body = await bodyOf(call.req.raw);
    const now = jira.now();
    const changed: Comment = {
      ...comment,
      body: readBody(jira, body.body),
      updateAuthor: caller.accountId,
      updated: Math.max(now, comment.created + 1),
      ...(isRecord(body.visibility) ? { visibility: body.visibility } : {}),
      // Left out, they stay: an edit by someone who does not know of the flag must not publish a comment.
      properties: body.properties === undefined ? comment.properties : readProperties(body.properties),
    };
    jira.state.putComment(changed);
    touch(jira, issue, now);
    jira.emit(commented(jira, caller, issue, changed));
    return call.json(commentShape(jira, changed, caller, listParameter(call.req.queries('expand'))));
  });

  routes.delete('/rest/api/3/issue/:issue/comment/:id', call => {
    const caller = callerOf(call);
    const { issue, comment } = findComment(jira, caller, call.req.param('issue'), call.req.param('id'));
    requireOwnOrAll(jira, caller, issue, comment, 'DELETE');
    jira.state.removeComment(comment.id);
    touch(jira, issue, jira.now());
    jira.emit(commentDeleted(jira, caller, issue, comment));
    return call.body(null, 204);
  });

  routes.post('/rest/api/3/comment/list', async call => {
    const caller = callerOf(call);
    const { ids } = await bodyOf(call.req.raw);
    if (!Array.isArray(ids) || ids.length > 1000) throw refusal(400, texts.badPayload);
    const found = ids.flatMap(id => {
      const comment = jira.state.comment(asText(id));
      const issue = comment && jira.state.issue(comment.issueId);
      if (!comment || !issue || !jira.access.sees(caller, jira.world.projectOf(issue))) return [];
      return visibleComments(jira, issue, caller).includes(comment) ? [comment] : [];
    });
    const expand = listParameter(call.req.queries('expand'));
    return call.json({
      startAt: 0,
      maxResults: 1000,
      total: found.length,
      isLast: true,
      values: found.map(comment => commentShape(jira, comment, caller, expand)),
    });
  });

  routes.get('/rest/api/3/comment/:id/properties', call => {
    const comment = anyComment(jira, callerOf(call), call.req.param('id'));
    return call.json({
      keys: Object.keys(comment.properties).map(key => ({ key, self: propertyUrl(jira, comment, key) })),
    });
  });
  routes.get('/rest/api/3/comment/:id/properties/:key', call => {
    const comment = anyComment(jira, callerOf(call), call.req.param('id'));
    const key = call.req.param('key');
    if (!Object.hasOwn(comment.properties, key)) throw refusal(404, `The property with key ${key} does not exist.`);
    return call.json({ key, value: comment.properties[key] });
  });
  routes.put('/rest/api/3/comment/:id/properties/:key', async call => {
    const caller = callerOf(call);
    const comment = anyComment(jira, caller, call.req.param('id'));
    requireOwnOrAll(jira, caller, jira.state.issue(comment.issueId)!, comment, 'EDIT');
    const key = call.req.param('key');
    const value: unknown = await call.req.json().catch(() => {
      throw refusal(400, texts.badJson);
    });
    checkProperty(key, value);
    const known = Object.hasOwn(comment.properties, key);
    jira.state.putComment({ ...comment, properties: { ...comment.properties, [key]: value } });
    return call.body(null, known ? 200 : 201);
  });
  routes.delete('/rest/api/3/comment/:id/properties/:key', call => {
    const caller = callerOf(call);
    const comment = anyComment(jira, caller, call.req.param('id'));
    requireOwnOrAll(jira, caller, jira.state.issue(comment.issueId)!, comment, 'EDIT');
    const { [call.req.param('key')]: gone, ...properties } = comment.properties;
    if (gone === undefined) throw refusal(404, `The property with key ${call.req.param('key')} does not exist.`);
    jira.state.putComment({ ...comment, properties });
    return call.body(null, 204);
  });
};

function findComment(jira: Jira, caller: User, issueIdOrKey: string, id: string) {
  const issue = findIssue(jira, caller, issueIdOrKey);
  const comment = visibleComments(jira, issue, caller).find(item => item.id === id);
  if (!comment) throw noComment(id);
  return { issue, comment };
}

function anyComment(jira: Jira, caller: User, id: string): Comment {
  const comment = jira.state.comment(id);
  if (!comment) throw noComment(id);
  return findComment(jira, caller, comment.issueId, id).comment;
}

const propertyUrl = (jira: Jira, comment: Comment, key: string): string =>
  jira.world.url(`/rest/api/3/comment/${comment.id}/properties/${encodeURIComponent(key)}`);

function requireOwnOrAll(jira: Jira, caller: User, issue: Issue, comment: Comment, what: 'EDIT' | 'DELETE'): void {
  const project = jira.world.projectOf(issue);
  const own = comment.author === caller.accountId && jira.access.has(caller, `${what}_OWN_COMMENTS`, project);
  if (!own && !jira.access.has(caller, `${what}_ALL_COMMENTS`, project)) {
    throw refusal(400, `You do not have the permission to ${what.toLowerCase()} this comment.`);
  }
}
