/**
 * The Jira of a snapshot: its projects, issue types, screens, fields, options, statuses and workflows as the
 * user's own site has them, with the people of the demo. A snapshot that was pulled without the right to
 * see transitions has no edges: then every status can be reached from every other, and `guessed` names the
 * workflows for which a test has to say so.
 */
import type {
  FieldDefinition,
  FieldOption,
  NamedThing,
  Priority,
  Project,
  Site,
  Status,
  Transition,
  Workflow,
} from '../../../sandbox/jira/model.ts';
import { demoAccounts, demoSite } from '../../../sandbox/jira/site.ts';
import type {
  AllowedValue,
  IssueTypeMetadata,
  JiraFieldMetadata,
  JiraMetadata,
  ProjectMetadata,
} from '../../metadata/model.ts';

export interface SimulatedSite {
  readonly site: Site;
  /** `SUP / Incident`, where the snapshot does not show the transitions. */
  readonly guessed: ReadonlySet<string>;
}

/** `texts`: what the program writes; a snapshot does not hold the second level of cascading options, these do. */
export function siteOf(metadata: JiraMetadata, texts: readonly string[] = []): SimulatedSite {
  const demo = demoSite();
  const types = metadata.projects.flatMap(project => project.issueTypes.map(type => ({ project, type })));
  const allowed = (field: string): readonly NamedThing[] =>
    unique(types.flatMap(({ type }) => type.fields.find(one => one.id === field)?.allowedValues ?? [])).map(named);
  const priorities = orElse(
    allowed('priority').map((one): Priority => ({ ...one, color: '#707070' })),
    demo.priorities,
  );
  const statuses = metadata.statuses.map((status): Status => {
    const { id, name, category } = status;
    return { id, name, description: '', category: category === 'undefined' ? 'indeterminate' : category };
  });
  const guessed = new Set<string>();
  const workflows = types
    .filter(({ type }) => type.statuses.length > 0)
    .map(({ project, type }) => {
      if (type.transitions === undefined) guessed.add(`${project.key} / ${type.name}`);
      return workflowOf(project, type, statuses);
    });
  const projects = metadata.projects.map(projectOf);
  const { admin, agent, viewer, outsider, app } = demoAccounts;
  const [everything, agents, look] = [
    ['*'],
    [...(demo.projectGrants.SUP?.[agent] ?? []), 'MODIFY_REPORTER'],
    demo.projectGrants.SUP?.[viewer] ?? [],
  ];
  return {
    guessed,
    site: {
      ...demo,
      statuses,
      issueTypes: unique(types.map(({ type }) => type)).map(({ id, name, subtask }) => ({
        id,
        name,
        subtask,
        description: '',
      })),
      priorities,
      defaultPriority: (priorities.find(({ name }) => name === 'Medium') ?? priorities[(priorities.length - 1) >> 1]!)
        .id,
      resolutions: orElse(allowed('resolution'), demo.resolutions),
      components: unique(types.flatMap(({ project, type }) => ofProject(project, type, 'components'))),
      versions: unique(
        types.flatMap(({ project, type }) =>
          ['fixVersions', 'versions'].flatMap(field =>
            ofProject(project, type, field).map(version => ({ ...version, released: false })),
          ),
        ),
      ),
      fields: fieldsOf(metadata.fields, demo.fields, types, texts),
      workflows,
      projects,
      projectGrants: Object.fromEntries(
        projects.map(({ key }) => [
          key,
          { [admin]: everything, [agent]: agents, [viewer]: look, [outsider]: [], [app]: everything },
        ]),
      ),
    },
  };
}

const named = ({ id, name }: AllowedValue): NamedThing => ({ id, name, description: '' });
const orElse = <T>(own: readonly T[], other: readonly T[]): readonly T[] => (own.length > 0 ? own : other);
const unique = <T extends { readonly id: string }>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map(one => [one.id, one])).values(),
];
const ofProject = (project: ProjectMetadata, type: IssueTypeMetadata, field: string) =>
  (type.fields.find(one => one.id === field)?.allowedValues ?? []).map(value => ({
    ...named(value),
    projectId: project.id,
  }));
