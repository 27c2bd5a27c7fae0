/**
 * One row per field type: its schema as metadata shows it, the form in which it is written and what Jira
 * says to a wrong one, the stored form, the form in which it is read, and how the changelog tells a change.
 * A field of the site names its row; adding a row adds the type everywhere.
 */
import { type AdfCheck, isDocument, plainText, richTextLimit } from './adf.ts';
import { FieldProblem, refusal, texts } from './errors.ts';
import type { FieldDefinition, FieldOption, NamedThing, Project, Stored, User } from './model.ts';
import {
  accountShape,
  componentShape,
  groupShape,
  optionShape,
  priorityShape,
  resolutionShape,
  versionShape,
} from './things.ts';
import { changelogDay, changelogMoment, isDay, jiraTime, parseMoment } from './times.ts';
import { sameText, type World } from './world.ts';

export type Verb = 'set' | 'add' | 'remove' | 'edit' | 'copy';

export interface FieldSchema {
  readonly type: string;
  readonly items?: string;
}

export interface WriteContext {
  readonly world: World;
  readonly field: FieldDefinition;
  readonly project: Project;
  readonly adf: AdfCheck;
  mayBeAssigned(user: User): boolean;
}

export interface FieldType {
  /** Absent for what only shows a number of the issue. */
  readonly schema: FieldSchema;
  /** After `com.atlassian.jira.plugin.system.customfieldtypes:`. */
  readonly customKey?: string;
  readonly verbs: readonly Verb[];
  readonly empty: null | readonly [];
  /** From the form in which it is written; never called with `null`. Throws `FieldProblem`. */
  parse(value: unknown, context: WriteContext): Stored;
  read(stored: Stored, world: World, field: FieldDefinition, viewer?: User): unknown;
  /** The id and the text that the changelog keeps of a value that is not empty. */
  change(stored: Stored, world: World, field: FieldDefinition): { readonly id: string | null; readonly text: string };
  allowed?(world: World, field: FieldDefinition, project: Project): readonly unknown[];
  /** Where a person would pick values as they type. */
  readonly autoComplete?: string;
}

const problem = (message: string): never => {
  throw new FieldProblem(message);
};
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : problem(texts.notString));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : problem(texts.notArray));
const asList = (stored: Stored): readonly string[] => (Array.isArray(stored) ? (stored as string[]) : []);
const idText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

// ── texts ───────────────────────────────────────────────────────────────────────────────────────

const plain = (limit: number, tooLong: (field: FieldDefinition) => string): FieldType => ({
  schema: { type: 'string' },
  verbs: ['set'],
  empty: null,
  parse(value, { field }) {
    const text = textOf(value);
    if (text.length > limit) problem(tooLong(field));
    return text === '' ? null : text;
  },
  read: stored => stored,
  change: stored => ({ id: null, text: String(stored) }),
});

const shortText = plain(255, () => 'The entered text is too long. It exceeds the allowed limit of 255 characters.');

const summary: FieldType = {
  ...shortText,
  parse(value) {
    const text = textOf(value).trim();
    if (text === '') problem('You must specify a summary of the issue.');
    if (/[\r\n]/.test(text)) problem('The summary is invalid because it contains newline characters.');
    if (text.length > 255) problem("Summary can't exceed 255 characters.");
    return text;
  },
};

const richText: FieldType = {
  schema: { type: 'string' },
  verbs: ['set'],
  empty: null,
  parse(value, { adf }) {
    if (!isDocument(value)) problem(texts.notAdf);
    // A document that is none on a closer look fails the request as a whole, without naming the field.
    if (!adf.valid(value)) throw refusal(400, 'INVALID_INPUT');
    const text = plainText(value);
    if (text.length > richTextLimit) problem(texts.tooLong);
    return (value as { content: readonly unknown[] }).content.length === 0 ? null : value;
  },
  read: stored => stored,
  change: stored => ({ id: null, text: plainText(stored) }),
};

const url: FieldType = {
  ...plain(2000, () => 'The entered text is too long. It exceeds the allowed limit of 2,000 characters.'),
  parse(value) {
    const text = textOf(value);
    if (text === '') return null;
    if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) || !URL.canParse(text)) problem('The URL is not valid.');
    return text;
  },
};

const labels: FieldType = {
  schema: { type: 'array', items: 'string' },
  verbs: ['add', 'set', 'remove'],
  empty: [],
  parse(value) {
    const list = listOf(value).map(textOf);
    for (const label of list) {
      if (/\s/.test(label)) problem(`The label '${label}' contains spaces which is invalid.`);
      if (label === '') problem('The label cannot be empty.');
      if (label.length > 255) problem(`The label '${label}' exceeds the maximum length of 255 characters.`);
    }
    return [...new Set(list)].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  },
  read: stored => asList(stored),
  change: stored => ({ id: null, text: asList(stored).join(' ') }),
  autoComplete: '/rest/api/1.0/labels/suggest?query=',
};

