/**
 * The org and the site that the examples of the documentation speak of: small enough to be read in a minute,
 * large enough that every finding about names, types and workflows can be shown.
 */
import type {
  FieldMetadata,
  IssueTypeMetadata,
  JiraFieldMetadata,
  Metadata,
  ObjectMetadata,
} from '../metadata/model.ts';
import type { SalesforceType } from '../plan/ir.ts';

const field = (name: string, type: SalesforceType, more: Partial<FieldMetadata> = {}): FieldMetadata => ({
  name,
  label: name.replace(/__c$/, '').replaceAll('_', ' '),
  type,
  ...(type === 'string' ? { length: 255 } : {}),
  nillable: true,
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  filterable: type !== 'textarea',
  calculated: false,
  nameField: false,
  unique: false,
  externalId: false,
  ...more,
});

const readOnly = { nillable: false, createable: false, updateable: false } as const;
const picklist = (name: string, values: readonly string[], closed: readonly string[] = []): FieldMetadata =>
  field(name, 'picklist', {
    restricted: true,
    values: values.map(value => ({
      value,
      label: value,
      active: true,
      ...(closed.includes(value) ? { closed: true } : {}),
    })),
  });
const lookup = (name: string, relationship: string, ...referenceTo: readonly string[]): FieldMetadata =>
  field(name, 'reference', { relationship, referenceTo });

const object = (name: string, keyPrefix: string, fields?: readonly FieldMetadata[]): ObjectMetadata => ({
  name,
  label: name,
  keyPrefix,
  custom: false,
  queryable: true,
  createable: true,
  updateable: true,
  searchable: true,
  feedEnabled: true,
  ...(fields === undefined ? {} : { fields: fields.toSorted((a, b) => (a.name < b.name ? -1 : 1)), children: [] }),
});

const objects: readonly ObjectMetadata[] = [
  object('Account', '001', [
    field('Id', 'id', readOnly),
    field('Name', 'string', { nillable: false, nameField: true }),
    lookup('OwnerId', 'Owner', 'User'),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    picklist('Type', ['Customer', 'Prospect']),
  ]),
  object('Case', '500', [
    field('Id', 'id', readOnly),
    lookup('AccountId', 'Account', 'Account'),
    field('Called__c', 'datetime'),
    field('CaseNumber', 'string', { ...readOnly, length: 30, nameField: true }),
    lookup('ContactId', 'Contact', 'Contact'),
    field('Description', 'textarea', { length: 32_000 }),
    field('Due__c', 'date'),
    picklist('Origin', ['Phone', 'Email', 'Web']),
    lookup('OwnerId', 'Owner', 'User'),
    picklist('Priority', ['High', 'Medium', 'Low']),
    field('Score__c', 'double'),
    { ...picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], ['Closed']), nillable: false },
    field('Subject', 'string'),
    field('Total__c', 'double', { calculated: true, createable: false, updateable: false }),
    field('Vip__c', 'boolean', { nillable: false, defaultedOnCreate: true }),
  ]),
  object('Contact', '003'),
  {
    ...object('User', '005', [
      field('Email', 'email', { length: 128 }),
      lookup('ManagerId', 'Manager', 'User'),
      field('Name', 'string', { ...readOnly, nameField: true }),
    ]),
    feedEnabled: false,
  },
];

const jiraField = (id: string, name: string, type: JiraFieldMetadata['type'], length?: number): JiraFieldMetadata => ({
  id,
  name,
  custom: id.startsWith('customfield_'),
  type,
  ...(length === undefined ? {} : { length }),
});

const fields: readonly JiraFieldMetadata[] = [
  jiraField('assignee', 'Assignee', 'user'),
  jiraField('customfield_10050', 'Customer', 'text', 255),
  jiraField('customfield_10051', 'Region', 'text', 255),
  jiraField('customfield_10052', 'Region', 'text', 255),
  jiraField('customfield_10053', 'Channel', 'text', 255),
  jiraField('customfield_10054', 'Team', 'text', 255),
  jiraField('description', 'Description', 'rich-text'),
  jiraField('duedate', 'Due date', 'date'),
  jiraField('labels', 'Labels', 'labels'),
  jiraField('priority', 'Priority', 'priority'),
  jiraField('status', 'Status', 'other'),
  jiraField('summary', 'Summary', 'text', 255),
];
const priorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'].map((name, index) => ({ id: `${index + 1}`, name }));

const issueType = (id: string, name: string): IssueTypeMetadata => ({
  id,
  name,
  subtask: false,
  fields: fields
    .filter(({ id }) => id !== 'status' && id !== 'customfield_10054')
    .map(({ id }) => ({
      id,
      required: id === 'summary',
      hasDefault: false,
      ...(id === 'priority' ? { allowedValues: priorities } : {}),
    })),
  statuses: ['1', '2', '3'],
  transitions: [
    { id: '11', name: 'Create', to: '1', initial: true },
    { id: '12', name: 'Start', from: ['1'], to: '2', initial: false },
    { id: '13', name: 'Finish', from: ['1', '2'], to: '3', initial: false },
    { id: '14', name: 'Reopen', from: ['2', '3'], to: '1', initial: false },
  ],
});

export const exampleWorld: Metadata = {
  salesforce: { apiVersion: '67.0', dailyApiRequests: 100_000, objects },
  jira: {
    projects: [
      { id: '101', key: 'OPS', name: 'Operations', type: 'software', issueTypes: [issueType('21', 'Task')] },
      {
        id: '102',
        key: 'SUP',
        name: 'Support',
        type: 'service_desk',
        issueTypes: [issueType('22', 'Incident'), issueType('23', 'Task')],
      },
    ],
    fields,
    statuses: [
      { id: '1', name: 'To Do', category: 'new' },
      { id: '2', name: 'In Progress', category: 'indeterminate' },
      { id: '3', name: 'Done', category: 'done' },
    ],
  },
};
