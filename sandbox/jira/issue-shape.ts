/**
 * An issue as REST shows it: which fields were asked for, each in the form of its type, and what `expand`
 * adds. Fields that are unset stand there as null, as on a live site.
 */
import { adfHtml } from './adf-html.ts';
import { isRecord, type Jira } from './context.ts';
import { refusal } from './errors.ts';
import { schemaOf, typeOf } from './field-types.ts';
import { attachmentShape, commentPage } from './hanging.ts';
import type { FieldDefinition, History, Issue, ScreenField, Transition, User } from './model.ts';
import { accountShape, issueTypeShape, projectShape, statusShape } from './things.ts';
import { jiraTime } from './times.ts';
import { offeredTransitions } from './writing.ts';

export interface Selection {
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly properties: readonly string[];
}

/** Query parameters repeat, and each may be a list with commas. */
export const listParameter = (values: readonly string[] | undefined): string[] =>
  (values ?? [])
    .flatMap(value => value.split(','))
    .map(value => value.trim())
    .filter(value => value !== '');

export function chooseFields(
  jira: Jira,
  asked: readonly string[],
  byDefault: '*all' | '*navigable',
): readonly FieldDefinition[] {
  const all = jira.world.site.fields;
  const wanted = asked.some(name => !name.startsWith('-')) ? asked : [byDefault, ...asked];
  const chosen = new Set<FieldDefinition>();
  for (const name of wanted) {
    const id = name.replace(/^-/, '');
    for (const field of all) {
      const named = id === '*all' || (id === '*navigable' && field.id !== 'comment') || field.id === id;
      if (named && !name.startsWith('-')) chosen.add(field);
      if (named && name.startsWith('-')) chosen.delete(field);
    }
  }
  return all.filter(field => chosen.has(field));
}

const computed: Readonly<Record<string, (jira: Jira, issue: Issue, viewer: User) => unknown>> = {
  issuetype: ({ world }, issue) => issueTypeShape(world, world.issueType(issue.typeId)),
  project: ({ world }, issue) => projectShape(world, world.projectOf(issue)),
  status: ({ world }, issue) => statusShape(world, world.status(issue.statusId)),
  creator: ({ world }, issue, viewer) => accountShape(world, issue.creator, viewer),
  created: (_, issue) => jiraTime(issue.created),
  updated: (_, issue) => jiraTime(issue.updated),
  resolutiondate: (_, issue) => (issue.resolved === null ? null : jiraTime(issue.resolved)),
  statuscategorychangedate: (_, issue) => jiraTime(issue.statusChanged),
  comment: (jira, issue, viewer) => ({
    ...commentPage(jira, issue, viewer, {}),
    self: jira.world.url(`/rest/api/3/issue/${issue.id}/comment`),
  }),
  attachment: (jira, issue, viewer) =>
    jira.state.attachments(issue.id).map(item => attachmentShape(jira, item, viewer)),
  issuelinks: () => [],
  subtasks: () => [],
};

export function fieldValue(jira: Jira, issue: Issue, field: FieldDefinition, viewer: User): unknown {
  const compute = computed[field.id];
  if (compute) return compute(jira, issue, viewer);
  const type = typeOf(field);
  return type.read(issue.values[field.id] ?? type.empty, jira.world, field, viewer);
}

export function issueShape(
  jira: Jira,
  issue: Issue,
  viewer: User,
  selection: Selection,
  byDefault: '*all' | '*navigable',
): Record<string, unknown> {
  const { expand } = selection;
  const unknown = expand.find(item => ['operations', 'versionedRepresentations'].includes(item));
  if (unknown) throw refusal(501, `Not modelled here: expand=${unknown} of an issue.`);
  const fields = chooseFields(jira, selection.fields, byDefault);
  return {
    expand: 'renderedFields,names,schema,transitions,editmeta,changelog',
    ...issueRef(jira, issue),
    fields: Object.fromEntries(fields.map(field => [field.id, fieldValue(jira, issue, field, viewer)])),
    ...(expand.includes('renderedFields') ? { renderedFields: renderedOf(issue, fields) } : {}),
    ...(expand.includes('names') ? { names: namesOf(fields) } : {}),
    ...(expand.includes('schema') ? { schema: schemasOf(fields) } : {}),
    ...(expand.includes('transitions')
      ? { transitions: offeredTransitions(jira, viewer, issue).map(item => transitionShape(jira, issue, item, false)) }
      : {}),
    ...(expand.includes('editmeta') ? { editmeta: { fields: editFields(jira, viewer, issue) } } : {}),
    ...(expand.includes('changelog') ? { changelog: latestChanges(jira, issue, viewer) } : {}),
    ...(selection.properties.length > 0 ? { properties: chooseProperties(issue, selection.properties) } : {}),
  };
}

