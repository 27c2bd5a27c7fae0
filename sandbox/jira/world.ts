/**
 * A site's configuration with the look-ups that routes and field types need. Names are matched without
 * regard to case, as Jira does.
 */
import type {
  Component,
  FieldDefinition,
  FieldOption,
  Group,
  Issue,
  IssueType,
  NamedThing,
  Priority,
  Project,
  ProjectIssueType,
  Site,
  Status,
  User,
  Version,
  Workflow,
} from './model.ts';

export interface World {
  readonly site: Site;
  readonly baseUrl: string;
  url(path: string): string;
  user(accountId: string): User | undefined;
  users(): readonly User[];
  group(nameOrId: string): Group | undefined;
  status(id: string): Status;
  issueType(id: string): IssueType;
  priority(id: string): Priority | undefined;
  resolution(id: string): NamedThing | undefined;
  component(id: string): Component | undefined;
  version(id: string): Version | undefined;
  field(id: string): FieldDefinition | undefined;
  /** By name, without regard to case; names need not be unique. */
  fieldsNamed(name: string): readonly FieldDefinition[];
  option(field: FieldDefinition, id: string): FieldOption | undefined;
  project(idOrKey: string): Project | undefined;
  projectType(project: Project, typeId: string): ProjectIssueType | undefined;
  workflowOf(issue: Pick<Issue, 'projectId' | 'typeId'>): Workflow;
  projectOf(issue: Pick<Issue, 'projectId'>): Project;
}

export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function makeWorld(site: Site, baseUrl: string): World {
  const root = baseUrl.replace(/\/+$/, '');
  const users = new Map([...site.users, site.app].map(user => [user.accountId, user]));
  const fields = new Map(site.fields.map(field => [field.id, field]));
  const workflows = new Map(site.workflows.map(workflow => [workflow.id, workflow]));
  const statuses = new Map(site.statuses.map(status => [status.id, status]));
  const types = new Map(site.issueTypes.map(type => [type.id, type]));
  const findOption = (options: readonly FieldOption[], id: string): FieldOption | undefined => {
    for (const option of options) {
      const found = option.id === id ? option : findOption(option.children ?? [], id);
      if (found) return found;
    }
    return undefined;
  };
  const byId = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined =>
    list.find(item => item.id === id);
  const must = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`the site's configuration names ${what}, which it does not define`);
    return found;
  };
  const project = (idOrKey: string): Project | undefined =>
    site.projects.find(item => item.id === idOrKey || sameText(item.key, idOrKey));
  const projectOf = (issue: Pick<Issue, 'projectId'>): Project =>
    must(byId(site.projects, issue.projectId), `project ${issue.projectId}`);

  return {
    site,
    baseUrl: root,
    url: path => root + path,
    user: accountId => users.get(accountId),
    users: () => [...users.values()],
    group: nameOrId => site.groups.find(group => group.groupId === nameOrId || sameText(group.name, nameOrId)),
    status: id => must(statuses.get(id), `status ${id}`),
    issueType: id => must(types.get(id), `issue type ${id}`),
    priority: id => byId(site.priorities, id),
    resolution: id => byId(site.resolutions, id),
    component: id => byId(site.components, id),
    version: id => byId(site.versions, id),
    field: id => fields.get(id),
    fieldsNamed: name => site.fields.filter(field => sameText(field.name, name)),
    option: (field, id) => findOption(field.options ?? [], id),
    project,
    projectType: (item, typeId) => item.types.find(type => type.typeId === typeId),
    projectOf,
    workflowOf(issue) {
      const type = projectOf(issue).types.find(item => item.typeId === issue.typeId);
      return must(workflows.get(type?.workflow ?? ''), `the workflow of issue type ${issue.typeId}`);
    },
  };
}
