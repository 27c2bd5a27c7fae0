/**
 * The demo site as one table of configuration: two projects, their workflows, screens and fields, four
 * people and the app, and who may do what. Ids look like those of a real site; nothing may rely on them
 * but tests of this site.
 */
import type { FieldDefinition, FieldOption, ProjectIssueType, ScreenField, Site, User } from './model.ts';

const person = (accountId: string, name: string, email: string, rest: Partial<User>): User => ({
  accountId,
  accountType: 'atlassian',
  displayName: name,
  email,
  emailVisible: true,
  active: true,
  timeZone: 'Etc/UTC',
  groups: ['jira-users'],
  ...rest,
});

export const demoAccounts = {
  admin: '5f1a2b3c4d5e6f7081920a01',
  agent: '5f1a2b3c4d5e6f7081920a02',
  viewer: '5f1a2b3c4d5e6f7081920a03',
  outsider: '5f1a2b3c4d5e6f7081920a04',
  app: '712020:0b6f7a52-6f0e-4a7c-9a53-5a1f0c9d1e2f',
} as const;

/** Signing in over a socket is `email:token`, as with a real API token. */
export const demoCredentials = [
  { role: 'admin', accountId: demoAccounts.admin, email: 'admin@example.com', token: 'jira-admin-token' },
  { role: 'agent', accountId: demoAccounts.agent, email: 'agent@example.com', token: 'jira-agent-token' },
  { role: 'viewer', accountId: demoAccounts.viewer, email: 'viewer@example.com', token: 'jira-viewer-token' },
  { role: 'outsider', accountId: demoAccounts.outsider, email: 'outsider@example.com', token: 'jira-outsider-token' },
] as const;

const everyone = ['BROWSE_PROJECTS'];
const agentRights = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'TRANSITION_ISSUES',
  'ASSIGN_ISSUES',
  'ASSIGNABLE_USER',
  'SCHEDULE_ISSUES',
  'RESOLVE_ISSUES',
  'CLOSE_ISSUES',
  'LINK_ISSUES',
  'ADD_COMMENTS',
  'EDIT_OWN_COMMENTS',
  'DELETE_OWN_COMMENTS',
  'CREATE_ATTACHMENTS',
  'DELETE_OWN_ATTACHMENTS',
  'WORK_ON_ISSUES',
];

const options = (first: number, ...values: readonly string[]): FieldOption[] =>
  values.map((value, place) => ({ id: String(first + place), value }));

const custom = (id: number, name: string, type: string, choices?: readonly FieldOption[]): FieldDefinition => ({
  id: `customfield_${id}`,
  name,
  type,
  custom: true,
  ...(choices ? { options: choices } : {}),
});
const system = (id: string, name: string, type: string): FieldDefinition => ({ id, name, type, custom: false });

const customFields: readonly FieldDefinition[] = [
  custom(10040, 'Customer', 'textfield'),
  custom(10041, 'Resolution notes', 'textarea'),
  custom(10042, 'Contract value', 'float'),
  custom(10043, 'Customer since', 'datepicker'),
  custom(10044, 'Next contact', 'datetime'),
  custom(10045, 'Customer tier', 'select', options(10100, 'Platinum', 'Gold', 'Silver', 'Bronze')),
  custom(10046, 'Affected products', 'multiselect', options(10110, 'Portal', 'Mobile app', 'API', 'Reports')),
  custom(10047, 'Contact channels', 'multicheckboxes', options(10120, 'Phone', 'Email', 'Web', 'Chat')),
  custom(10048, 'Impact', 'radiobuttons', options(10130, 'Extensive', 'Significant', 'Moderate', 'Minor')),
  custom(10049, 'Product area', 'cascadingselect', [
    { id: '10140', value: 'Hardware', children: options(10141, 'Printer', 'Laptop', 'Phone') },
    { id: '10150', value: 'Software', children: options(10151, 'Accounts', 'Billing', 'Sign-in') },
    { id: '10160', value: 'Other' },
  ]),
  custom(10050, 'Account manager', 'userpicker'),
  custom(10051, 'Stakeholders', 'multiuserpicker'),
  custom(10052, 'Record page', 'url'),
  custom(10053, 'Customer labels', 'labels'),
  custom(10054, 'Owning group', 'grouppicker'),
  custom(10055, 'Affected system', 'textfield'),
];

