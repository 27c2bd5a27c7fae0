/** What an ordinary client looks up beside issues: parts of a project, single values, labels, groups and who is in them. */
import { callerOf, pageOf, type RouteSet } from '../app.ts';
import { findProject, type Jira } from '../context.ts';
import { refusal } from '../errors.ts';
import type { Component, Group, User, Version } from '../model.ts';
import { componentShape, groupShape, priorityShape, resolutionShape, userShape, versionShape } from '../things.ts';

export const lookupRoutes: RouteSet = (routes, jira) => {
  const { site } = jira.world;

  routes.get('/rest/api/3/project/:project/components', call => {
    const { id } = findProject(jira, callerOf(call), call.req.param('project'));
    return call.json(site.components.filter(item => item.projectId === id).map(item => componentOf(jira, item)));
  });
  routes.get('/rest/api/3/project/:project/versions', call => {
    const { id } = findProject(jira, callerOf(call), call.req.param('project'));
    return call.json(site.versions.filter(item => item.projectId === id).map(item => versionOf(jira, item)));
  });
  routes.get('/rest/api/3/project/:project/version', call => {
    const { id } = findProject(jira, callerOf(call), call.req.param('project'));
    const query = (call.req.query('query') ?? '').toLowerCase();
    const found = site.versions.filter(item => item.projectId === id && item.name.toLowerCase().includes(query));
    return call.json(pageOf(call, found, item => versionOf(jira, item)));
  });

  const one = <T extends { readonly id: string }>(
    path: string,
    things: readonly T[],
    shape: (thing: T) => Record<string, unknown>,
    visible: (thing: T, caller: User) => boolean = () => true,
  ): void => {
    routes.get(`/rest/api/3/${path}/:id{[0-9]+}`, call => {
      const thing = things.find(item => item.id === call.req.param('id'));
      if (!thing || !visible(thing, callerOf(call))) throw refusal(404, `The ${path} with that id does not exist.`);
      return call.json(shape(thing));
    });
  };
  const inProject = ({ projectId }: { readonly projectId: string }, caller: User): boolean =>
    jira.access.sees(caller, jira.world.projectOf({ projectId }));
  one('component', site.components, item => componentOf(jira, item), inProject);
  one('version', site.versions, item => versionOf(jira, item), inProject);
  one('resolution', site.resolutions, item => resolutionShape(jira.world, item));
  one('priority', site.priorities, item => ({
    ...priorityShape(jira.world, item),
    statusColor: item.color,
    description: item.description,
  }));

  routes.get('/rest/api/3/label', call => {
    const caller = callerOf(call);
    const labels = new Set<string>();
    for (const issue of jira.state.issues())
      if (jira.access.sees(caller, jira.world.projectOf(issue)))
        for (const label of (issue.values.labels ?? []) as readonly string[]) labels.add(label);
    return call.json(pageOf(call, [...labels].sort(), label => label, 1000, 1000));
  });

  routes.get('/rest/api/3/user/groups', call => {
    const user = jira.world.user(call.req.query('accountId') ?? '');
    if (!user) throw refusal(404, 'Specified user does not exist or you do not have required permissions');
    return call.json(groupsOf(jira, user).map(group => groupShape(jira.world, group)));
  });
  routes.get('/rest/api/3/group/member', call => {
    requirePicker(jira, callerOf(call));
    const name = call.req.query('groupId') ?? call.req.query('groupname');
    const group = jira.world.group(name ?? '');
    if (!group) throw refusal(404, `The group named '${name ?? ''}' does not exist`);
    const members = jira.world.users().filter(user => user.groups.includes(group.name));
    return call.json(pageOf(call, members, user => userShape(jira.world, user, callerOf(call))));
  });
  routes.get('/rest/api/3/group/bulk', call => {
    requirePicker(jira, callerOf(call));
    const ids = call.req.queries('groupId') ?? [];
    const names = call.req.queries('groupName') ?? [];
    const found = site.groups.filter(
      group => (ids.length === 0 && names.length === 0) || ids.includes(group.groupId) || names.includes(group.name),
    );
    return call.json(pageOf(call, found, ({ groupId, name }) => ({ groupId, name })));
  });

  routes.get('/rest/api/3/configuration', call =>
    call.json({
      attachmentsEnabled: true,
      issueLinkingEnabled: false,
      subTasksEnabled: false,
      timeTrackingEnabled: false,
      unassignedIssuesAllowed: true,
      votingEnabled: false,
      watchingEnabled: false,
    }),
  );
};

const componentOf = (jira: Jira, component: Component) => ({
  ...componentShape(jira.world, component),
  assigneeType: 'PROJECT_DEFAULT',
  realAssigneeType: 'PROJECT_DEFAULT',
  isAssigneeTypeValid: false,
  project: jira.world.projectOf(component).key,
  projectId: Number(component.projectId),
});

const versionOf = (jira: Jira, version: Version) => ({
  ...versionShape(jira.world, version),
  projectId: Number(version.projectId),
});

const groupsOf = (jira: Jira, user: User): readonly Group[] =>
  jira.world.site.groups.filter(group => user.groups.includes(group.name));

function requirePicker(jira: Jira, caller: User): void {
  if (!jira.access.has(caller, 'USER_PICKER') && caller.accountType !== 'app')
    throw refusal(403, 'You do not have permission to browse users and groups.');
}
