/** The names, values and words of a slot, from the metadata and the program; how each is written is the notation's. */
import type { Analysis } from '../../../compiler/analysis.ts';
import { type BoundItem, fieldOf } from '../../../compiler/bind/bound.ts';
import { statusField } from '../../../compiler/catalogue/index.ts';
import { foldName } from '../../../compiler/metadata/lookup.ts';
import type { FieldMetadata, JiraFieldMetadata, ObjectMetadata } from '../../../compiler/metadata/model.ts';
import { fieldLine, issueTypeLine, jiraFieldLine, objectLine, projectLine, statusLine } from '../describe.ts';
import type { CompletionKind } from '../types.ts';
import { isCalled, jiraFieldsFor, namesOf, type Of, sourceOf } from './jira-fields-for.ts';
import type { Slot } from './slot.ts';

export interface Candidate {
  readonly label: string;
  readonly kind: CompletionKind;
  /** `name` stands bare, `text` as a text, `jira-field` bare where it has the shape of an id, `word` as it is. */
  readonly as: 'name' | 'text' | 'jira-field' | 'word';
  readonly value: string;
  readonly detail?: string;
  readonly about?: string;
  readonly filter?: string;
  readonly preferred?: boolean;
  /** Of a relationship: the field that names the record which it leads to. */
  readonly through?: string;
}

/** As many as a list is of use with. */
const most = 500;

export function candidatesFor(analysis: Analysis, item: BoundItem | undefined, slot: Slot): readonly Candidate[] {
  const { lookup } = analysis.bound;
  const metadata = lookup?.metadata;
  switch (slot.kind) {
    case 'object':
      return (metadata?.salesforce.objects ?? [])
        .filter(({ queryable }) => queryable)
        .map(object => named(object.name, 'object', objectLine(object), object.label, object.fields !== undefined))
        .slice(0, most);
    case 'path':
      return pathCandidates(analysis, item, slot);
    case 'jira-field':
      return jiraFields(analysis, item, slot.of);
    case 'project':
      return (metadata?.jira.projects ?? []).map(project =>
        named(project.key, 'project', projectLine(project), project.name),
      );
    case 'issue-type':
      return (item?.projects[0]?.project?.issueTypes ?? []).map(type =>
        text(type.name, 'issue-type', issueTypeLine(type)),
      );
    case 'status':
      return (item?.issueType === undefined ? [] : (lookup?.statuses(item.issueType) ?? [])).map(status =>
        text(status.name, 'status', statusLine(status)),
      );
    case 'salesforce-value':
      return salesforceValues(fieldOf(slot.field)?.metadata);
    case 'jira-value': {
      const { field } = slot;
      if (field === undefined || item?.issueType === undefined) return [];
      const allowed = lookup?.screenField(item.issueType, field.id)?.allowedValues ?? [];
      return allowed.slice(0, most).map(({ name }) => text(name, 'value', field.name));
    }
    case 'table':
      return [...analysis.bound.tablesById].map(([id, { table }]) => named(id, 'table', `${table.rows.length} rows`));
    case 'item':
      return analysis.bound.items.flatMap(({ id, node }) =>
        id === undefined ? [] : [named(id, 'item', node.name.kind === 'text' ? node.name.value : '')],
      );
    case 'words':
      return Object.entries(slot.words).map(([word, about]) => ({
        label: word,
        kind: 'keyword',
        as: 'word',
        value: word,
        about,
      }));
  }
}

function named(value: string, kind: CompletionKind, detail: string, label = '', preferred = false): Candidate {
  return {
    label: value,
    kind,
    as: 'name',
    value,
    ...(detail === '' ? {} : { detail }),
    ...(label === '' || label === value ? {} : { filter: `${value} ${label}` }),
    ...(preferred ? { preferred } : {}),
  };
}
const text = (value: string, kind: CompletionKind, detail: string): Candidate => ({
  label: value,
  kind,
  as: 'text',
  value,
  detail,
});

// ── fields ──────────────────────────────────────────────────────────────────────────────────────

function pathCandidates(
  { bound: { lookup } }: Analysis,
  item: BoundItem | undefined,
  { before, only }: Extract<Slot, { kind: 'path' }>,
): readonly Candidate[] {
  let objects: readonly ObjectMetadata[] = item?.object === undefined ? [] : [item.object];
  for (const segment of before) {
    const hop = objects.map(object => lookup?.relationship(object, segment)).find(field => field !== undefined);
    objects = (hop?.referenceTo ?? []).flatMap(name => lookup?.object(name) ?? []);
  }
  const found = new Map<string, Candidate>();
  for (const object of objects) {
    const status = only === 'status' ? statusField(object) : undefined;
    for (const field of object.fields ?? []) {
      if (only === 'status' && field.name !== status) continue;
      found.set(field.name, fieldCandidate(object, field));
      const { relationship } = field;
      if (typeof relationship !== 'string' || only !== undefined || before.length >= 5) continue;
      const targets = field.referenceTo ?? [];
      const target = targets.map(name => lookup?.object(name)).find(each => each?.fields !== undefined);
      const through = target?.fields?.find(({ nameField }) => nameField)?.name ?? 'Name';
      found.set(relationship, { ...named(relationship, 'relationship', `to ${targets.join(', ')}`), through });
    }
  }
  return [...found.values()].slice(0, 2 * most);
}

const fieldCandidate = (object: ObjectMetadata, field: FieldMetadata): Candidate =>
  named(field.name, 'field', fieldLine(object, field), field.label);

function jiraFields({ bound }: Analysis, item: BoundItem | undefined, of: Of): readonly Candidate[] {
  const screen = new Map(item?.issueType?.fields.map(field => [field.id, field]));
  const names = Map.groupBy(bound.lookup?.metadata.jira.fields ?? [], ({ name }) => foldName(name));
  const isRequired = ({ id }: JiraFieldMetadata) => screen.get(id)?.required === true;
  const source = typeof of === 'object' ? sourceOf(of) : undefined;
  const same = source === undefined ? [] : namesOf(source.metadata);
  const fields = jiraFieldsFor(bound, item, of);
  const alike = fields.filter(field => isCalled(field, same));
  const best = alike.length > 0 ? alike : fields.filter(isRequired);
  return [...new Set([...best, ...fields])].slice(0, most).map((field): Candidate => {
    // A name that two fields share leads to neither.
    const unique = names.get(foldName(field.name))!.length === 1;
    const value = field.custom && unique ? field.name : field.id;
    return {
      label: field.name,
      kind: 'jira-field',
      as: 'jira-field',
      value,
      detail: `${jiraFieldLine(field)}${isRequired(field) ? ' · required' : ''}`,
      filter: `${value} ${field.name}`,
      ...(best.includes(field) ? { preferred: true } : {}),
    };
  });
}

function salesforceValues(field: FieldMetadata | undefined): readonly Candidate[] {
  if (field?.type === 'boolean')
    return ['true', 'false'].map(word => ({ label: word, kind: 'value', as: 'word', value: word }));
  return (field?.values ?? [])
    .filter(({ active }) => active)
    .map(({ value, label }) => text(value, 'value', label === value ? field!.label : label));
}
