/**
 * Jira's own answers, read: fields with what they take, projects with their issue types, the fields of
 * the create screen and the statuses of the workflow. Scopes that the app has show no transitions.
 */
import type { JiraType } from '../plan/ir.ts';
import { compare, idOf, type Json, listOf, objectOf, objectsOf, sortedBy, textOf } from './json.ts';
import type {
  AllowedValue,
  IssueTypeField,
  IssueTypeMetadata,
  JiraFieldMetadata,
  JiraMetadata,
  ProjectMetadata,
  StatusMetadata,
} from './model.ts';

export interface JiraMetadataAnswers {
  readonly projects: readonly unknown[];
  /** `GET /issue/createmeta/{project}/issuetypes/{type}` by project key and issue type id. */
  readonly createFields: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
  /** `GET /project/{key}/statuses` by project key. */
  readonly projectStatuses: Readonly<Record<string, readonly unknown[]>>;
  /** `GET /field`. */
  readonly fields: readonly unknown[];
}

export function jiraMetadata(answers: JiraMetadataAnswers): JiraMetadata {
  const fields = new Map<string, JiraFieldMetadata>();
  for (const answer of objectsOf(answers.fields)) {
    const field = fieldOf(textOf(answer.id), answer);
    if (field.id !== '') fields.set(field.id, field);
  }
  const statuses = new Map<string, StatusMetadata>();
  const projects = objectsOf(answers.projects).map((project): ProjectMetadata => {
    const key = textOf(project.key);
    const createFields = objectOf(answers.createFields[key]);
    const ofTypes = new Map(objectsOf(answers.projectStatuses[key]).map(type => [idOf(type.id), type]));
    // A project's own answer lists its issue types; the statuses answer does too, for those that leave them out.
    const listed = objectsOf(project.issueTypes);
    const issueTypes = (listed.length > 0 ? listed : [...ofTypes.values()]).map((type): IssueTypeMetadata => {
      const id = idOf(type.id);
      const screen = objectsOf(listOf(createFields[id]));
      // A field of one project only may be missing from the site's list; its screen says enough.
      for (const entry of screen) {
        const fieldId = idOfScreen(entry);
        if (fieldId !== '' && !fields.has(fieldId)) fields.set(fieldId, fieldOf(fieldId, entry));
      }
      const workflow = objectsOf(ofTypes.get(id)?.statuses);
      for (const status of workflow) statuses.set(idOf(status.id), statusOf(status));
      return {
        id,
        name: textOf(type.name),
        subtask: type.subtask === true,
        fields: sortedBy(screen.flatMap(screenFieldOf), field => field.id),
        statuses: workflow.map(status => idOf(status.id)),
      };
    });
    return {
      id: idOf(project.id),
      key,
      name: textOf(project.name) || key,
      type: textOf(project.projectTypeKey) || textOf(project.type),
      issueTypes,
    };
  });
  return {
    projects: sortedBy(projects, project => project.key),
    fields: [...fields.values()].sort((a, b) => compare(a.id, b.id)),
    statuses: [...statuses.values()].sort((a, b) => compare(a.id, b.id)),
  };
}

const idOfScreen = (entry: Json): string => textOf(entry.fieldId) || textOf(entry.key) || textOf(entry.id);

function fieldOf(id: string, answer: Json): JiraFieldMetadata {
  const schema = objectOf(answer.schema);
  const type = jiraType(id, schema);
  return {
    id,
    name: textOf(answer.name) || id,
    custom: typeof answer.custom === 'boolean' ? answer.custom : id.startsWith('customfield_'),
    type,
    ...(lengths[type] === undefined ? {} : { length: lengths[type] }),
  };
}

/** Jira's own limits, in characters. */
const lengths: Partial<Record<JiraType, number>> = { text: 255, 'rich-text': 32_767 };

const standard = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** The types that tell by their custom key what `schema.type` alone does not. */
const customTypes: Readonly<Record<string, JiraType>> = {
  textarea: 'rich-text',
  url: 'url',
  readonlyfield: 'other',
  importid: 'other',
};

const systemTypes: Readonly<Record<string, JiraType>> = {
  description: 'rich-text',
  environment: 'rich-text',
  parent: 'parent',
};

const schemaTypes: Readonly<Record<string, JiraType>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  option: 'option',
  'option-with-child': 'cascading-option',
  priority: 'priority',
  user: 'user',
  group: 'group',
  version: 'version',
  project: 'project',
  resolution: 'named',
  issuetype: 'named',
  securitylevel: 'named',
};

const itemTypes: Readonly<Record<string, JiraType>> = {
  option: 'options',
  user: 'users',
  string: 'labels',
  component: 'components',
  version: 'versions',
  group: 'groups',
};

/** What a field takes, from its schema. Types of other apps are `other`, whatever they look like. */
export function jiraType(id: string, schema: Json): JiraType {
  const custom = textOf(schema.custom);
  if (custom === '') {
    const system = systemTypes[textOf(schema.system) || id];
    if (system !== undefined) return system;
  } else if (custom.startsWith(standard)) {
    const named = customTypes[custom.slice(standard.length)];
    if (named !== undefined) return named;
  } else if (!otherApps.has(custom)) {
    return 'other';
  }
  const type = textOf(schema.type);
  return (type === 'array' ? itemTypes[textOf(schema.items)] : schemaTypes[type]) ?? 'other';
}

/** Fields of Atlassian's own apps that behave as their schema says. */
const otherApps: ReadonlySet<string> = new Set([
  'com.pyxis.greenhopper.jira:jsw-story-points',
  'com.pyxis.greenhopper.jira:gh-epic-label',
  'com.atlassian.servicedesk:sd-request-participants',
]);

function screenFieldOf(entry: Json): readonly IssueTypeField[] {
  const id = idOfScreen(entry);
  if (id === '') return [];
  return [
    {
      id,
      required: entry.required === true,
      hasDefault: entry.hasDefaultValue === true,
      ...(Array.isArray(entry.allowedValues)
        ? { allowedValues: objectsOf(entry.allowedValues).flatMap(allowedValue) }
        : {}),
    },
  ];
}

/** Options carry their text as `value`, priorities, versions and components as `name`. */
function allowedValue(entry: Json): readonly AllowedValue[] {
  const name = textOf(entry.value) || textOf(entry.name) || textOf(entry.key);
  return name === '' || entry.disabled === true || entry.archived === true ? [] : [{ id: idOf(entry.id), name }];
}

const categories: ReadonlySet<string> = new Set(['new', 'indeterminate', 'done']);

function statusOf(status: Json): StatusMetadata {
  const key = textOf(objectOf(status.statusCategory).key);
  return {
    id: idOf(status.id),
    name: textOf(status.name),
    category: categories.has(key) ? (key as StatusMetadata['category']) : 'undefined',
  };
}
