/** What the site offers: projects, issue types, fields, create metadata, statuses, priorities, workflows. */
import { callerOf, count, numberParameter, pageOf, type RouteSet, withoutParameters } from '../app.ts';
import { findProject, type Jira } from '../context.ts';
import { refusal } from '../errors.ts';
import { schemaOf, typeOf } from '../field-types.ts';
import { fieldMeta, listParameter } from '../issue-shape.ts';
import type { FieldDefinition, Project, ScreenField, User } from '../model.ts';
import {
  accountShape,
  componentShape,
  issueTypeShape,
  priorityShape,
  projectShape,
  resolutionShape,
  statusCategories,
  statusCategoryShape,
  statusShape,
  versionShape,
} from '../things.ts';

export const metadataRoutes: RouteSet = (routes, jira) => {
  const { world } = jira;
  const visible = (caller: User): readonly Project[] =>
    world.site.projects.filter(item => jira.access.sees(caller, item));

  routes.get('/rest/api/3/project/search', call => {
    withoutParameters(call, 'orderBy', 'categoryId', 'status', 'properties', 'propertyQuery');
    const keys = listParameter(call.req.queries('keys'));
    const ids = listParameter(call.req.queries('id'));
    const query = (call.req.query('query') ?? '').toLowerCase();
    const kinds = listParameter(call.req.queries('typeKey'));
    const action = call.req.query('action') ?? 'view';
    const needed = {
      view: 'BROWSE_PROJECTS',
      browse: 'BROWSE_PROJECTS',
      create: 'CREATE_ISSUES',
      edit: 'ADMINISTER_PROJECTS',
    }[action];
    if (needed === undefined) throw refusal(400, `The action '${action}' is not valid.`);
    const found = visible(callerOf(call)).filter(
      item =>
        jira.access.has(callerOf(call), needed, item) &&
        (keys.length === 0 || keys.includes(item.key)) &&
        (ids.length === 0 || ids.includes(item.id)) &&
        (kinds.length === 0 || kinds.includes(item.kind)) &&
        `${item.key} ${item.name}`.toLowerCase().includes(query),
    );
    count(call, 'objects', found.length);
    const expand = listParameter(call.req.queries('expand'));
    const shape = (item: Project) => ({
      expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
      ...projectShape(world, item),
      style: 'classic',
      isPrivate: false,
      properties: {},
      ...(expand.includes('issueTypes') ? { issueTypes: typesOf(jira, item) } : {}),
      ...(expand.includes('lead') ? { lead: accountShape(world, item.lead, callerOf(call)) } : {}),
    });
    return call.json(
      pageOf(
        call,
        [...found].sort((a, b) => (a.key < b.key ? -1 : 1)),
        shape,
      ),
    );
  });

  routes.get('/rest/api/3/project/:project', call => {
    const project = findProject(jira, callerOf(call), call.req.param('project'));
    return call.json({
      expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
      ...projectShape(world, project),
      description: '',
      lead: accountShape(world, project.lead, callerOf(call)),
      components: world.site.components
        .filter(item => item.projectId === project.id)
        .map(item => componentShape(world, item)),
      issueTypes: typesOf(jira, project),
      assigneeType: 'UNASSIGNED',
      versions: world.site.versions
        .filter(item => item.projectId === project.id)
        .map(item => versionShape(world, item)),
      roles: {},
      style: 'classic',
      isPrivate: false,
      properties: {},
    });
  });

  routes.get('/rest/api/3/project/:project/statuses', call => {
    const project = findProject(jira, callerOf(call), call.req.param('project'));
    return call.json(
      project.types.map(({ typeId }) => {
        const type = world.issueType(typeId);
        return {
          self: world.url(`/rest/api/3/issuetype/${typeId}`),
          id: typeId,
          name: type.name,
          subtask: type.subtask,
          statuses: world
            .workflowOf({ projectId: project.id, typeId })
            .statuses.map(id => statusShape(world, world.status(id))),
        };
      }),
    );
  });

  const createProject = (caller: User, idOrKey: string): Project => {
    const project = world.project(idOrKey);
    if (!project || !jira.access.has(caller, 'CREATE_ISSUES', project) || !jira.access.sees(caller, project)) {
      throw refusal(404, `No project could be found with key or id '${idOrKey}', or you cannot create issues in it.`);
    }
    return project;
  };

  routes.get('/rest/api/3/issue/createmeta/:project/issuetypes', call => {
    const project = createProject(callerOf(call), call.req.param('project'));
    const { startAt, maxResults } = metaPage(call);
    return call.json({
      startAt,
      maxResults,
      total: project.types.length,
      issueTypes: typesOf(jira, project).slice(startAt, startAt + maxResults),
    });
  });

  routes.get('/rest/api/3/issue/createmeta/:project/issuetypes/:type', call => {
    const caller = callerOf(call);
    const project = createProject(caller, call.req.param('project'));
    const type = world.projectType(project, call.req.param('type'));
    if (!type) throw refusal(400, `The issue type with id '${call.req.param('type')}' is not valid for the project.`);
    const { startAt, maxResults } = metaPage(call);
    const screen = type.screen.filter(
      item => item.field !== 'assignee' || jira.access.has(caller, 'ASSIGN_ISSUES', project),
    );
    const fields = [
      ...fixedFields(jira, project, type.typeId),
      ...screen.map(item => createField(jira, project, item)),
    ];
    return call.json({
      startAt,
      maxResults,
      total: fields.length,
      fields: fields.slice(startAt, startAt + maxResults),
    });
  });

  routes.get('/rest/api/3/field', call => call.json(world.site.fields.map(fieldDetails)));
  routes.get('/rest/api/3/field/search', call => {
    withoutParameters(call, 'orderBy', 'expand', 'projectIds');
    const kinds = listParameter(call.req.queries('type'));
    const ids = listParameter(call.req.queries('id'));
    const query = (call.req.query('query') ?? '').toLowerCase();
    const found = world.site.fields.filter(
      field =>
        (kinds.length === 0 || kinds.includes(field.custom ? 'custom' : 'system')) &&
        (ids.length === 0 || ids.includes(field.id)) &&
        field.name.toLowerCase().includes(query),
    );
    return call.json(
      pageOf(call, found, field => ({ id: field.id, name: field.name, schema: schemaOf(field), description: '' })),
    );
  });

  routes.get('/rest/api/3/issuetype', call => {
    const offered = new Set(visible(callerOf(call)).flatMap(item => item.types.map(type => type.typeId)));
    return call.json(
      world.site.issueTypes.filter(type => offered.has(type.id)).map(type => issueTypeShape(world, type)),
    );
  });
  routes.get('/rest/api/3/issuetype/:id', call => {
    const type = world.site.issueTypes.find(item => item.id === call.req.param('id'));
    if (!type) throw refusal(404, 'The issue type was not found.');
    return call.json(issueTypeShape(world, type));
  });
  routes.get('/rest/api/3/status', call => call.json(world.site.statuses.map(status => statusShape(world, status))));
  routes.get('/rest/api/3/status/:idOrName', call => {
    const wanted = call.req.param('idOrName');
    const status = world.site.statuses.find(
      item => item.id === wanted || item.name.toLowerCase() === wanted.toLowerCase(),
    );
    if (!status) throw refusal(404, 'The status was not found.');
    return call.json(statusShape(world, status));
  });
  routes.get('/rest/api/3/statuscategory', call =>
    call.json(statusCategories.map(category => statusCategoryShape(world, category.key))),
  );
  routes.get('/rest/api/3/priority', call =>
    call.json(world.site.priorities.map(item => priorityDetails(jira, item.id))),
  );
  routes.get('/rest/api/3/priority/search', call =>
    call.json(
      pageOf(call, world.site.priorities, item => ({
        ...priorityDetails(jira, item.id),
        isDefault: item.id === world.site.defaultPriority,
      })),
    ),
  );
  routes.get('/rest/api/3/resolution', call =>
    call.json(world.site.resolutions.map(item => resolutionShape(world, item))),
  );
};

