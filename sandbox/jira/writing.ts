/**
 * How an issue comes to be and changes: fields and update verbs are checked against the screen that
 * applies, all complaints are collected, and a change that changes nothing leaves no trace.
 */
import { isDeepStrictEqual } from 'node:util';
import { saveChange } from './changing.ts';
import { addComment } from './commenting.ts';
import { asText, isRecord, type Jira, saveIssue } from './context.ts';
import { FieldProblem, fieldRefusal, JiraError, refusal, texts } from './errors.ts';
import { issueCreated } from './events.ts';
import type { Verb, WriteContext } from './field-type.ts';
import { isEmpty, typeOf } from './field-types.ts';
import type { ChangeItem, FieldDefinition, Issue, Project, ScreenField, Stored, Transition, User } from './model.ts';
import { readProperties } from './properties.ts';

export interface FieldInput {
  readonly fields?: unknown;
  readonly update?: unknown;
}

export interface FieldChanges {
  readonly values: Readonly<Record<string, Stored>>;
  /** Bodies of `update.comment[].add`. */
  readonly comments: readonly Record<string, unknown>[];
}

export function writeContext(jira: Jira, field: FieldDefinition, project: Project): WriteContext {
  return {
    world: jira.world,
    field,
    project,
    adf: jira.adf,
    mayBeAssigned: user => user.active && jira.access.has(user, 'ASSIGNABLE_USER', project),
  };
}

/** Checks what was sent against a screen; throws one refusal that names every field it did not like. */
export function readChanges(
  jira: Jira,
  caller: User,
  project: Project,
  screen: readonly ScreenField[],
  current: Readonly<Record<string, Stored>>,
  input: FieldInput,
  /** Whether what the screen requires must be there although it was not sent. */
  complete: boolean,
): FieldChanges {
  if (input.fields !== undefined && !isRecord(input.fields)) throw refusal(400, texts.badPayload);
  if (input.update !== undefined && !isRecord(input.update)) throw refusal(400, texts.badPayload);
  const fields = input.fields ?? {};
  const update = input.update ?? {};
  const errors: Record<string, string> = {};
  const values: Record<string, Stored> = {};
  const comments: Record<string, unknown>[] = [];
  const onScreen = new Map(screen.map(item => [item.field, item]));

  const settle = (id: string, make: (field: FieldDefinition) => Stored): void => {
    const field = jira.world.field(id);
    const item = onScreen.get(id);
    const mayAssign = id !== 'assignee' || jira.access.has(caller, 'ASSIGN_ISSUES', project);
    if (!field || !item || !mayAssign || typeOf(field).verbs.length === 0) {
      errors[id] = texts.notSettable(id);
      return;
    }
    try {
      const value = make(field);
      if (item.required && isEmpty(value)) throw new FieldProblem(requiredText(field));
      values[id] = value;
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      errors[id] = error.message;
    }
  };

  for (const [id, value] of Object.entries(fields)) {
    if (id in update) {
      errors[id] = `Field '${id}' cannot be in both 'fields' and 'update'.`;
      continue;
    }
    settle(id, field => parseOne(jira, field, project, value));
  }
  for (const [id, operations] of Object.entries(update)) {
    if (id in errors) continue;
    if (id === 'comment') {
      comments.push(...readCommentOperations(operations, errors));
      continue;
    }
    settle(id, field => applyVerbs(jira, field, project, current[id] ?? typeOf(field).empty, operations));
  }
  if (complete) {
    for (const { field: id, required } of screen) {
      const field = jira.world.field(id);
      if (!required || !field || id in errors) continue;
      if (isEmpty(id in values ? values[id] : current[id])) errors[id] = requiredText(field);
    }
  }
  if (Object.keys(errors).length > 0) throw fieldRefusal(errors);
  return { values, comments };
}

const requiredText = (field: FieldDefinition): string =>
  field.id === 'summary' ? 'You must specify a summary of the issue.' : `${field.name} is required.`;

function parseOne(jira: Jira, field: FieldDefinition, project: Project, value: unknown): Stored {
  const type = typeOf(field);
  if (value === null) {
    // The priority has no empty state: clearing it gives the site's default.
    return field.id === 'priority' ? jira.world.site.defaultPriority : type.empty;
  }
  return type.parse(value, writeContext(jira, field, project));
}

