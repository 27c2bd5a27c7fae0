/** People and what they may do: the caller, look-ups of users, permissions. */
import { callerOf, count, numberParameter, type RouteSet, withoutParameters } from '../app.ts';
import { asText, bodyOf, findIssue, findProject, isRecord, isText, type Jira, listOf } from '../context.ts';
import { refusal, texts } from '../errors.ts';
import { listParameter } from '../issue-shape.ts';
import type { Project, User } from '../model.ts';
import { type PermissionDefinition, permissions } from '../permissions.ts';
import { groupShape, userShape } from '../things.ts';

export const peopleRoutes: RouteSet = (routes, jira) => {
  const { world, access } = jira;

  routes.get('/rest/api/3/myself', call => {
    const caller = callerOf(call);
    const expand = listParameter(call.req.queries('expand'));
    const groups = world.site.groups.filter(group => caller.groups.includes(group.name));
    return call.json({
      ...userShape(world, caller, caller),
      locale: 'en_GB',
      groups: {
        size: groups.length,
        items: expand.includes('groups') ? groups.map(group => groupShape(world, group)) : [],
      },
      applicationRoles: { size: 1, items: [] },
      expand: 'groups,applicationRoles',
    });
  });

  routes.get('/rest/api/3/user', call => {
    const user = world.user(call.req.query('accountId') ?? '');
    if (!call.req.query('accountId')) throw refusal(400, 'The accountId query parameter needs to be provided.');
    if (!user) throw refusal(404, 'Specified user does not exist or you do not have required permissions');
    return call.json({ ...userShape(world, user, callerOf(call)), expand: 'groups,applicationRoles' });
  });

  routes.get('/rest/api/3/user/bulk', call => {
    const ids = call.req.queries('accountId') ?? [];
    if (ids.length === 0) throw refusal(400, 'The accountId query parameter needs to be provided.');
    const found = ids.flatMap(id => world.user(id) ?? []);
    return call.json({
      startAt: 0,
      maxResults: 200,
      total: found.length,
      isLast: true,
      self: call.req.url,
      values: found.map(user => userShape(world, user, callerOf(call))),
    });
  });

  routes.get('/rest/api/3/user/search', call => {
    withoutParameters(call, 'property', 'username');
    const query = call.req.query('query');
    const accountId = call.req.query('accountId');
    if (query === undefined && accountId === undefined) {
      throw refusal(400, 'The query parameter must be provided.');
    }
    const caller = callerOf(call);
    const mayBrowse = access.has(caller, 'USER_PICKER') || caller.accountType === 'app';
    const found = mayBrowse
      ? world.users().filter(user => (accountId === undefined ? fits(user, query ?? '') : user.accountId === accountId))
      : [];
    return call.json(slice(call, found).map(user => userShape(world, user, caller)));
  });

  routes.get('/rest/api/3/user/assignable/search', call => {
    withoutParameters(call, 'actionDescriptorId', 'username', 'accountType', 'appType');
    const caller = callerOf(call);
    const projectName = call.req.query('project');
    const issueName = call.req.query('issueKey') ?? call.req.query('issueId');
    if (!projectName && !issueName) throw refusal(400, 'One of project or issueKey must be provided.');
    const project = issueName
      ? world.projectOf(findIssue(jira, caller, issueName))
      : findProject(jira, caller, projectName!);
    const accountId = call.req.query('accountId');
    const found = world
      .users()
      .filter(
        user =>
          user.accountType === 'atlassian' &&
          user.active &&
          access.has(user, 'ASSIGNABLE_USER', project) &&
          (accountId === undefined || user.accountId === accountId) &&
          fits(user, call.req.query('query') ?? ''),
      );
    return call.json(slice(call, found).map(user => userShape(world, user, caller)));
  });

  for (const path of ['/rest/api/3/users/search', '/rest/api/3/users']) {
    routes.get(path, call => {
      const caller = callerOf(call);
      if (!access.has(caller, 'USER_PICKER') && caller.accountType !== 'app') {
        throw refusal(403, 'You do not have permission to browse users.');
      }
      return call.json(slice(call, world.users()).map(user => userShape(world, user, caller)));
    });
  }

  routes.get('/rest/api/3/permissions', call =>
    call.json({
      permissions: Object.fromEntries(
        permissions.map(item => [item.key, { key: item.key, name: item.name, type: item.type, description: '' }]),
      ),
    }),
  );

  routes.get('/rest/api/3/mypermissions', call => {
    withoutParameters(call, 'commentId', 'projectUuid', 'projectConfigurationUuid');
    const caller = callerOf(call);
    const asked = listParameter(call.req.queries('permissions'));
    if (asked.length === 0) throw refusal(400, 'The permissions query parameter is required.');
    const definitions = asked.map(key => {
      const definition = access.definition(key);
      if (!definition) throw refusal(400, `Unrecognized permission: ${key}`);
      return definition;
    });
    const project = contextProject(jira, caller, (name: string) => call.req.query(name));
    return call.json({
      permissions: Object.fromEntries(
        definitions.map(item => [item.key, mine(item, access.has(caller, item.key, project))]),
      ),
    });
  });

  routes.post('/rest/api/3/permissions/check', async call => {
    const caller = callerOf(call);
    const body = await bodyOf(call.req.raw, ['accountId', 'globalPermissions', 'projectPermissions']);
    if (!['string', 'undefined'].includes(typeof body.accountId)) throw refusal(400, texts.badPayload);
    const accountId = typeof body.accountId === 'string' ? body.accountId : caller.accountId;
    if (accountId !== caller.accountId && !access.has(caller, 'ADMINISTER')) {
      throw refusal(403, 'You do not have permission to check the permissions of other users.');
    }
    const user = world.user(accountId);
    const keysOf = (value: unknown, type: PermissionDefinition['type']): readonly string[] => {
      const keys = listOf(value, isText);
      const unknown = keys.filter(key => access.definition(key)?.type !== type);
      if (unknown.length > 0) throw refusal(400, `Unrecognized permissions: [${unknown.join(', ')}]`);
      return keys;
    };
    const globals = keysOf(body.globalPermissions, 'GLOBAL').filter(key => user && access.has(user, key));
    const projectPermissions = listOf(body.projectPermissions, isRecord).flatMap(entry => {
      const keys = keysOf(entry.permissions, 'PROJECT');
      if (keys.length === 0 || Object.keys(entry).some(key => !['issues', 'permissions', 'projects'].includes(key)))
        throw refusal(400, texts.badPayload);
      const projects = listOf(entry.projects, isWhole).flatMap(id => world.project(String(id)) ?? []);
      const issues = listOf(entry.issues, isWhole).flatMap(id => jira.state.issue(String(id)) ?? []);
      return keys.map(permission => ({
        permission,
        projects: projects
          .filter(project => user && access.has(user, permission, project))
          .map(project => Number(project.id)),
        issues: issues
          .filter(issue => user && access.has(user, permission, world.projectOf(issue)))
          .map(issue => Number(issue.id)),
      }));
    });
    return call.json({ globalPermissions: globals, projectPermissions });
  });

  routes.post('/rest/api/3/permissions/project', async call => {
    const asked = strings((await bodyOf(call.req.raw)).permissions);
    const unknown = asked.find(key => access.definition(key)?.type !== 'PROJECT');
    if (unknown !== undefined || asked.length === 0)
      throw refusal(400, unknown ? `Unrecognized permission: ${unknown}` : texts.badPayload);
    const found = world.site.projects.filter(item => asked.every(key => access.has(callerOf(call), key, item)));
    return call.json({ projects: found.map(item => ({ id: Number(item.id), key: item.key })) });
  });
};

