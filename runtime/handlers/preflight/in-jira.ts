/** The app's permissions in an item's projects: what it needs, and what for. */
import type { ItemPlan, MappingPlan } from '../../../compiler/plan/ir.ts';
import type { Look, Missing } from './look.ts';

const writesJira = ({ owner }: MappingPlan): boolean => owner !== 'jira';
const maps = (item: ItemPlan, field: string): boolean =>
  item.mappings.some(mapping => writesJira(mapping) && mapping.target.id === field);

/** What an item needs in each of its projects, and what for. */
export const needs: readonly {
  readonly key: string;
  readonly name: string;
  readonly wanted: (item: ItemPlan) => boolean;
  readonly purpose: string;
}[] = [
  { key: 'BROWSE_PROJECTS', name: 'Browse Projects', wanted: () => true, purpose: 'see its issues' },
  {
    key: 'CREATE_ISSUES',
    name: 'Create Issues',
    wanted: ({ create }) => create.records !== 'off',
    purpose: 'make issues for new records',
  },
  {
    key: 'EDIT_ISSUES',
    name: 'Edit Issues',
    wanted: ({ mappings }) => mappings.some(writesJira),
    purpose: 'write the fields that come from Salesforce',
  },
  {
    key: 'TRANSITION_ISSUES',
    name: 'Transition Issues',
    wanted: ({ status, rules }) => status !== undefined || rules !== undefined,
    purpose: 'move issues to another status',
  },
  {
    key: 'ASSIGN_ISSUES',
    name: 'Assign Issues',
    wanted: item => maps(item, 'assignee'),
    purpose: 'set the assignee',
  },
  {
    key: 'MODIFY_REPORTER',
    name: 'Modify Reporter',
    wanted: item => maps(item, 'reporter'),
    purpose: 'set the reporter',
  },
  {
    key: 'SCHEDULE_ISSUES',
    name: 'Schedule Issues',
    wanted: item => maps(item, 'duedate'),
    purpose: 'set the due date',
  },
  {
    key: 'ADD_COMMENTS',
    name: 'Add Comments',
    wanted: ({ comments, attachments }) => comments.on || attachments,
    purpose: 'write the comments that come from Salesforce',
  },
  {
    key: 'CREATE_ATTACHMENTS',
    name: 'Create Attachments',
    wanted: ({ attachments }) => attachments,
    purpose: 'attach the files that come from Salesforce',
  },
];

export async function inJira(look: Look, item: ItemPlan): Promise<readonly Missing[]> {
  const wanted = needs.filter(need => need.wanted(item));
  const found = await Promise.all(
    item.jira.projects.map(async ({ key }) => {
      const held = await look.held(key);
      return wanted
        .filter(need => !held.has(need.key))
        .map(({ name, key: permission, purpose }) => ({
          what: `${key}:${permission}`,
          cause: `the app lacks the permission “${name}” in the project ${key}, which it needs to ${purpose}`,
          remedy: `Give “${name}” to the role “atlassian-addons-project-access” in the permission scheme of ${key}, then try again here.`,
        }));
    }),
  );
  return found.flat();
}