function applyVerbs(
  jira: Jira,
  field: FieldDefinition,
  project: Project,
  current: Stored,
  operations: unknown,
): Stored {
  if (!Array.isArray(operations)) throw new FieldProblem(texts.notArray);
  const type = typeOf(field);
  let value = current;
  for (const operation of operations) {
    const entries = isRecord(operation) ? Object.entries(operation) : [];
    if (entries.length !== 1) throw new FieldProblem('An operation must name exactly one verb.');
    const [verb, argument] = entries[0]!;
    if (!type.verbs.includes(verb as Verb)) {
      throw new FieldProblem(`The operation '${verb}' is not supported by the field '${field.id}'.`);
    }
    if (verb === 'set') {
      value = parseOne(jira, field, project, argument);
      continue;
    }
    const [element] = type.parse([argument], writeContext(jira, field, project)) as readonly unknown[];
    const others = (Array.isArray(value) ? value : []).filter(item => item !== element);
    value = verb === 'remove' ? others : [...others, element];
  }
  return value;
}

function readCommentOperations(operations: unknown, errors: Record<string, string>): Record<string, unknown>[] {
  const list = Array.isArray(operations) ? operations : [];
  const bodies = list.map(item => (isRecord(item) && isRecord(item.add) ? item.add : undefined));
  if (bodies.length === 0 || bodies.includes(undefined))
    errors.comment = "Only the operation 'add' is supported for comments here.";
  return bodies.filter(body => body !== undefined);
}

// ── create ──────────────────────────────────────────────────────────────────────────────────────

/** The place and kind of a new issue, checked before any other field. */
function readTarget(jira: Jira, caller: User, fields: Record<string, unknown>) {
  const wanted = fields.project;
  const name = isRecord(wanted) ? (wanted.id ?? wanted.key) : undefined;
  const project = typeof name === 'string' || typeof name === 'number' ? jira.world.project(String(name)) : undefined;
  if (!project || !jira.access.sees(caller, project))
    throw fieldRefusal({ project: 'Specify a valid project ID or key' });
  const type = fields.issuetype;
  if (!isRecord(type)) throw fieldRefusal({ issuetype: 'Specify an issue type' });
  const offered = project.types.find(({ typeId }) => {
    if (type.id !== undefined) return typeId === asText(type.id);
    return typeof type.name === 'string' && jira.world.issueType(typeId).name.toLowerCase() === type.name.toLowerCase();
  });
  if (!offered) throw fieldRefusal({ issuetype: 'Specify a valid issue type' });
  if (!jira.access.has(caller, 'CREATE_ISSUES', project)) {
    throw refusal(403, 'You do not have permission to create issues in this project.');
  }
  return { project, offered };
}

export interface Created {
  readonly issue: Issue;
  readonly transition?: { readonly status: number; readonly errors: JiraError['collection'] };
}

export function createIssue(jira: Jira, caller: User, body: Record<string, unknown>): Created {
  if (!isRecord(body.fields)) throw fieldRefusal({ project: 'Specify a valid project ID or key' });
  const { project: _project, issuetype: _type, ...fields } = body.fields;
  const { project, offered } = readTarget(jira, caller, body.fields);
  const properties = readProperties(body.properties);
  const defaults = { priority: jira.world.site.defaultPriority, reporter: caller.accountId };
  const changes = readChanges(jira, caller, project, offered.screen, {}, { fields, update: body.update }, true);
  const now = jira.now();
  const workflow = jira.world.workflowOf({ projectId: project.id, typeId: offered.typeId });
  const issue: Issue = {
    id: String(jira.state.next('issue', 10_001)),
    key: `${project.key}-${jira.state.next(`key ${project.id}`, 1)}`,
    projectId: project.id,
    typeId: offered.typeId,
    statusId: workflow.initial,
    creator: caller.accountId,
    created: now,
    updated: now,
    statusChanged: now,
    resolved: null,
    values: withoutEmpty({ ...defaults, ...changes.values }),
    properties,
  };
  saveIssue(jira, issue);
  jira.emit(issueCreated(jira, caller, issue));
  for (const comment of changes.comments) addComment(jira, caller, issue, comment);
  const wanted = body.transition;
  if (!isRecord(wanted)) return { issue };
  try {
    transitionIssue(jira, caller, issue, { transition: wanted });
    return {
      issue: jira.state.issue(issue.id)!,
      transition: { status: 200, errors: { errorMessages: [], errors: {} } },
    };
  } catch (error) {
    if (!(error instanceof JiraError)) throw error;
    return { issue, transition: { status: error.status, errors: error.collection } };
  }
}