const systemFields: readonly FieldDefinition[] = [
  system('summary', 'Summary', 'summary'),
  system('issuetype', 'Issue Type', 'issuetype'),
  system('project', 'Project', 'project'),
  system('status', 'Status', 'status'),
  system('description', 'Description', 'description'),
  system('priority', 'Priority', 'priority'),
  system('labels', 'Labels', 'systemlabels'),
  system('duedate', 'Due date', 'duedate'),
  system('assignee', 'Assignee', 'assignee'),
  system('reporter', 'Reporter', 'reporter'),
  system('creator', 'Creator', 'creator'),
  system('components', 'Components', 'components'),
  system('fixVersions', 'Fix versions', 'fixVersions'),
  system('resolution', 'Resolution', 'resolution'),
  system('resolutiondate', 'Resolved', 'resolutiondate'),
  system('created', 'Created', 'created'),
  system('updated', 'Updated', 'updated'),
  system('statuscategorychangedate', 'Status Category Changed', 'statuscategorychangedate'),
  system('comment', 'Comment', 'comment'),
  system('attachment', 'Attachment', 'attachment'),
  system('issuelinks', 'Linked Issues', 'issuelinks'),
  system('subtasks', 'Sub-tasks', 'subtasks'),
];

const optional = (...fields: readonly string[]): ScreenField[] => fields.map(field => ({ field, required: false }));
const required = (...fields: readonly string[]): ScreenField[] => fields.map(field => ({ field, required: true }));
const common = [
  ...required('summary'),
  ...optional('description', 'priority', 'labels', 'duedate', 'assignee'),
  ...optional(...customFields.filter(field => field.id !== 'customfield_10055').map(field => field.id)),
];
const development = [...common, ...optional('components', 'fixVersions')];

const type = (typeId: string, workflow: string, screen: readonly ScreenField[]): ProjectIssueType => ({
  typeId,
  workflow,
  screen,
});

const [toDo, inProgress, waiting, inReview, done] = ['10000', '10001', '10002', '10003', '10004'] as const;

