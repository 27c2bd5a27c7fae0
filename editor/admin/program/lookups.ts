/**
 * What can be picked where, out of the metadata: objects by module, fields with labels widened (O-2), parents'
 * fields one step away, projects, issue types, Jira fields of the screen, statuses, and the values of a field.
 */
import { fieldLabel, moduleOf, modules, searchedFields, statusField } from '../../../compiler/catalogue/index.ts';
import { createLookup, type MetadataLookup } from '../../../compiler/metadata/lookup.ts';
import type {
  FieldMetadata,
  IssueTypeMetadata,
  JiraFieldMetadata,
  Metadata,
  ObjectMetadata,
} from '../../../compiler/metadata/model.ts';
import type { SalesforceType } from '../../../compiler/plan/ir.ts';
import type { Item } from '../../../dsl/index.ts';
import { clauseOf, nameText } from '../../form/nodes.ts';
import type { Choice, ChoiceGroup } from './pick.tsx';

export interface Lookups {
  readonly lookup: MetadataLookup | undefined;
  readonly object: ObjectMetadata | undefined;
  readonly issueType: IssueTypeMetadata | undefined;
  readonly objects: readonly ChoiceGroup[];
  /** Own fields first, then those of each parent. */
  readonly fields: readonly ChoiceGroup[];
  readonly projects: readonly Choice[];
  issueTypes(project: string): readonly Choice[];
  readonly jiraFields: readonly ChoiceGroup[];
  readonly statuses: readonly Choice[];
  readonly statusFields: readonly Choice[];
  /** Labels of the fields in which a record is looked for. */
  readonly searched: readonly string[];
  fieldAt(path: string): FieldMetadata | undefined;
  jiraFieldAt(name: string): JiraFieldMetadata | undefined;
  /** The option that stands for a Jira field, whichever of its names the text uses. */
  jiraChoice(written: string): string;
  /** Values of a Salesforce field, where it lists them. */
  valuesOf(path: string): readonly Choice[];
  /** Values of a Jira field on this issue type's screen, where it lists them. */
  jiraValuesOf(name: string): readonly Choice[];
  typeOf(path: string): SalesforceType | undefined;
}

/** Parents that are offered beside an object's own fields. */
const notOffered: ReadonlySet<string> = new Set(['User', 'Group', 'RecordType', 'Profile', 'UserRole']);
const mostParents = 6;

export const parentsOf = (object: ObjectMetadata | undefined): readonly string[] =>
  [
    ...new Set(
      (object?.fields ?? []).flatMap(field =>
        typeof field.relationship === 'string' ? (field.referenceTo ?? []).slice(0, 1) : [],
      ),
    ),
  ]
    .filter(name => !notOffered.has(name))
    .slice(0, mostParents);

/** What of an item decides what can be picked. */
export interface Scope {
  readonly objectName: string;
  readonly projectKey: string;
  readonly typeName: string;
}

export function scopeOf(item: Item): Scope {
  const jira = clauseOf(item, 'jira');
  return {
    objectName: nameText(clauseOf(item, 'salesforce')?.object),
    projectKey: nameText(jira?.projects[0]),
    typeName: jira?.issueType?.kind === 'text' ? jira.issueType.value : '',
  };
}

export function lookupsFor(metadata: Metadata | undefined, { objectName, projectKey, typeName }: Scope): Lookups {
  const lookup = metadata === undefined ? undefined : createLookup(metadata);
  const object = lookup?.object(objectName);
  const project = lookup?.project(projectKey);
  const issueType = project === undefined ? undefined : lookup?.issueType(project, typeName);

  const fieldAt = (path: string): FieldMetadata | undefined => {
    const steps = path.split('.');
    let here = object;
    for (const step of steps.slice(0, -1)) {
      const parent = here === undefined ? undefined : lookup?.relationship(here, step)?.referenceTo?.[0];
      here = parent === undefined ? undefined : lookup?.object(parent);
    }
    return here === undefined ? undefined : lookup?.field(here, steps.at(-1)!);
  };
  const jiraFieldAt = (name: string) => lookup?.jiraFields(name)[0];

  const jiraFields = jiraGroups(lookup, issueType);

  return {
    lookup,
    object,
    issueType,
    objects: objectGroups(metadata),
    fields: fieldGroups(lookup, object),
    projects: (metadata?.jira.projects ?? []).map(each => ({ value: each.key, label: each.name, hint: each.key })),
    issueTypes: key =>
      (lookup?.project(key)?.issueTypes ?? [])
        .filter(({ subtask }) => !subtask)
        .map(({ name }) => ({ value: name, label: name })),
    jiraFields,
    statuses: (issueType === undefined ? [] : (lookup?.statuses(issueType) ?? [])).map(({ name }) => ({
      value: name,
      label: name,
    })),
    statusFields: statusChoices(object),
    searched: object === undefined ? [] : searchedFields(object).map(({ label }) => label),
    fieldAt,
    jiraFieldAt,
    jiraChoice: written => {
      const field = jiraFieldAt(written);
      const all = field === undefined ? [] : jiraFields.flatMap(({ options }) => options);
      return (
        all.find(({ value }) => value === written || value === field?.id || value === field?.name)?.value ?? written
      );
    },
    valuesOf: path => {
      const field = fieldAt(path);
      if (field?.type === 'boolean') return ['true', 'false'].map(value => ({ value, label: value }));
      return (field?.values ?? [])
        .filter(({ active }) => active)
        .map(({ value, label }) => ({ value, label, ...(label === value ? {} : { hint: value }) }));
    },
    jiraValuesOf: name => {
      const field = jiraFieldAt(name);
      const screen =
        field === undefined || issueType === undefined ? undefined : lookup?.screenField(issueType, field.id);
      return (screen?.allowedValues ?? []).map(each => ({ value: each.name, label: each.name }));
    },
    typeOf: path => fieldAt(path)?.type,
  };
}