const withoutEmpty = (values: Readonly<Record<string, Stored>>): Record<string, Stored> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));

// ── change ──────────────────────────────────────────────────────────────────────────────────────

/** Writes what differs, with one changelog entry and its events; answers the issue as it is now. */
export function applyValues(
  jira: Jira,
  caller: User,
  issue: Issue,
  values: Readonly<Record<string, Stored>>,
  statusId: string = issue.statusId,
): Issue {
  const items = Object.entries(values).flatMap(([id, value]) => changeOf(jira, id, issue.values[id], value));
  if (statusId !== issue.statusId) {
    const [from, to] = [jira.world.status(issue.statusId), jira.world.status(statusId)];
    items.push({
      field: 'status',
      fieldId: 'status',
      fieldtype: 'jira',
      from: from.id,
      fromString: from.name,
      to: to.id,
      toString: to.name,
    });
  }
  if (items.length === 0) return issue;
  const now = jira.now();
  const merged = withoutEmpty({ ...issue.values, ...values });
  const resolved = merged.resolution === undefined ? null : (issue.resolved ?? now);
  const changed: Issue = {
    ...issue,
    values: merged,
    statusId,
    statusChanged: statusId === issue.statusId ? issue.statusChanged : now,
    resolved,
    updated: now,
  };
  saveChange(jira, caller, changed, items);
  return changed;
}

function changeOf(jira: Jira, id: string, before: Stored, after: Stored): ChangeItem[] {
  const field = jira.world.field(id)!;
  if (isEmpty(before) ? isEmpty(after) : isDeepStrictEqual(before, after)) return [];
  const type = typeOf(field);
  const none = Array.isArray(type.empty) ? { id: null, text: '' } : { id: null, text: null };
  const from = isEmpty(before) ? none : type.change(before, jira.world, field);
  const to = isEmpty(after) ? none : type.change(after, jira.world, field);
  return [
    {
      field: field.custom ? field.name : field.id,
      fieldId: field.id,
      fieldtype: field.custom ? 'custom' : 'jira',
      from: from.id,
      fromString: from.text,
      to: to.id,
      toString: to.text,
    },
  ];
}

// ── transitions ─────────────────────────────────────────────────────────────────────────────────

export function offeredTransitions(jira: Jira, caller: User, issue: Issue): readonly Transition[] {
  if (!jira.access.has(caller, 'TRANSITION_ISSUES', jira.world.projectOf(issue))) return [];
  return jira.world
    .workflowOf(issue)
    .transitions.filter(({ from }) => from === undefined || from.includes(issue.statusId));
}

/** Answers what the transition's request asks for beside the move. */
export function transitionIssue(jira: Jira, caller: User, issue: Issue, body: Record<string, unknown>): FieldChanges {
  const wanted = isRecord(body.transition) ? body.transition.id : undefined;
  if (typeof wanted !== 'string' && typeof wanted !== 'number') throw refusal(400, "Missing 'transition' identifier");
  const transition = offeredTransitions(jira, caller, issue).find(({ id }) => id === String(wanted));
  if (!transition) throw refusal(400, `Transition id '${wanted}' is not valid for this issue.`);
  const project = jira.world.projectOf(issue);
  const changes = readChanges(
    jira,
    caller,
    project,
    transition.screen ?? [],
    issue.values,
    { fields: body.fields, update: body.update },
    true,
  );
  const properties = readProperties(body.properties);
  const reopened = jira.world.status(transition.to).category !== 'done' && issue.values.resolution !== undefined;
  const moved = applyValues(
    jira,
    caller,
    issue,
    { ...(reopened ? { resolution: null } : {}), ...changes.values },
    transition.to,
  );
  if (Object.keys(properties).length > 0)
    saveIssue(jira, { ...moved, properties: { ...moved.properties, ...properties } });
  return changes;
}
