/**
 * A person moves an issue to another project or type: it gets the next key there and, where its status is none
 * of the workflow's, the first one of that. All it has stays with it, and its old key still leads to it.
 */
import { saveChange } from './changing.ts';
import type { Jira } from './context.ts';
import type { ChangeItem, Issue } from './model.ts';

export interface MoveTarget {
  readonly project: string;
  /** The name of an issue type. */
  readonly type: string;
}

export function moveIssue(jira: Jira, issue: Issue, { project: wanted, type }: MoveTarget): Issue {
  const { world } = jira;
  const project = world.project(wanted);
  if (project === undefined) throw new Error(`There is no project ${wanted}.`);
  const offered = project.types.find(({ typeId }) => world.issueType(typeId).name === type);
  if (offered === undefined) throw new Error(`${project.name} has no issue type ${type}.`);
  const from = world.projectOf(issue);
  const away = from.id !== project.id;
  const workflow = world.workflowOf({ projectId: project.id, typeId: offered.typeId });
  const now = jira.now();
  const statusId = workflow.statuses.includes(issue.statusId) ? issue.statusId : workflow.initial;
  const moved: Issue = {
    ...issue,
    key: away ? `${project.key}-${jira.state.next(`key ${project.id}`, 1)}` : issue.key,
    projectId: project.id,
    typeId: offered.typeId,
    statusId,
    statusChanged: statusId === issue.statusId ? issue.statusChanged : now,
    updated: now,
  };
  const items = [
    change('project', 'project', [from.id, from.name], [project.id, project.name]),
    change('Key', 'issuekey', [null, issue.key], [null, moved.key]),
    change('issuetype', 'issuetype', ...named(id => world.issueType(id), issue.typeId, moved.typeId)),
    change('status', 'status', ...named(id => world.status(id), issue.statusId, statusId)),
  ].filter(item => item.from !== item.to || item.fromString !== item.toString);
  if (items.length === 0) return issue;
  const mover = world.user(from.lead)!;
  saveChange(jira, mover, moved, items);
  return moved;
}

type Side = readonly [id: string | null, text: string];

const change = (field: string, fieldId: string, before: Side, after: Side): ChangeItem => ({
  field,
  fieldId,
  fieldtype: 'jira',
  from: before[0],
  fromString: before[1],
  to: after[0],
  toString: after[1],
});

const named = (
  find: (id: string) => { readonly name: string },
  before: string,
  after: string,
): readonly [Side, Side] => [
  [before, find(before).name],
  [after, find(after).name],
];
