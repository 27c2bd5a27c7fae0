/** Fields, objects, statuses as people read them: one short line for lists, a few sentences for hover. */
import { fieldLabel, moduleOf } from '../../compiler/catalogue/index.ts';
import type {
  FieldMetadata,
  IssueTypeField,
  IssueTypeMetadata,
  JiraFieldMetadata,
  ObjectMetadata,
  ProjectMetadata,
  StatusMetadata,
} from '../../compiler/metadata/model.ts';
import { listText } from '../../compiler/plan/words.ts';

const sized = (type: string, length: number | undefined): string =>
  length === undefined ? type : `${type}, ${length} characters`;

/** `Case Subject · string, 255 characters`. */
export const fieldLine = (object: ObjectMetadata, field: FieldMetadata): string =>
  `${fieldLabel(object, field)} · ${sized(field.type, field.length)}`;

export function fieldLines(object: ObjectMetadata, field: FieldMetadata): readonly string[] {
  const lines = [
    `${fieldLabel(object, field)}, a field of ${object.label} in Salesforce: ${sized(field.type, field.length)}.`,
  ];
  const values = field.values?.filter(({ active }) => active).map(({ value }) => `\`${value}\``);
  if (values !== undefined && values.length > 0) lines.push(`It holds ${listText(values, 'or', 8)}.`);
  if (field.calculated) lines.push('A formula works it out; nothing can write it.');
  else if (!field.updateable)
    lines.push(field.createable ? 'It is set once, when the record is created.' : 'It is read-only.');
  if (!field.nillable && field.updateable) lines.push('It cannot be empty.');
  if (!field.filterable) lines.push('Records cannot be filtered by it in Salesforce.');
  return lines;
}

export const objectLine = ({ name, label }: ObjectMetadata): string =>
  name === label ? moduleOf(name) : `${label} · ${moduleOf(name)}`;
export const objectLines = (object: ObjectMetadata): readonly string[] => [
  `${object.label}, an object of ${moduleOf(object.name)}${object.fields === undefined ? '; its fields have not been read' : `, ${object.fields.length} fields`}.`,
];

export const jiraFieldLine = ({ id, name, type, length }: JiraFieldMetadata): string =>
  `${id === name ? '' : `${id} · `}${sized(type, length)}`;

export function jiraFieldLines(field: JiraFieldMetadata, screen: IssueTypeField | undefined): readonly string[] {
  const lines = [`${field.name} (${field.id}), a field of Jira: ${sized(field.type, field.length)}.`];
  const values = screen?.allowedValues?.map(({ name }) => `\`${name}\``);
  if (values !== undefined && values.length > 0) lines.push(`It holds ${listText(values, 'or', 8)}.`);
  if (screen?.required) lines.push(screen.hasDefault ? 'It is required, and has a default.' : 'It is required.');
  return lines;
}

export const projectLine = ({ name, type }: ProjectMetadata): string => `${name} · ${type.replaceAll('_', ' ')}`;
export const issueTypeLine = ({ statuses }: IssueTypeMetadata): string =>
  `${statuses.length} ${statuses.length === 1 ? 'status' : 'statuses'}`;

const categories: Readonly<Record<StatusMetadata['category'], string>> = {
  new: 'to do',
  indeterminate: 'in progress',
  done: 'done',
  undefined: 'no category',
};
export const statusLine = ({ category }: StatusMetadata): string => categories[category];
