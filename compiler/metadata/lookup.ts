/**
 * Metadata by name. API names are found without regard to case, display names without regard to case and
 * outer blanks, Jira ids exactly. Each map is built once, when it is first asked for; a name that is written
 * as its owner spells it is found without being folded.
 */
import { lazily } from '../lazily.ts';
import type {
  FieldMetadata,
  IssueTypeField,
  IssueTypeMetadata,
  JiraFieldMetadata,
  Metadata,
  ObjectMetadata,
  ProjectMetadata,
  StatusMetadata,
} from './model.ts';

export interface MetadataLookup {
  readonly metadata: Metadata;
  object(name: string): ObjectMetadata | undefined;
  field(object: ObjectMetadata, name: string): FieldMetadata | undefined;
  /** The reference field that a relationship is reached by: `Account` is `AccountId`'s. */
  relationship(object: ObjectMetadata, name: string): FieldMetadata | undefined;
  project(key: string): ProjectMetadata | undefined;
  issueType(project: ProjectMetadata, name: string): IssueTypeMetadata | undefined;
  /** By id, else by display name: several where the name is ambiguous. */
  jiraFields(name: string): readonly JiraFieldMetadata[];
  /** What the issue type's create screen says of a field. */
  screenField(type: IssueTypeMetadata, id: string): IssueTypeField | undefined;
  /** The statuses of the issue type's workflow, in its order. */
  statuses(type: IssueTypeMetadata): readonly StatusMetadata[];
  status(type: IssueTypeMetadata, name: string): StatusMetadata | undefined;
}

/** API names and display names fold alike: API names hold no blanks. */
export const foldName = (name: string): string => name.trim().toLowerCase();

export function createLookup(metadata: Metadata): MetadataLookup {
  const { salesforce, jira } = metadata;
  const objects = lazily(() => byName(salesforce.objects, object => object.name));
  const fields = perKey((object: ObjectMetadata) => byName(object.fields ?? [], field => field.name));
  const relationships = perKey((object: ObjectMetadata) =>
    byName(
      (object.fields ?? []).filter(field => typeof field.relationship === 'string'),
      field => field.relationship!,
    ),
  );
  const projects = lazily(() => byKey(jira.projects, project => project.key));
  const types = perKey((project: ProjectMetadata) => byName(project.issueTypes, type => type.name));
  const jiraById = lazily(() => byKey(jira.fields, field => field.id));
  const jiraByName = lazily(() => {
    const groups = Map.groupBy(jira.fields, field => foldName(field.name));
    for (const field of jira.fields) groups.set(field.name, groups.get(foldName(field.name))!);
    return groups;
  });
  const screens = perKey((type: IssueTypeMetadata) => byKey(type.fields, field => field.id));
  const statusById = lazily(() => byKey(jira.statuses, status => status.id));
  const workflows = perKey((type: IssueTypeMetadata) =>
    type.statuses.flatMap(id => {
      const status = statusById().get(id);
      return status === undefined ? [] : [status];
    }),
  );
  const workflowNames = perKey((type: IssueTypeMetadata) => byName(workflows(type), status => status.name));

  return {
    metadata,
    object: name => find(objects(), name),
    field: (object, name) => find(fields(object), name),
    relationship: (object, name) => find(relationships(object), name),
    project: key => projects().get(key),
    issueType: (project, name) => find(types(project), name),
    jiraFields(name) {
      const field = jiraById().get(name);
      return field === undefined ? (find(jiraByName(), name) ?? []) : [field];
    },
    screenField: (type, id) => screens(type).get(id),
    statuses: type => workflows(type),
    status: (type, name) => find(workflowNames(type), name),
  };
}

function byKey<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const value of values) map.set(key(value), value);
  return map;
}

/** By the folded name, and by the name as it is spelled. The first of equal names stays. */
function byName<T>(values: readonly T[], name: (value: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const value of values) {
    const spelled = name(value);
    const folded = foldName(spelled);
    const first = map.get(folded);
    if (first === undefined) map.set(folded, value);
    if (spelled !== folded) map.set(spelled, first ?? value);
  }
  return map;
}

const find = <T>(map: ReadonlyMap<string, T>, name: string): T | undefined => map.get(name) ?? map.get(foldName(name));

function perKey<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return key => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
