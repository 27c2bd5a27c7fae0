/**
 * A small but real org and site for tests: describes and Jira answers in the shapes that the platforms give,
 * read by the product's own readers. Builders take only what differs.
 */
import { type JiraMetadataAnswers, jiraMetadata } from '../../compiler/metadata/jira.ts';
import type { JiraMetadata, Metadata, TransitionMetadata } from '../../compiler/metadata/model.ts';
import { objectFromDescribe, objectFromGlobal } from '../../compiler/metadata/salesforce.ts';

type Json = Record<string, unknown>;

/** One entry of a describe's `fields`. */
export const describedField = (name: string, type: string, more: Json = {}): Json => ({
  name,
  label: name.replace(/__c$/, '').replace(/_/g, ' '),
  type,
  length: type === 'string' ? 255 : 0,
  nillable: true,
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  filterable: true,
  calculated: false,
  nameField: false,
  unique: false,
  externalId: false,
  restrictedPicklist: false,
  picklistValues: [],
  referenceTo: [],
  relationshipName: null,
  htmlFormatted: false,
  extraTypeInfo: null,
  ...more,
});

export const picklist = (name: string, values: readonly string[], more: Json = {}): Json =>
  describedField(name, 'picklist', {
    length: 255,
    picklistValues: values.map(value => ({ value, label: value, active: true, defaultValue: false, validFor: null })),
    ...more,
  });

export const lookupField = (name: string, relationshipName: string, referenceTo: readonly string[]): Json =>
  describedField(name, 'reference', { length: 18, relationshipName, referenceTo });

export const describedObject = (name: string, fields: readonly Json[], more: Json = {}): Json => ({
  name,
  label: name.replace(/__c$/, '').replace(/_/g, ' '),
  keyPrefix: '500',
  custom: name.endsWith('__c'),
  queryable: true,
  createable: true,
  updateable: true,
  searchable: true,
  feedEnabled: true,
  childRelationships: [],
  fields: [
    describedField('Id', 'id', { length: 18, nillable: false, createable: false, updateable: false }),
    describedField('CreatedDate', 'datetime', { nillable: false, createable: false, updateable: false }),
    ...fields,
  ],
  ...more,
});

const longText = { length: 32_000, filterable: false, extraTypeInfo: 'plaintextarea' };

export const describes: readonly Json[] = [
  describedObject('Case', [
    describedField('CaseNumber', 'string', {
      label: 'Case Number',
      length: 30,
      nillable: false,
      createable: false,
      updateable: false,
      nameField: true,
    }),
    describedField('Subject', 'string'),
    describedField('Description', 'textarea', longText),
    describedField('Notes__c', 'textarea', { ...longText, label: 'Resolution Notes' }),
    describedField('Rich__c', 'textarea', { ...longText, htmlFormatted: true, extraTypeInfo: 'richtextarea' }),
    picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], { nillable: false, defaultedOnCreate: true }),
    picklist('Priority', ['High', 'Medium', 'Low']),
    picklist('Origin', ['Phone', 'Email', 'Web'], {
      picklistValues: [
        { value: 'Phone', label: 'By telephone', active: true },
        { value: 'Email', label: 'Email', active: true },
        { value: 'Web', label: 'Web', active: true },
      ],
    }),
    describedField('Score__c', 'double', { label: 'Score' }),
    describedField('Due__c', 'date', { label: 'Due' }),
    describedField('Called__c', 'datetime', { label: 'Called' }),
    describedField('Vip__c', 'boolean', { label: 'VIP', nillable: false, defaultedOnCreate: true }),
    describedField('Total__c', 'double', { label: 'Total', calculated: true, createable: false, updateable: false }),
    lookupField('AccountId', 'Account', ['Account']),
    lookupField('OwnerId', 'Owner', ['Group', 'User']),
    lookupField('ContactId', 'Contact', ['Contact']),
  ]),
  describedObject('Account', [
    describedField('Name', 'string', { nameField: true, nillable: false }),
    picklist('Type', ['Customer - Direct', 'Customer - Channel', 'Prospect']),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    lookupField('OwnerId', 'Owner', ['User']),
  ]),
  describedObject('User', [
    describedField('Name', 'string', { nameField: true }),
    describedField('Email', 'email', { length: 128 }),
  ]),
  describedObject('Group', [describedField('Name', 'string', { nameField: true })]),
];

/** Known to exist, but never described. */
const onlyNamed: readonly Json[] = [{ name: 'Contact', label: 'Contact', keyPrefix: '003', queryable: true }];

const custom = (key: string) => `com.atlassian.jira.plugin.system.customfieldtypes:${key}`;
const siteField = (id: string, name: string, schema: Json): Json => ({
  id,
  key: id,
  name,
  custom: id.startsWith('customfield_'),
  schema,
});

