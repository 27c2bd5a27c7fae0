/**
 * One row per field type: its schema as metadata shows it, the form in which it is written and what Jira
 * says to a wrong one, the stored form, the form in which it is read, and how the changelog tells a change.
 * A field of the site names its row; adding a row adds the type everywhere.
 */
import { isDocument, plainText, richTextLimit } from './adf.ts';
import { refusal, texts } from './errors.ts';
import { cascadingSelect, multiselect, ofProject, priority, resolution, select } from './field-choices.ts';
import { asList, type FieldType, idText, isRecord, listOf, problem, textOf, type WriteContext } from './field-type.ts';
import type { FieldDefinition, Stored, User } from './model.ts';
import { accountShape, componentShape, groupShape, versionShape } from './things.ts';
import { changelogDay, changelogMoment, isDay, jiraTime, parseMoment } from './times.ts';

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