const isWhole = (value: unknown): value is number => Number.isInteger(value);
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(asText) : []);

const slice = (call: Parameters<typeof callerOf>[0], users: readonly User[]): readonly User[] => {
  const startAt = numberParameter(call, 'startAt', 0);
  const page = users.slice(startAt, startAt + Math.min(numberParameter(call, 'maxResults', 50), 1000));
  count(call, 'identities', page.length);
  return page;
};

/** By the beginning of a name or an address; an address that is hidden is not matched either. */
function fits(user: User, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return true;
  const names = user.displayName.toLowerCase().split(/\s+/);
  return (
    user.displayName.toLowerCase().startsWith(wanted) ||
    names.some(name => name.startsWith(wanted)) ||
    (user.emailVisible && (user.email ?? '').toLowerCase().startsWith(wanted))
  );
}

function contextProject(jira: Jira, caller: User, query: (name: string) => string | undefined): Project | undefined {
  const issue = query('issueKey') ?? query('issueId');
  if (issue !== undefined) return jira.world.projectOf(findIssue(jira, caller, issue));
  const project = query('projectKey') ?? query('projectId');
  return project === undefined ? undefined : findProject(jira, caller, project);
}

const mine = (definition: PermissionDefinition, havePermission: boolean): Record<string, unknown> => ({
  id: definition.id,
  key: definition.key,
  name: definition.name,
  type: definition.type,
  description: '',
  havePermission,
});
