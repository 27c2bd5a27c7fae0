/**
 * The org and the site that the generated programs speak of: one custom object and one project for every
 * ten items, twelve fields an object, one issue type an item, so that nothing overlaps and every check of a
 * real program has something to look at.
 */
import type {
  FieldMetadata,
  IssueTypeMetadata,
  JiraFieldMetadata,
  Metadata,
  ObjectMetadata,
  ProjectMetadata,
} from '../../compiler/metadata/model.ts';
import type { JiraType, SalesforceType } from '../../compiler/plan/ir.ts';

/** Items that share an object and a project. */
export const groupSize = 10;
export const levels = ['High', 'Medium', 'Low'] as const;
export const kinds = Array.from({ length: groupSize }, (_, n) => `Kind ${n}`);

export const objectName = (group: number): string => `Entity_${group}__c`;
export const projectKey = (group: number): string => `P${group}`;
export const issueTypeName = (place: number): string => `Type ${place}`;

const salesforceFields: readonly (readonly [string, SalesforceType])[] = [
  ['Kind__c', 'picklist'],
  ['Subject__c', 'string'],
  ['Text_1__c', 'string'],
  ['Text_2__c', 'string'],
  ['Text_3__c', 'string'],
  ['Amount_1__c', 'double'],
  ['Amount_2__c', 'currency'],
  ['Day__c', 'date'],
  ['Moment__c', 'datetime'],
  ['Level__c', 'picklist'],
  ['Account__c', 'reference'],
];

const jiraFields: readonly (readonly [string, string, JiraType])[] = [
  ['summary', 'Summary', 'text'],
  ['customfield_10001', 'Text 1', 'text'],
  ['customfield_10002', 'Text 2', 'text'],
  ['customfield_10003', 'Text 3', 'text'],
  ['customfield_10004', 'Amount 1', 'number'],
  ['customfield_10005', 'Amount 2', 'number'],
  ['customfield_10006', 'Day', 'date'],
  ['customfield_10007', 'Moment', 'datetime'],
  ['customfield_10008', 'Level', 'option'],
  ['customfield_10009', 'Customer', 'text'],
];

export function worldFor(items: number): Metadata {
  const groups = Array.from({ length: Math.ceil(items / groupSize) }, (_, group) => group);
  const fields = salesforceFields.map(([name, type]) => salesforceField(name, type));
  const types = Array.from({ length: groupSize }, (_, place) => place);
  return {
    salesforce: {
      apiVersion: '67.0',
      objects: [
        object('Account', 'Account', [salesforceField('Name', 'string')]),
        ...groups.map(group => object(objectName(group), `Entity ${group}`, fields)),
      ],
    },
    jira: {
      projects: groups.map(group => project(group, types)),
      fields: jiraFields.map(([id, name, type]) => jiraField(id, name, type)),
      statuses: [{ id: '1', name: 'To Do', category: 'new' }],
    },
  };
}

export function salesforceField(name: string, type: SalesforceType): FieldMetadata {
  const values = name === 'Level__c' ? levels : name === 'Kind__c' ? kinds : [];
  return {
    name,
    label: name.replace(/__c$/, '').replaceAll('_', ' '),
    type,
    ...(type === 'string' ? { length: 255 } : {}),
    nillable: name !== 'Subject__c',
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    filterable: true,
    calculated: false,
    nameField: false,
    unique: false,
    externalId: false,
    ...(type === 'picklist'
      ? { restricted: true, values: values.map(value => ({ value, label: value, active: true })) }
      : {}),
    ...(type === 'reference' ? { relationship: name.replace(/__c$/, '__r'), referenceTo: ['Account'] } : {}),
  };
}

export const object = (name: string, label: string, fields: readonly FieldMetadata[]): ObjectMetadata => ({
  name,
  label,
  keyPrefix: 'a00',
  custom: name.endsWith('__c'),
  queryable: true,
  createable: true,
  updateable: true,
  searchable: true,
  feedEnabled: false,
  fields,
});

export const jiraField = (id: string, name: string, type: JiraType): JiraFieldMetadata => ({
  id,
  name,
  custom: id.startsWith('customfield_'),
  type,
  ...(type === 'text' ? { length: 255 } : {}),
});

const project = (group: number, types: readonly number[]): ProjectMetadata => ({
  id: `${10_000 + group}`,
  key: projectKey(group),
  name: `Project ${group}`,
  type: 'software',
  issueTypes: types.map(place => issueType(`${group}-${place}`, issueTypeName(place))),
});

export const issueType = (
  id: string,
  name: string,
  fields = jiraFields.map(([field]) => field),
): IssueTypeMetadata => ({
  id,
  name,
  subtask: false,
  fields: fields.map(field => ({
    id: field,
    required: field === 'summary',
    hasDefault: false,
    ...(field === 'customfield_10008'
      ? { allowedValues: levels.map((level, at) => ({ id: `${at}`, name: level })) }
      : {}),
  })),
  statuses: ['1'],
});