// ── numbers and times ───────────────────────────────────────────────────────────────────────────

const float: FieldType = {
  schema: { type: 'number' },
  verbs: ['set'],
  empty: null,
  parse: value => (typeof value === 'number' && Number.isFinite(value) ? value : problem(texts.notNumber)),
  read: stored => stored,
  change: stored => ({ id: null, text: String(stored) }),
};

const date: FieldType = {
  schema: { type: 'date' },
  verbs: ['set'],
  empty: null,
  parse(value) {
    const text = textOf(value);
    if (text === '') return null;
    return isDay(text) ? text : problem(`Error parsing date string: ${text}`);
  },
  read: stored => stored,
  change: stored => ({ id: String(stored), text: changelogDay(String(stored)) }),
};

const moment: FieldType = {
  schema: { type: 'datetime' },
  verbs: ['set'],
  empty: null,
  parse(value) {
    const text = textOf(value);
    if (text === '') return null;
    return parseMoment(text) ?? problem(`Error parsing time: ${text}`);
  },
  read: stored => (typeof stored === 'number' ? jiraTime(stored) : null),
  change: stored => ({ id: jiraTime(Number(stored)), text: changelogMoment(Number(stored)) }),
};

// ── choices ─────────────────────────────────────────────────────────────────────────────────────

function pickOption(options: readonly FieldOption[], value: unknown): string {
  if (!isRecord(value) || (idText(value.id) === undefined && typeof value.value !== 'string')) {
    return problem("Could not find valid 'id' or 'value' in the Parent Option object.");
  }
  const id = idText(value.id);
  if (id !== undefined)
    return options.find(option => option.id === id)?.id ?? problem(`Option id '${id}' is not valid`);
  const text = String(value.value);
  const found = options.find(option => option.value === text) ?? options.find(option => sameText(option.value, text));
  return found?.id ?? problem(`Option value '${text}' is not valid`);
}

const optionText = (world: World, field: FieldDefinition, id: unknown): string =>
  world.option(field, String(id))?.value ?? '';
const readOption = (world: World, field: FieldDefinition, id: unknown): unknown => {
  const option = world.option(field, String(id));
  return option ? optionShape(world, option) : null;
};

const select: FieldType = {
  schema: { type: 'option' },
  verbs: ['set'],
  empty: null,
  parse: (value, { field }) => pickOption(field.options ?? [], value),
  read: (stored, world, field) => (stored === null ? null : readOption(world, field, stored)),
  change: (stored, world, field) => ({ id: String(stored), text: optionText(world, field, stored) }),
  allowed: (world, field) => (field.options ?? []).map(option => optionShape(world, option)),
};

const multiselect: FieldType = {
  schema: { type: 'array', items: 'option' },
  verbs: ['add', 'set', 'remove'],
  empty: [],
  parse(value, { field }) {
    const chosen = new Set(listOf(value).map(item => pickOption(field.options ?? [], item)));
    return (field.options ?? []).filter(option => chosen.has(option.id)).map(option => option.id);
  },
  read: (stored, world, field) =>
    asList(stored).length === 0 ? null : asList(stored).map(id => readOption(world, field, id)),
  change: (stored, world, field) => ({
    id: `[${asList(stored).join(', ')}]`,
    text: asList(stored)
      .map(id => optionText(world, field, id))
      .join(','),
  }),
  allowed: select.allowed!,
};

interface Cascade {
  readonly id: string;
  readonly child?: string;
}

const cascadingSelect: FieldType = {
  schema: { type: 'option-with-child' },
  verbs: ['set'],
  empty: null,
  parse(value, { field }) {
    const id = pickOption(field.options ?? [], value);
    const child = (value as Record<string, unknown>).child;
    if (child === undefined || child === null) return { id };
    const parent = field.options?.find(option => option.id === id);
    return { id, child: pickOption(parent?.children ?? [], child) };
  },
  read(stored, world, field) {
    if (stored === null) return null;
    const { id, child } = stored as Cascade;
    const parent = readOption(world, field, id) as Record<string, unknown>;
    return child === undefined ? parent : { ...parent, child: readOption(world, field, child) };
  },
  change(stored, world, field) {
    const { id, child } = stored as Cascade;
    const parent = `Parent values: ${optionText(world, field, id)}(${id})`;
    if (child === undefined) return { id: parent, text: parent };
    const both = `${parent}Level 1 values: ${optionText(world, field, child)}(${child})`;
    return { id: both, text: both };
  },
  allowed: (world, field) =>
    (field.options ?? []).map(option => ({
      ...optionShape(world, option),
      ...(option.children ? { children: option.children.map(child => optionShape(world, child)) } : {}),
    })),
};

