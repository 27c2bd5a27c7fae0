/**
 * The snapshot file: metadata with a version, in an order that never depends on how it was read, so that
 * two pulls of an unchanged org and site are the same bytes. Reading validates and says what is wrong.
 */
import * as s from '../shape.ts';
import { sortedBy } from './json.ts';
import { type Metadata, type ObjectMetadata, type Snapshot, snapshotVersion } from './model.ts';

/** Throws an error that names the problem; the caller knows the file's name. */
export function readSnapshot(text: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (problem) {
    throw new Error(`the metadata snapshot is not JSON: ${problem instanceof Error ? problem.message : 'unreadable'}`);
  }
  const version = typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  if (typeof version === 'number' && version > snapshotVersion) {
    throw new Error(
      `the metadata snapshot is of version ${version}, and this program reads up to ${snapshotVersion}: use a newer version of it, or pull the metadata again`,
    );
  }
  const problem = s.problemOf(snapshot, value);
  if (problem !== undefined) throw new Error(`the metadata snapshot is damaged: ${problem}; pull the metadata again`);
  return value as Snapshot;
}

export function writeSnapshot(metadata: Metadata): string {
  const { salesforce, jira } = metadata;
  const ordered: Snapshot = {
    version: snapshotVersion,
    salesforce: { ...salesforce, objects: sortedBy(salesforce.objects.map(orderedObject), object => object.name) },
    jira: {
      projects: sortedBy(
        jira.projects.map(project => ({
          ...project,
          issueTypes: project.issueTypes.map(type => ({ ...type, fields: sortedBy(type.fields, field => field.id) })),
        })),
        project => project.key,
      ),
      fields: sortedBy(jira.fields, field => field.id),
      statuses: sortedBy(jira.statuses, status => status.id),
    },
  };
  return `${JSON.stringify(ordered, withSortedKeys, 1)}\n`;
}

const orderedObject = (object: ObjectMetadata): ObjectMetadata => ({
  ...object,
  ...(object.fields === undefined ? {} : { fields: sortedBy(object.fields, field => field.name) }),
  ...(object.children === undefined
    ? {}
    : { children: sortedBy(object.children, child => `${child.relationship}\n${child.object}`) }),
});

/** What names a thing comes first; the other keys follow by the alphabet. */
const first = ['version', 'id', 'key', 'name', 'label', 'type'];
const rank = (key: string) => (first.indexOf(key) + first.length + 1) % (first.length + 1);
function withSortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

// ── the file's shape ────────────────────────────────────────────────────────────────────────────

const picklistValue = s.object({
  value: s.text,
  label: s.text,
  active: s.boolean,
  default: s.optional(s.boolean),
  closed: s.optional(s.boolean),
});
const field = s.object({
  name: s.text,
  label: s.text,
  type: s.text,
  length: s.optional(s.whole),
  nillable: s.boolean,
  createable: s.boolean,
  updateable: s.boolean,
  defaultedOnCreate: s.boolean,
  filterable: s.boolean,
  calculated: s.boolean,
  nameField: s.boolean,
  unique: s.boolean,
  externalId: s.boolean,
  restricted: s.optional(s.boolean),
  values: s.optional(s.list(picklistValue)),
  relationship: s.optional(s.nullable(s.text)),
  referenceTo: s.optional(s.list(s.text)),
});
const object = s.object({
  name: s.text,
  label: s.text,
  keyPrefix: s.nullable(s.text),
  custom: s.boolean,
  queryable: s.boolean,
  createable: s.boolean,
  updateable: s.boolean,
  searchable: s.boolean,
  feedEnabled: s.boolean,
  fields: s.optional(s.list(field)),
  children: s.optional(s.list(s.object({ object: s.text, field: s.text, relationship: s.text }))),
});
const issueType = s.object({
  id: s.text,
  name: s.text,
  subtask: s.boolean,
  fields: s.list(
    s.object({
      id: s.text,
      required: s.boolean,
      hasDefault: s.boolean,
      allowedValues: s.optional(s.list(s.object({ id: s.text, name: s.text }))),
    }),
  ),
  statuses: s.list(s.text),
  transitions: s.optional(
    s.list(s.object({ id: s.text, name: s.text, from: s.optional(s.list(s.text)), to: s.text, initial: s.boolean })),
  ),
});
const snapshot = s.object({
  version: s.whole,
  salesforce: s.object({
    apiVersion: s.text,
    dailyApiRequests: s.optional(s.whole),
    objects: s.list(object),
  }),
  jira: s.object({
    projects: s.list(s.object({ id: s.text, key: s.text, name: s.text, type: s.text, issueTypes: s.list(issueType) })),
    fields: s.list(
      s.object({ id: s.text, name: s.text, custom: s.boolean, type: s.text, length: s.optional(s.whole) }),
    ),
    statuses: s.list(
      s.object({ id: s.text, name: s.text, category: s.oneOf('new', 'indeterminate', 'done', 'undefined') }),
    ),
  }),
});