function objectGroups(metadata: Metadata | undefined): readonly ChoiceGroup[] {
  const groups = Map.groupBy(metadata?.salesforce.objects ?? [], ({ name, custom }) =>
    moduleOf(name) === 'Custom objects' && !custom ? 'Other objects' : moduleOf(name),
  );
  const order = [...modules, 'Custom objects', 'Other objects'];
  return [...groups]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([label, objects]) => ({
      label,
      options: objects
        .map(({ name, label: shown }) => ({ value: name, label: shown, ...(shown === name ? {} : { hint: name }) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    }));
}

const choiceOf = (object: ObjectMetadata, field: FieldMetadata, prefix: string): Choice => ({
  value: prefix + field.name,
  label: prefix === '' ? fieldLabel(object, field) : `${object.label}: ${field.label}`,
  hint: `${prefix}${field.name} · ${field.type}`,
});

function fieldGroups(lookup: MetadataLookup | undefined, object: ObjectMetadata | undefined): readonly ChoiceGroup[] {
  if (object === undefined) return [];
  const group = (of: ObjectMetadata, prefix: string): ChoiceGroup => ({
    label: prefix === '' ? of.label : `${of.label} (through ${prefix.slice(0, -1)})`,
    options: (of.fields ?? []).map(field => choiceOf(of, field, prefix)).sort((a, b) => a.label.localeCompare(b.label)),
  });
  const parents = (object.fields ?? []).flatMap(field => {
    const parent = field.referenceTo?.[0];
    const known = parent === undefined ? undefined : lookup?.object(parent);
    return typeof field.relationship === 'string' && known?.fields !== undefined
      ? [group(known, `${field.relationship}.`)]
      : [];
  });
  return [group(object, ''), ...parents];
}

/** What the issue type's screen offers first; the rest of the site's fields would be refused by Jira. */
function jiraGroups(lookup: MetadataLookup | undefined, type: IssueTypeMetadata | undefined): readonly ChoiceGroup[] {
  const fields = lookup?.metadata.jira.fields ?? [];
  const names = Map.groupBy(fields, ({ name }) => name.trim().toLowerCase());
  const choice = (field: JiraFieldMetadata): Choice => {
    const screen = type === undefined ? undefined : lookup?.screenField(type, field.id);
    const clear = !field.custom || names.get(field.name.trim().toLowerCase())!.length > 1;
    return {
      // A display name works on a test site and on production; an id where the name is not enough.
      value: clear ? field.id : field.name,
      label: field.name,
      hint: [clear && field.custom ? field.id : '', screen?.required ? 'required' : ''].filter(Boolean).join(' · '),
    };
  };
  if (type === undefined) return [{ label: 'Jira fields', options: fields.map(choice) }];
  const shown = fields.filter(field => lookup?.screenField(type, field.id) !== undefined);
  const moved = new Set(['status', 'project', 'issuetype', 'attachment', 'comment', 'issuelinks', 'parent']);
  return [
    {
      label: `On the screen of ${type.name}`,
      options: shown
        .filter(({ id }) => !moved.has(id))
        .map(choice)
        .sort((a, b) => a.label.localeCompare(b.label)),
    },
  ];
}

function statusChoices(object: ObjectMetadata | undefined): readonly Choice[] {
  if (object === undefined) return [];
  const best = statusField(object);
  const field = object.fields?.find(({ name }) => name === best);
  return field === undefined ? [] : [{ value: field.name, label: fieldLabel(object, field), hint: field.name }];
}