/** One of a list that the site or the project keeps, written as `{id}` or `{name}`. */
function pickNamed(list: readonly NamedThing[], value: unknown, label: string): string {
  if (!isRecord(value)) return problem(`Specify a valid 'id' or 'name' for ${label}`);
  const id = idText(value.id);
  if (id !== undefined) return list.find(item => item.id === id)?.id ?? problem(`${label} id '${id}' is not valid`);
  const name = value.name;
  if (typeof name !== 'string') return problem(`Specify a valid 'id' or 'name' for ${label}`);
  return list.find(item => sameText(item.name, name))?.id ?? problem(`${label} name '${name}' is not valid`);
}

const priority: FieldType = {
  schema: { type: 'priority' },
  verbs: ['set'],
  empty: null,
  parse: (value, { world, field }) => pickNamed(world.site.priorities, value, field.name),
  read(stored, world) {
    const found = world.priority(String(stored));
    return found ? priorityShape(world, found) : null;
  },
  change: (stored, world) => ({ id: String(stored), text: world.priority(String(stored))?.name ?? '' }),
  allowed: world => world.site.priorities.map(item => priorityShape(world, item)),
};

const resolution: FieldType = {
  schema: { type: 'resolution' },
  verbs: ['set'],
  empty: null,
  parse: (value, { world, field }) => pickNamed(world.site.resolutions, value, field.name),
  read(stored, world) {
    const found = world.resolution(String(stored));
    return found ? resolutionShape(world, found) : null;
  },
  change: (stored, world) => ({ id: String(stored), text: world.resolution(String(stored))?.name ?? '' }),
  allowed: world => world.site.resolutions.map(item => resolutionShape(world, item)),
};

function ofProject<T extends NamedThing & { readonly projectId: string }>(
  items: string,
  list: (world: World) => readonly T[],
  shape: (world: World, item: T) => unknown,
): FieldType {
  const find = (world: World, id: string): T | undefined => list(world).find(item => item.id === id);
  return {
    schema: { type: 'array', items },
    verbs: ['add', 'set', 'remove'],
    empty: [],
    parse(value, { world, field, project }) {
      const offered = list(world).filter(item => item.projectId === project.id);
      return [...new Set(listOf(value).map(item => pickNamed(offered, item, field.name)))];
    },
    read: (stored, world) =>
      asList(stored).flatMap(id => {
        const item = find(world, id);
        return item ? [shape(world, item)] : [];
      }),
    change: (stored, world) => ({
      id: asList(stored).join(', '),
      text: asList(stored)
        .map(id => find(world, id)?.name ?? '')
        .join(', '),
    }),
    allowed: (world, _field, project) =>
      list(world)
        .filter(item => item.projectId === project.id)
        .map(item => shape(world, item)),
  };
}

// ── people ──────────────────────────────────────────────────────────────────────────────────────

function pickUser(value: unknown, { world, field }: WriteContext): User {
  if (!isRecord(value)) return problem(`Specify a valid user for ${field.name}`);
  const id = idText(value.accountId) ?? idText(value.id);
  if (id === undefined) return problem('expected Object containing a `accountId` property');
  return world.user(id) ?? problem(`User '${id}' does not exist.`);
}

const user: FieldType = {
  schema: { type: 'user' },
  verbs: ['set'],
  empty: null,
  parse: (value, context) => pickUser(value, context).accountId,
  read: (stored, world, _field, viewer) => (stored === null ? null : accountShape(world, String(stored), viewer)),
  change: (stored, world) => ({ id: String(stored), text: world.user(String(stored))?.displayName ?? String(stored) }),
  autoComplete: '/rest/api/3/user/search?query=',
};

const assignee: FieldType = {
  ...user,
  parse(value, context) {
    if (isRecord(value) && 'accountId' in value && value.accountId === null) return null;
    if (isRecord(value) && (value.accountId === '-1' || value.id === '-1')) return null;
    const picked = pickUser(value, context);
    if (!context.mayBeAssigned(picked)) problem(`User '${picked.accountId}' cannot be assigned issues.`);
    return picked.accountId;
  },
  autoComplete: '/rest/api/3/user/assignable/search?query=',
};