const workflowId = (project: ProjectMetadata, type: IssueTypeMetadata): string => `${project.id} ${type.id}`;

function workflowOf(project: ProjectMetadata, type: IssueTypeMetadata, all: readonly Status[]): Workflow {
  const isNew = (id: string) => all.find(status => status.id === id)?.category === 'new';
  const initial =
    type.transitions?.find(({ initial }) => initial)?.to ?? type.statuses.find(isNew) ?? type.statuses[0]!;
  const edges = type.transitions?.filter(({ initial }) => !initial);
  const transitions = (edges ?? type.statuses.map((to, at) => ({ id: String(at + 1), name: '', to }))).map(
    (edge): Transition => ({
      id: edge.id,
      name: edge.name === '' ? (all.find(({ id }) => id === edge.to)?.name ?? edge.to) : edge.name,
      to: edge.to,
      ...('from' in edge && edge.from !== undefined ? { from: edge.from } : {}),
    }),
  );
  return { id: workflowId(project, type), name: type.name, initial, statuses: type.statuses, transitions };
}

function projectOf(project: ProjectMetadata): Project {
  const { id, key, name, type: kind, issueTypes } = project;
  return {
    id,
    key,
    name,
    kind: kind === 'service_desk' || kind === 'software' ? kind : 'business',
    lead: demoAccounts.admin,
    types: issueTypes
      .filter(type => type.statuses.length > 0)
      .map(type => ({
        typeId: type.id,
        workflow: workflowId(project, type),
        // A default answers for what nobody gives.
        screen: type.fields
          .filter(field => field.id !== 'project' && field.id !== 'issuetype')
          .map(({ id: field, required, hasDefault }) => ({ field, required: required && !hasDefault })),
      })),
  };
}

// ── fields ──────────────────────────────────────────────────────────────────────────────────────

/** Rows of the stand-in's field types. */
const rows: Readonly<Record<JiraFieldMetadata['type'], string>> = {
  text: 'textfield',
  'rich-text': 'textarea',
  number: 'float',
  date: 'datepicker',
  datetime: 'datetime',
  option: 'select',
  options: 'multiselect',
  'cascading-option': 'cascadingselect',
  priority: 'priority',
  user: 'userpicker',
  users: 'multiuserpicker',
  group: 'grouppicker',
  groups: 'other',
  labels: 'labels',
  components: 'components',
  versions: 'fixVersions',
  url: 'url',
  version: 'other',
  project: 'other',
  parent: 'other',
  named: 'other',
  other: 'other',
};

function fieldsOf(
  own: readonly JiraFieldMetadata[],
  demo: readonly FieldDefinition[],
  types: readonly { readonly type: IssueTypeMetadata }[],
  texts: readonly string[],
): readonly FieldDefinition[] {
  const system = demo.filter(field => !field.custom);
  const taken = new Set(own.map(({ id }) => id));
  return [
    ...own.map(({ id, name, custom, type }): FieldDefinition => {
      const known = system.find(field => field.id === id);
      if (known !== undefined) return { ...known, name };
      const options = optionsOf(id, types).map(option =>
        type === 'cascading-option' ? { ...option, children: childrenOf(option, texts) } : option,
      );
      return { id, name, type: rows[type], custom, ...(options.length > 0 ? { options } : {}) };
    }),
    ...system.filter(({ id }) => !taken.has(id)),
  ];
}

const optionsOf = (id: string, types: readonly { readonly type: IssueTypeMetadata }[]): readonly FieldOption[] =>
  unique(types.flatMap(({ type }) => type.fields.find(field => field.id === id)?.allowedValues ?? [])).map(value => ({
    id: value.id,
    value: value.name,
  }));

/** `Hardware / Printer` names `Printer` below `Hardware`. */
function childrenOf({ id, value }: FieldOption, texts: readonly string[]): readonly FieldOption[] {
  const start = `${value} / `;
  const names = new Set(texts.filter(text => text.startsWith(start)).map(text => text.slice(start.length)));
  return [...names].map((name, at) => ({ id: `${id}-${at + 1}`, value: name }));
}
