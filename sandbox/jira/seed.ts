/** What is in the demo site at first: a dozen issues as people would have left them. */
import { paragraphs } from './adf.ts';
import type { Issue, Stored } from './model.ts';
import { demoAccounts } from './site.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

interface Seed {
  readonly project: string;
  readonly type: string;
  readonly status: string;
  readonly daysAgo: number;
  readonly values: Readonly<Record<string, Stored>>;
  readonly comments?: readonly string[];
}

const { admin, agent, outsider } = demoAccounts;

const seeds: readonly Seed[] = [
  {
    project: 'SUP',
    type: 'Incident',
    status: 'In Progress',
    daysAgo: 6,
    values: {
      summary: 'Scanner on the third floor does not connect',
      description: paragraphs('Since Monday the scanner answers to nobody.', 'A restart did not help.'),
      priority: '2',
      labels: ['hardware'],
      assignee: agent,
      customfield_10040: 'Northwind Traders',
      customfield_10049: { id: '10140', child: '10141' },
    },
    comments: ['A technician comes tomorrow morning.'],
  },
  {
    project: 'SUP',
    type: 'Incident',
    status: 'Waiting',
    daysAgo: 5,
    values: {
      summary: 'Invoice of March is shown twice',
      priority: '3',
      assignee: agent,
      customfield_10040: 'Contoso',
      customfield_10042: 12_500,
      customfield_10045: '10101',
    },
    comments: ['We asked the customer for a screenshot.'],
  },
  {
    project: 'SUP',
    type: 'Incident',
    status: 'To Do',
    daysAgo: 3,
    values: { summary: 'Sign-in page is slow in the morning', priority: '3', labels: ['performance', 'sign-in'] },
  },
  {
    project: 'SUP',
    type: 'Incident',
    status: 'Done',
    daysAgo: 9,
    values: {
      summary: 'Password reset mail does not arrive',
      priority: '1',
      assignee: agent,
      resolution: '10000',
      customfield_10041: paragraphs('The mail was held by a filter; the sender is allowed now.'),
    },
  },
  {
    project: 'SUP',
    type: 'Task',
    status: 'To Do',
    daysAgo: 2,
    values: { summary: 'Call back Adventure Works about renewal', priority: '4', duedate: '2026-12-15' },
  },
  {
    project: 'SUP',
    type: 'Task',
    status: 'In Progress',
    daysAgo: 4,
    values: { summary: 'Write an answer for the portal outage', priority: '2', assignee: agent },
  },
  {
    project: 'OPS',
    type: 'Task',
    status: 'To Do',
    daysAgo: 8,
    values: { summary: 'Renew the certificate of the gateway', priority: '2', components: ['10200'], assignee: admin },
  },
  {
    project: 'OPS',
    type: 'Task',
    status: 'In Progress',
    daysAgo: 7,
    values: { summary: 'Move reports to the new storage', priority: '3', components: ['10201'], reporter: outsider },
  },
  {
    project: 'OPS',
    type: 'Task',
    status: 'Done',
    daysAgo: 12,
    values: { summary: 'Archive last year', priority: '5', fixVersions: ['10210'] },
  },
  {
    project: 'OPS',
    type: 'Bug',
    status: 'In Review',
    daysAgo: 5,
    values: {
      summary: 'Export loses umlauts',
      priority: '2',
      customfield_10055: 'Export service',
      fixVersions: ['10211'],
    },
  },
  {
    project: 'OPS',
    type: 'Bug',
    status: 'To Do',
    daysAgo: 1,
    values: { summary: 'Time-out when a list is empty', priority: '3', customfield_10055: 'List service' },
  },
  {
    project: 'OPS',
    type: 'Bug',
    status: 'Done',
    daysAgo: 10,
    values: { summary: 'Totals are off by one cent', priority: '3', customfield_10055: 'Billing', resolution: '10000' },
  },
];

const dayLength = 24 * 3600 * 1000;

/** Written straight into the documents: these are no edits, so they have neither history nor events. */
export function seedIssues(world: World, state: State, now: number): void {
  for (const seed of [...seeds].sort((a, b) => b.daysAgo - a.daysAgo)) {
    const project = world.project(seed.project)!;
    const named = (list: readonly { readonly id: string; readonly name: string }[], name: string): string =>
      list.find(item => item.name === name)!.id;
    const created = now - seed.daysAgo * dayLength;
    const issue: Issue = {
      id: String(state.next('issue', 10_001)),
      key: `${project.key}-${state.next(`key ${project.id}`, 1)}`,
      projectId: project.id,
      typeId: named(world.site.issueTypes, seed.type),
      statusId: named(world.site.statuses, seed.status),
      creator: agent,
      created,
      updated: created + dayLength / 4,
      statusChanged: created + dayLength / 8,
      resolved: seed.values.resolution === undefined ? null : created + dayLength / 4,
      values: { reporter: agent, ...seed.values },
      properties: {},
    };
    state.putIssue(issue);
    for (const text of seed.comments ?? []) {
      const at = created + dayLength / 4;
      state.putComment({
        id: String(state.next('comment', 10_001)),
        issueId: issue.id,
        author: agent,
        updateAuthor: agent,
        created: at,
        updated: at,
        body: paragraphs(text),
        properties: {},
      });
    }
  }
}