const multiUser: FieldType = {
  schema: { type: 'array', items: 'user' },
  verbs: ['add', 'set', 'remove'],
  empty: [],
  parse: (value, context) => [...new Set(listOf(value).map(item => pickUser(item, context).accountId))],
  read: (stored, world, _field, viewer) =>
    asList(stored).length === 0 ? null : asList(stored).map(id => accountShape(world, id, viewer)),
  change: (stored, world) => ({
    id: `[${asList(stored).join(', ')}]`,
    text: `[${asList(stored)
      .map(id => world.user(id)?.displayName ?? id)
      .join(', ')}]`,
  }),
  autoComplete: '/rest/api/3/user/search?query=',
};

const group: FieldType = {
  schema: { type: 'group' },
  verbs: ['set'],
  empty: null,
  parse(value, { world, field }) {
    const name = isRecord(value) ? (idText(value.groupId) ?? idText(value.name)) : undefined;
    if (name === undefined) return problem(`Specify a valid group for ${field.name}`);
    return world.group(name)?.groupId ?? problem(`Could not find group named '${name}'.`);
  },
  read(stored, world) {
    const found = stored === null ? undefined : world.group(String(stored));
    return found ? groupShape(world, found) : null;
  },
  change: (stored, world) => ({ id: String(stored), text: world.group(String(stored))?.name ?? '' }),
  autoComplete: '/rest/api/3/groups/picker?query=',
};

// ── what only the system writes ─────────────────────────────────────────────────────────────────

const readOnly = (type: string, items?: string): FieldType => ({
  schema: items === undefined ? { type } : { type, items },
  verbs: [],
  empty: null,
  parse: (_value, { field }) => problem(texts.notSettable(field.id)),
  read: stored => stored,
  change: stored => ({ id: null, text: String(stored) }),
});

export const fieldTypes: Readonly<Record<string, FieldType>> = {
  textfield: { ...shortText, customKey: 'textfield' },
  textarea: { ...richText, customKey: 'textarea' },
  float: { ...float, customKey: 'float' },
  datepicker: { ...date, customKey: 'datepicker' },
  datetime: { ...moment, customKey: 'datetime' },
  select: { ...select, customKey: 'select' },
  radiobuttons: { ...select, customKey: 'radiobuttons' },
  multiselect: { ...multiselect, customKey: 'multiselect' },
  multicheckboxes: { ...multiselect, customKey: 'multicheckboxes' },
  cascadingselect: { ...cascadingSelect, customKey: 'cascadingselect' },
  userpicker: { ...user, customKey: 'userpicker' },
  multiuserpicker: { ...multiUser, customKey: 'multiuserpicker' },
  grouppicker: { ...group, customKey: 'grouppicker' },
  labels: { ...labels, customKey: 'labels' },
  url: { ...url, customKey: 'url' },

  summary,
  description: richText,
  priority,
  systemlabels: labels,
  duedate: date,
  assignee,
  reporter: user,
  resolution,
  components: ofProject(
    'component',
    world => world.site.components,
    (world, item) => componentShape(world, item),
  ),
  fixVersions: ofProject(
    'version',
    world => world.site.versions,
    (world, item) => versionShape(world, item),
  ),

  issuetype: readOnly('issuetype'),
  project: readOnly('project'),
  status: readOnly('status'),
  creator: readOnly('user'),
  created: readOnly('datetime'),
  updated: readOnly('datetime'),
  resolutiondate: readOnly('datetime'),
  statuscategorychangedate: readOnly('datetime'),
  comment: { ...readOnly('comments-page'), verbs: ['add', 'edit', 'remove'] },
  attachment: readOnly('array', 'attachment'),
  issuelinks: readOnly('array', 'issuelinks'),
  /** Of an app or a kind that is not modelled: it stands there empty. */
  other: readOnly('any'),
  subtasks: readOnly('array', 'issuelinks'),
};

export function typeOf(field: FieldDefinition): FieldType {
  const row = fieldTypes[field.type];
  if (!row) throw new Error(`the site's field ${field.id} has the type ${field.type}, which no row defines`);
  return row;
}

export function schemaOf(field: FieldDefinition): Record<string, unknown> {
  const { schema, customKey } = typeOf(field);
  return field.custom
    ? {
        ...schema,
        custom: `com.atlassian.jira.plugin.system.customfieldtypes:${customKey}`,
        customId: Number(field.id.slice('customfield_'.length)),
      }
    : { ...schema, system: field.id };
}

export const isEmpty = (stored: Stored): boolean =>
  stored === null || stored === undefined || (Array.isArray(stored) && stored.length === 0);
