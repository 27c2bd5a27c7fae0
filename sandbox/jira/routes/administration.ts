/** What only administrators read: statuses in their other form, and workflows with every edge. */
import { callerOf, pageOf, type RouteSet, withoutParameters } from '../app.ts';
import { bodyOf, isRecord, isText, listOf } from '../context.ts';
import { refusal, texts } from '../errors.ts';
import type { Status, User, Workflow } from '../model.ts';

export const administrationRoutes: RouteSet = (routes, jira) => {
  const { world } = jira;
  const requireAdmin = (caller: User): void => {
    if (!jira.access.has(caller, 'ADMINISTER')) throw refusal(403, 'You do not have permission to view this resource.');
  };

  routes.get('/rest/api/3/statuses', call => {
    requireAdmin(callerOf(call));
    const ids = call.req.queries('id') ?? [];
    if (ids.length === 0 || ids.length > 50) throw refusal(400, 'Between 1 and 50 ids must be given.');
    return call.json(world.site.statuses.filter(item => ids.includes(item.id)).map(adminStatus));
  });
  routes.get('/rest/api/3/statuses/search', call => {
    withoutParameters(call, 'projectId');
    requireAdmin(callerOf(call));
    const text = (call.req.query('searchString') ?? '').toLowerCase();
    const category = call.req.query('statusCategory');
    const found = world.site.statuses.filter(
      item => item.name.toLowerCase().includes(text) && (!category || adminStatus(item).statusCategory === category),
    );
    return call.json(pageOf(call, found, adminStatus, 200, 200));
  });

  routes.post('/rest/api/3/workflows', async call => {
    requireAdmin(callerOf(call));
    const { projectAndIssueTypes, workflowNames, workflowIds } = await bodyOf(call.req.raw, [
      'projectAndIssueTypes',
      'workflowNames',
      'workflowIds',
    ]);
    const names = listOf(workflowNames, isText);
    const ids = listOf(workflowIds, isText);
    const wanted = new Set<Workflow>();
    for (const { projectId, issueTypeId, ...rest } of listOf(projectAndIssueTypes, isRecord)) {
      if (!isText(projectId) || !isText(issueTypeId) || Object.keys(rest).length > 0)
        throw refusal(400, texts.badPayload);
      const project = world.project(projectId);
      const type = project && world.projectType(project, issueTypeId);
      if (project && type) wanted.add(world.workflowOf({ projectId: project.id, typeId: type.typeId }));
    }
    for (const workflow of world.site.workflows)
      if (names.includes(workflow.name) || ids.includes(workflowUuid(workflow))) wanted.add(workflow);
    const statuses = world.site.statuses.filter(item =>
      [...wanted].some(workflow => workflow.statuses.includes(item.id)),
    );
    return call.json({
      statuses: statuses.map(item => ({ ...adminStatus(item), statusReference: item.id })),
      workflows: [...wanted].map(workflowShape),
    });
  });
};

const adminCategory = { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' } as const;
const adminStatus = (status: Status) => ({
  id: status.id,
  name: status.name,
  statusCategory: adminCategory[status.category],
  scope: { type: 'GLOBAL' },
  description: status.description,
});

/** Workflow ids are UUIDs on a real site; ours are made of the short ids of the configuration. */
const workflowUuid = (workflow: Workflow): string =>
  `${Buffer.from(workflow.id).toString('hex').padEnd(8, '0').slice(0, 8)}-0000-4000-8000-000000000000`;

function workflowShape(workflow: Workflow): Record<string, unknown> {
  return {
    id: workflowUuid(workflow),
    name: workflow.name,
    description: '',
    isEditable: true,
    scope: { type: 'GLOBAL' },
    startPointLayout: { x: 0, y: 0 },
    statuses: workflow.statuses.map(statusReference => ({ statusReference, deprecated: false, properties: {} })),
    transitions: [
      {
        id: '1',
        type: 'INITIAL',
        name: 'Create',
        description: '',
        links: [],
        toStatusReference: workflow.initial,
        actions: [],
        triggers: [],
        validators: [],
        properties: {},
      },
      ...workflow.transitions.map(transition => ({
        id: transition.id,
        type: transition.from === undefined ? 'GLOBAL' : 'DIRECTED',
        name: transition.name,
        description: '',
        links: (transition.from ?? []).map(fromStatusReference => ({ fromStatusReference })),
        toStatusReference: transition.to,
        actions: [],
        triggers: [],
        validators: [],
        properties: {},
        ...(transition.screen
          ? { transitionScreen: { ruleKey: 'system:remind-people-to-update-fields', parameters: {} } }
          : {}),
      })),
    ],
    version: { versionNumber: 1, id: workflowUuid(workflow) },
  };
}
