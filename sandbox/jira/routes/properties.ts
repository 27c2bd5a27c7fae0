/** Entity properties of issues: any JSON under a key, replaced and never merged, without trace in the history. */
import { callerOf, type RouteSet } from '../app.ts';
import { findIssue, type Jira, saveIssue } from '../context.ts';
import { refusal, texts } from '../errors.ts';
import type { Issue, User } from '../model.ts';
import { checkProperty } from '../properties.ts';

export const propertyRoutes: RouteSet = (routes, jira) => {
  routes.get('/rest/api/3/issue/:issue/properties', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    return call.json({
      keys: Object.keys(issue.properties).map(key => ({
        key,
        self: jira.world.url(`/rest/api/3/issue/${issue.id}/properties/${encodeURIComponent(key)}`),
      })),
    });
  });

  routes.get('/rest/api/3/issue/:issue/properties/:key', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    const key = call.req.param('key');
    if (!Object.hasOwn(issue.properties, key)) throw noProperty(key);
    return call.json({ key, value: issue.properties[key] });
  });

  routes.put('/rest/api/3/issue/:issue/properties/:key', async call => {
    const issue = editable(jira, callerOf(call), call.req.param('issue'));
    const key = call.req.param('key');
    const value: unknown = await call.req.json().catch(() => {
      throw refusal(400, texts.badJson);
    });
    checkProperty(key, value);
    const known = Object.hasOwn(issue.properties, key);
    saveIssue(jira, { ...issue, properties: { ...issue.properties, [key]: value } });
    return call.json({}, known ? 200 : 201);
  });

  routes.delete('/rest/api/3/issue/:issue/properties/:key', call => {
    const issue = editable(jira, callerOf(call), call.req.param('issue'));
    const key = call.req.param('key');
    if (!Object.hasOwn(issue.properties, key)) throw noProperty(key);
    const { [key]: _gone, ...properties } = issue.properties;
    saveIssue(jira, { ...issue, properties });
    return call.body(null, 204);
  });
};

const noProperty = (key: string) => refusal(404, `The property with key ${key} does not exist.`);

function editable(jira: Jira, caller: User, idOrKey: string): Issue {
  const issue = findIssue(jira, caller, idOrKey);
  jira.access.require(
    caller,
    'EDIT_ISSUES',
    jira.world.projectOf(issue),
    'You do not have permission to edit issues in this project.',
  );
  return issue;
}