const metaPage = (call: Parameters<typeof callerOf>[0]) => {
  const maxResults = numberParameter(call, 'maxResults', 50);
  if (maxResults > 200) throw refusal(400, "Parameter 'maxResults' must not exceed the limit '200'");
  return { startAt: numberParameter(call, 'startAt', 0), maxResults };
};

const typesOf = (jira: Jira, project: Project): unknown[] =>
  project.types.map(({ typeId }) => issueTypeShape(jira.world, jira.world.issueType(typeId)));

function createField(jira: Jira, project: Project, item: ScreenField): Record<string, unknown> {
  return { ...fieldMeta(jira, { projectId: project.id }, item, true), fieldId: item.field };
}

/** Issue type and project stand on every create screen. */
function fixedFields(jira: Jira, project: Project, typeId: string): Record<string, unknown>[] {
  const fixed = (id: string, allowed: unknown) => {
    const field = jira.world.field(id)!;
    return {
      required: true,
      schema: schemaOf(field),
      name: field.name,
      key: id,
      fieldId: id,
      hasDefaultValue: false,
      operations: id === 'project' ? ['set'] : [],
      allowedValues: [allowed],
    };
  };
  return [
    fixed('issuetype', issueTypeShape(jira.world, jira.world.issueType(typeId))),
    fixed('project', projectShape(jira.world, project)),
  ];
}

const clauseNames: Readonly<Record<string, readonly string[]>> = {
  issuetype: ['issuetype', 'type'],
  components: ['component'],
  fixVersions: ['fixVersion'],
  duedate: ['due', 'duedate'],
  created: ['created', 'createdDate'],
  updated: ['updated', 'updatedDate'],
  resolutiondate: ['resolutiondate', 'resolved'],
  statuscategorychangedate: ['statusCategoryChangedDate'],
  attachment: ['attachments'],
  issuelinks: ['issueLink'],
  subtasks: ['subtasks'],
};

function fieldDetails(field: FieldDefinition): Record<string, unknown> {
  const number = field.id.replace('customfield_', '');
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    ...(field.custom ? { untranslatedName: field.name } : {}),
    custom: field.custom,
    orderable: field.custom || typeOf(field).verbs.length > 0,
    navigable: field.id !== 'comment',
    searchable: true,
    clauseNames: field.custom ? [`cf[${number}]`, field.name] : (clauseNames[field.id] ?? [field.id]),
    schema: schemaOf(field),
  };
}

function priorityDetails(jira: Jira, id: string): Record<string, unknown> {
  const priority = jira.world.priority(id)!;
  return { ...priorityShape(jira.world, priority), statusColor: priority.color, description: priority.description };
}