export const issueRef = (jira: Jira, issue: Issue): { id: string; self: string; key: string } => ({
  id: issue.id,
  self: jira.world.url(`/rest/api/3/issue/${issue.id}`),
  key: issue.key,
});

export const namesOf = (fields: readonly FieldDefinition[]): Record<string, string> =>
  Object.fromEntries(fields.map(field => [field.id, field.name]));
export const schemasOf = (fields: readonly FieldDefinition[]): Record<string, unknown> =>
  Object.fromEntries(fields.map(field => [field.id, schemaOf(field)]));

/** Rich text as HTML; the rest stays null, as people read it from `fields`. */
const renderedOf = (issue: Issue, fields: readonly FieldDefinition[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.map(field => [field.id, isRichText(field) ? adfHtml(issue.values[field.id] ?? null) : null]),
  );

const isRichText = (field: FieldDefinition): boolean => field.type === 'description' || field.type === 'textarea';

function chooseProperties(issue: Issue, asked: readonly string[]): Record<string, unknown> {
  const all = asked.includes('*all');
  const without = new Set(asked.filter(key => key.startsWith('-')).map(key => key.slice(1)));
  return Object.fromEntries(
    Object.entries(issue.properties).filter(([key]) => (all || asked.includes(key)) && !without.has(key)),
  );
}

// ── changelog ───────────────────────────────────────────────────────────────────────────────────

export const historyShape = (jira: Jira, history: History, viewer: User): Record<string, unknown> => ({
  id: history.id,
  author: accountShape(jira.world, history.author, viewer),
  created: jiraTime(history.created),
  items: history.items,
});

function latestChanges(jira: Jira, issue: Issue, viewer: User): unknown {
  const all = jira.state.histories(issue.id);
  const histories = all.slice(-40).reverse();
  return {
    startAt: 0,
    maxResults: histories.length,
    total: all.length,
    histories: histories.map(history => historyShape(jira, history, viewer)),
  };
}

// ── what may be edited ──────────────────────────────────────────────────────────────────────────

export function fieldMeta(
  jira: Jira,
  issue: Pick<Issue, 'projectId'>,
  item: ScreenField,
  hasDefault: boolean,
): Record<string, unknown> {
  const field = jira.world.field(item.field)!;
  const type = typeOf(field);
  const allowed = type.allowed?.(jira.world, field, jira.world.projectOf(issue));
  return {
    required: item.required,
    schema: schemaOf(field),
    name: field.name,
    key: field.id,
    ...(hasDefault ? { hasDefaultValue: field.id === 'priority' } : {}),
    operations: type.verbs,
    ...(type.autoComplete ? { autoCompleteUrl: jira.world.url(type.autoComplete) } : {}),
    ...(allowed ? { allowedValues: allowed } : {}),
    ...(hasDefault && field.id === 'priority' ? { defaultValue: defaultPriority(jira) } : {}),
  };
}

const defaultPriority = (jira: Jira): unknown =>
  typeOf(jira.world.field('priority')!).read(
    jira.world.site.defaultPriority,
    jira.world,
    jira.world.field('priority')!,
  );

export function editScreen(jira: Jira, issue: Issue): readonly ScreenField[] {
  return jira.world.projectType(jira.world.projectOf(issue), issue.typeId)?.screen ?? [];
}

export function editFields(jira: Jira, viewer: User, issue: Issue): Record<string, unknown> {
  const project = jira.world.projectOf(issue);
  if (!jira.access.has(viewer, 'EDIT_ISSUES', project)) return {};
  const screen = editScreen(jira, issue).filter(
    item => item.field !== 'assignee' || jira.access.has(viewer, 'ASSIGN_ISSUES', project),
  );
  return {
    ...Object.fromEntries(screen.map(item => [item.field, fieldMeta(jira, issue, item, false)])),
    ...(jira.access.has(viewer, 'ADD_COMMENTS', project)
      ? { comment: fieldMeta(jira, issue, { field: 'comment', required: false }, false) }
      : {}),
  };
}

export function transitionShape(
  jira: Jira,
  issue: Issue,
  transition: Transition,
  withFields: boolean,
): Record<string, unknown> {
  const screen = transition.screen ?? [];
  return {
    id: transition.id,
    name: transition.name,
    to: statusShape(jira.world, jira.world.status(transition.to)),
    hasScreen: screen.length > 0,
    isGlobal: transition.from === undefined,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    isLooped: transition.to === issue.statusId,
    ...(withFields
      ? { fields: Object.fromEntries(screen.map(item => [item.field, fieldMeta(jira, issue, item, true)])) }
      : {}),
  };
}

export function readSelection(body: Record<string, unknown>, expand: readonly string[]): Selection {
  const strings = (value: unknown): string[] =>
    Array.isArray(value) ? listParameter(value.filter(item => typeof item === 'string')) : [];
  if (isRecord(body.fields)) throw refusal(400, 'fields must be a list.');
  return { fields: strings(body.fields), properties: strings(body.properties), expand };
}
