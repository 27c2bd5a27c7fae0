/** What people do in a test: a record is made or changed, an issue is made by hand, edited or moved. */
import { type Assignment, type ChangeStep, isMissing } from '../../../dsl/ast.ts';
import type { BoundTest } from '../../bind/bound.ts';
import { foldText } from '../../conversion/index.ts';
import type { ItemPlan } from '../../plan/ir.ts';
import { Impossible } from './impossible.ts';
import { type Entry, putRecord } from './record.ts';
import { statusIn, type TestValues } from './values.ts';
import type { TestWorld } from './world.ts';

export const issuePath = '/rest/api/3/issue';

/** Answers the id of the record that the test is about. */
export function changeRecord(
  world: TestWorld,
  item: ItemPlan,
  values: TestValues,
  record: string | undefined,
  assignments: readonly Assignment[],
): string {
  const entries = assignments.flatMap((assignment): Entry[] => {
    const field = values.salesforceField(assignment);
    if (field === undefined || isMissing(assignment.value)) return [];
    return [{ path: field.path, value: values.salesforceValue(field, assignment.value) }];
  });
  return putRecord(world.salesforce, world.catalogue, item.salesforce.object, record, entries);
}

interface IssueChange {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly status?: string;
}

function changeOf({ assignments }: ChangeStep, values: TestValues): IssueChange {
  const fields: Record<string, unknown> = {};
  let status: string | undefined;
  for (const assignment of assignments) {
    const target = values.jiraField(assignment);
    if (target === undefined || isMissing(assignment.value)) continue;
    if (target.field.id === 'status') status = statusIn(assignment.value);
    else fields[target.field.id] = values.jiraValue(target, assignment.value);
  }
  return status === undefined ? { fields } : { fields, status };
}

/** `issueId` is the linked issue; without one an issue is made by hand and linked. Answers whether it was. */
export async function changeIssue(
  world: TestWorld,
  test: BoundTest,
  item: ItemPlan,
  values: TestValues,
  record: string | undefined,
  issueId: string | undefined,
  step: ChangeStep,
): Promise<{ readonly made: boolean }> {
  if (record === undefined) throw new Impossible('no record is there yet; a `salesforce` step makes one');
  const { fields, status } = changeOf(step, values);
  const target = issueId ?? (await linkByHand(world, test, item, record, fields));
  if (issueId !== undefined && Object.keys(fields).length > 0)
    await world.jira('PUT', `${issuePath}/${issueId}`, { fields });
  if (status !== undefined) await move(world, target, status);
  await world.settle();
  return { made: issueId === undefined };
}

async function linkByHand(
  world: TestWorld,
  { item: bound, node }: BoundTest,
  item: ItemPlan,
  record: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<string> {
  const summary = node.name.kind === 'text' ? node.name.value.slice(0, 255) : '';
  // A display-only item names no type: the first of the project will do.
  const type = item.jira.issueType?.id ?? bound?.projects[0]?.project?.issueTypes[0]?.id;
  const created = await world.jira<{ id: string; key: string }>('POST', issuePath, {
    fields: {
      summary: summary.trim() === '' ? 'Test' : summary,
      ...fields,
      project: { id: item.jira.projects[0]?.id },
      issuetype: { id: type },
    },
  });
  const answer = await world.panel(created.key, 'link', { itemId: item.id, recordId: record });
  if (!answer.ok) throw new Impossible(`the issue could not be linked: ${answer.error.message}`);
  return created.id;
}

async function move(world: TestWorld, issueId: string, status: string): Promise<void> {
  const path = `${issuePath}/${issueId}`;
  const { transitions } = await world.jira<{ transitions: { id: string; to: { name: string } }[] }>(
    'GET',
    `${path}/transitions`,
  );
  const found = transitions.find(({ to }) => foldText(to.name) === foldText(status));
  if (found === undefined) {
    const { fields } = await world.jira<{ fields: { status: { name: string } } }>('GET', path);
    const offers = transitions.map(({ to }) => `\`${to.name}\``).join(', ');
    throw new Impossible(
      `Jira offers no move from \`${fields.status.name}\` to \`${status}\`, only to ${offers || 'nothing'}`,
    );
  }
  await world.jira('POST', `${path}/transitions`, { transition: { id: found.id } });
}