export const siteFields: readonly Json[] = [
  siteField('summary', 'Summary', { type: 'string', system: 'summary' }),
  siteField('description', 'Description', { type: 'string', system: 'description' }),
  siteField('priority', 'Priority', { type: 'priority', system: 'priority' }),
  siteField('labels', 'Labels', { type: 'array', items: 'string', system: 'labels' }),
  siteField('duedate', 'Due date', { type: 'date', system: 'duedate' }),
  siteField('assignee', 'Assignee', { type: 'user', system: 'assignee' }),
  siteField('status', 'Status', { type: 'status', system: 'status' }),
  siteField('created', 'Created', { type: 'datetime', system: 'created' }),
  siteField('votes', 'Votes', { type: 'votes', system: 'votes' }),
  siteField('customfield_10040', 'Customer', { type: 'string', custom: custom('textfield') }),
  siteField('customfield_10041', 'Resolution notes', { type: 'string', custom: custom('textarea') }),
  siteField('customfield_10042', 'Severity', { type: 'option', custom: custom('select') }),
  siteField('customfield_10043', 'Score', { type: 'number', custom: custom('float') }),
  siteField('customfield_10044', 'Twin', { type: 'string', custom: custom('textfield') }),
  siteField('customfield_10045', 'Twin', { type: 'string', custom: custom('textfield') }),
  siteField('customfield_10046', 'Called', { type: 'datetime', custom: custom('datetime') }),
  siteField('customfield_10047', 'Elsewhere', { type: 'string', custom: custom('textfield') }),
];

const named = (...names: readonly string[]) => names.map((name, n) => ({ id: String(n + 1), name }));
const values = (...names: readonly string[]) => names.map((value, n) => ({ id: String(10_100 + n), value }));

const screen = (required: readonly string[], skip: readonly string[] = []): readonly Json[] =>
  siteFields
    .filter(field => !['status', 'created', 'votes', 'customfield_10047', ...skip].includes(field.id as string))
    .map(field => ({
      fieldId: field.id,
      key: field.id,
      name: field.name,
      schema: field.schema,
      required: required.includes(field.id as string),
      hasDefaultValue: false,
      ...(field.id === 'priority' ? { allowedValues: named('Highest', 'High', 'Medium', 'Low', 'Lowest') } : {}),
      ...(field.id === 'customfield_10042' ? { allowedValues: values('Major', 'Minor') } : {}),
    }));

const workflow: readonly Json[] = [
  { id: '10000', name: 'To Do', statusCategory: { key: 'new' } },
  { id: '10001', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  { id: '10002', name: 'Waiting', statusCategory: { key: 'indeterminate' } },
  { id: '10003', name: 'Done', statusCategory: { key: 'done' } },
];

const issueTypes: readonly Json[] = [
  { id: '10010', name: 'Incident', subtask: false },
  { id: '10011', name: 'Task', subtask: false },
];

export const siteAnswers: JiraMetadataAnswers = {
  projects: [
    { id: '10100', key: 'SUP', name: 'Support', projectTypeKey: 'service_desk', issueTypes },
    { id: '10101', key: 'OPS', name: 'Operations', projectTypeKey: 'software', issueTypes: issueTypes.slice(1) },
  ],
  createFields: {
    SUP: { '10010': screen(['summary']), '10011': screen(['summary']) },
    OPS: { '10011': screen(['summary', 'customfield_10042']) },
  },
  projectStatuses: {
    SUP: issueTypes.map(type => ({ ...type, statuses: workflow })),
    OPS: issueTypes.slice(1).map(type => ({ ...type, statuses: workflow })),
  },
  fields: siteFields,
};

const step = (id: string, from: readonly string[] | undefined, to: string) =>
  ({
    id,
    name: `Step ${id}`,
    to,
    initial: false,
    ...(from === undefined ? {} : { from }),
  }) satisfies TransitionMetadata;

/** From everywhere to everywhere for incidents, one after the other for tasks; not known for `OPS`. */
const edges: Readonly<Record<string, readonly TransitionMetadata[]>> = {
  'SUP/Incident': ['10000', '10001', '10002', '10003'].map((to, n) => step(String(n), undefined, to)),
  'SUP/Task': [
    { id: '1', name: 'Create', to: '10000', initial: true },
    step('2', ['10000'], '10001'),
    step('3', ['10001'], '10003'),
    step('4', ['10003'], '10001'),
  ],
};

function withEdges(jira: JiraMetadata): JiraMetadata {
  const projects = jira.projects.map(project => ({
    ...project,
    issueTypes: project.issueTypes.map(type => {
      const transitions = edges[`${project.key}/${type.name}`];
      return transitions === undefined ? type : { ...type, transitions };
    }),
  }));
  return { ...jira, projects };
}

export const metadata: Metadata = {
  salesforce: {
    apiVersion: '67.0',
    objects: [
      ...describes.map(describe => objectFromDescribe(describe, describe.name === 'Case' ? ['Closed'] : [])),
      ...onlyNamed.map(objectFromGlobal),
    ],
  },
  jira: withEdges(jiraMetadata(siteAnswers)),
};