export function demoSite(): Site {
  const { admin, agent, viewer, outsider, app } = demoAccounts;
  return {
    title: 'Jira',
    cloudId: '2f1c9f0e-6d0b-4d3e-8a55-7d1f3b0c4a11',
    timeZone: 'Etc/UTC',
    users: [
      person(admin, 'Alex Admin', 'admin@example.com', { groups: ['jira-users', 'jira-administrators'] }),
      person(agent, 'Ana Agent', 'agent@example.com', { groups: ['jira-users', 'support-agents'] }),
      person(viewer, 'Victor Viewer', 'viewer@example.com', { emailVisible: false }),
      person(outsider, 'Olga Outsider', 'outsider@example.com', {}),
    ],
    app: {
      accountId: app,
      accountType: 'app',
      displayName: 'Salesforce Bridge for Jira',
      emailVisible: false,
      active: true,
      timeZone: 'Etc/UTC',
      groups: [],
    },
    groups: [
      { groupId: '276f955c-63d7-42c8-9520-92d01dca0625', name: 'jira-administrators' },
      { groupId: '6e87dc72-4f1f-421f-9382-2fee8b652487', name: 'jira-users' },
      { groupId: 'b1a1d7c9-0a5e-4f3b-8c1d-4c2c6e0f7d12', name: 'support-agents' },
    ],
    statuses: [
      { id: toDo, name: 'To Do', description: '', category: 'new' },
      { id: inProgress, name: 'In Progress', description: 'Somebody works on it.', category: 'indeterminate' },
      { id: waiting, name: 'Waiting', description: 'An answer is awaited.', category: 'indeterminate' },
      { id: inReview, name: 'In Review', description: 'The change is being checked.', category: 'indeterminate' },
      { id: done, name: 'Done', description: '', category: 'done' },
    ],
    issueTypes: [
      { id: '10010', name: 'Incident', description: 'Something that used to work does not.', subtask: false },
      { id: '10011', name: 'Task', description: 'A piece of work.', subtask: false },
      { id: '10012', name: 'Bug', description: 'A fault in the product.', subtask: false },
    ],
    priorities: [
      { id: '1', name: 'Highest', description: 'This problem will block progress.', color: '#d04437' },
      { id: '2', name: 'High', description: 'Serious problem that could block progress.', color: '#f15C75' },
      { id: '3', name: 'Medium', description: 'Has the potential to affect progress.', color: '#f79232' },
      { id: '4', name: 'Low', description: 'Minor problem or easily worked around.', color: '#707070' },
      { id: '5', name: 'Lowest', description: 'Trivial problem with little or no impact.', color: '#999999' },
    ],
    defaultPriority: '3',
    resolutions: [
      { id: '10000', name: 'Done', description: 'Work has been completed.' },
      { id: '10001', name: "Won't Do", description: 'This will not be actioned.' },
      { id: '10002', name: 'Duplicate', description: 'The problem is a duplicate of an existing issue.' },
    ],
    components: [
      { id: '10200', name: 'Gateway', description: '', projectId: '10020' },
      { id: '10201', name: 'Storage', description: 'Databases and files', projectId: '10020' },
    ],
    versions: [
      {
        id: '10210',
        name: '1.0',
        description: 'First release',
        projectId: '10020',
        released: true,
        releaseDate: '2026-03-02',
      },
      { id: '10211', name: '1.1', description: '', projectId: '10020', released: false },
    ],
    fields: [...systemFields, ...customFields],
    workflows: [
      {
        id: 'support',
        name: 'Support workflow',
        initial: toDo,
        statuses: [toDo, inProgress, waiting, done],
        transitions: [
          { id: '11', name: 'Back to To Do', from: [inProgress, waiting], to: toDo },
          { id: '21', name: 'Start work', from: [toDo, waiting], to: inProgress },
          { id: '31', name: 'Wait for an answer', from: [toDo, inProgress], to: waiting },
          { id: '41', name: 'Done', from: [toDo, inProgress, waiting], to: done },
          { id: '51', name: 'Reopen', from: [done], to: inProgress },
        ],
      },
      {
        id: 'simple',
        name: 'Simple workflow',
        initial: toDo,
        statuses: [toDo, inProgress, done],
        transitions: [
          { id: '11', name: 'To Do', to: toDo },
          { id: '21', name: 'In Progress', to: inProgress },
          { id: '31', name: 'Done', to: done },
        ],
      },
      {
        id: 'bug',
        name: 'Bug workflow',
        initial: toDo,
        statuses: [toDo, inProgress, inReview, done],
        transitions: [
          { id: '11', name: 'Start work', from: [toDo], to: inProgress },
          { id: '21', name: 'Ask for review', from: [inProgress], to: inReview },
          { id: '31', name: 'Reject', from: [inReview], to: inProgress },
          { id: '41', name: 'Resolve', from: [inReview], to: done, screen: required('resolution') },
          { id: '51', name: 'Reopen', from: [done], to: inProgress },
        ],
      },
    ],
    projects: [
      {
        id: '10010',
        key: 'SUP',
        name: 'Support',
        kind: 'service_desk',
        lead: admin,
        types: [type('10010', 'support', common), type('10011', 'support', common)],
      },
      {
        id: '10020',
        key: 'OPS',
        name: 'Operations',
        kind: 'software',
        lead: admin,
        types: [
          type('10011', 'simple', development),
          type('10012', 'bug', [...development, ...required('customfield_10055')]),
        ],
      },
    ],
    globalGrants: { [admin]: ['ADMINISTER', 'SYSTEM_ADMIN', 'BULK_CHANGE', 'USER_PICKER'], [agent]: ['USER_PICKER'] },
    projectGrants: {
      SUP: { [admin]: ['*'], [agent]: agentRights, [viewer]: everyone, [app]: ['*'] },
      OPS: { [admin]: ['*'], [agent]: agentRights, [viewer]: everyone, [outsider]: agentRights, [app]: ['*'] },
    },
  };
}
