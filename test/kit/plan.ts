/** Plans written by hand for tests of the engine and its runs, as the compiler would lower them. */
import { conversionFor } from '../../compiler/conversion/index.ts';
import type {
  Condition,
  ItemPlan,
  JiraField,
  JiraType,
  MappingPlan,
  Owner,
  Plan,
  SalesforceField,
  SalesforceType,
  Scalar,
} from '../../compiler/plan/ir.ts';
import type { Workflow } from './memory-jira.ts';

const at = (line: number) => ({ file: 'support-cases.bridge', line, column: 3 });

export function field(
  path: string,
  type: SalesforceType = 'string',
  more: Partial<SalesforceField> = {},
): SalesforceField {
  const filterable = type !== 'textarea' && type !== 'rich-textarea';
  return { path: path.split('.'), label: path.split('.').at(-1)!, type, nillable: true, filterable, ...more };
}

export function target(id: string, type: JiraType = 'text', more: Partial<JiraField> = {}): JiraField {
  return { id, name: id[0]!.toUpperCase() + id.slice(1), type, required: false, ...more };
}

export function mapping(
  owner: Owner,
  source: SalesforceField,
  to: JiraField,
  more: Partial<MappingPlan> = {},
): MappingPlan {
  const toJira = owner === 'jira' ? undefined : conversionFor('to-jira', source.type, to.type)?.name;
  const toSalesforce = owner === 'salesforce' ? undefined : conversionFor('to-salesforce', source.type, to.type)?.name;
  return {
    id: to.id,
    owner,
    source: { kind: 'field', field: source },
    target: to,
    ...(toJira && { toJira }),
    ...(toSalesforce && { toSalesforce }),
    onConflict: 'latest',
    origin: at(10),
    ...more,
  };
}

export const is = (where: SalesforceField, value: Scalar): Condition => ({
  kind: 'compare',
  field: where,
  comparison: 'is',
  value,
});

export const statuses = {
  'To Do': { id: '1', name: 'To Do' },
  'In Progress': { id: '2', name: 'In Progress' },
  Done: { id: '3', name: 'Done' },
} as const;

/** To Do and In Progress go everywhere, Done goes only to In Progress. */
export const workflow: Workflow = {
  statuses: Object.values(statuses),
  moves: {
    'To Do': [{ to: 'In Progress' }, { to: 'Done', requires: ['resolution'] }, { to: 'Done' }],
    'In Progress': [{ to: 'To Do' }, { to: 'Done' }],
    Done: [{ to: 'In Progress' }],
  },
};

export const subject = field('Subject', 'string', { length: 255 });
export const description = field('Description', 'textarea', { length: 32_000 });
export const notes = field('Notes__c', 'string', { length: 80 });
export const priority = field('Priority', 'picklist');
export const rating = field('Account.Rating', 'picklist');
export const origin = field('Origin', 'picklist');
export const status = field('Status', 'picklist');

export const table = (...pairs: readonly (readonly [string, string])[]) => ({
  toJira: pairs.map(([from, to]) => ({ from, to, origin: at(40) })),
  toSalesforce: pairs.map(([to, from]) => ({ from, to, origin: at(40) })),
});

/** Subject by Salesforce, description by both, notes by Jira, priority by table; done when the account is hot. */
export function supportCases(more: Partial<ItemPlan> = {}): ItemPlan {
  return {
    id: 'support-cases',
    name: 'Support cases',
    origin: at(2),
    mode: 'custom',
    salesforce: {
      object: 'Case',
      label: 'Case',
      keyPrefix: '500',
      reads: [rating, description, notes, origin, priority, status, subject],
    },
    jira: { projects: [{ id: '10', key: 'SUP' }], issueType: { id: '20', name: 'Incident' } },
    where: { kind: 'not', of: is(origin, 'Web') },
    create: { records: 'all', origin: at(6) },
    mappings: [
      mapping('salesforce', subject, target('summary', 'text', { required: true, length: 255 })),
      mapping('both', description, target('description', 'rich-text')),
      mapping('jira', notes, target('customfield_1', 'text', { name: 'Resolution notes', length: 255 })),
      mapping('both', priority, target('priority', 'priority'), {
        table: { ...table(['High', 'Highest'], ['Medium', 'Medium'], ['Low', 'Low']), otherwise: { kind: 'keep' } },
      }),
    ],
    newIssue: [{ target: target('labels', 'labels'), value: ['from-salesforce'], origin: at(20) }],
    rules: {
      branches: [{ when: is(rating, 'Hot'), moveTo: statuses.Done, origin: at(30) }],
      otherwise: { moveTo: statuses['In Progress'], origin: at(31) },
    },
    comments: { on: false, internal: false, published: false },
    attachments: false,
    associations: false,
    show: [],
    ...more,
  };
}

/** Without the rule: its status goes both ways. */
export function statusCases(): ItemPlan {
  const { rules: _, ...rest } = supportCases();
  const row = (from: string, to: string) => ({ from, to, by: 'row' as const, origin: at(25) });
  return {
    ...rest,
    status: {
      field: status,
      toJira: [row('New', 'To Do'), row('Working', 'In Progress'), row('Closed', 'Done')],
      toSalesforce: [row('To Do', 'New'), row('In Progress', 'Working'), row('Done', 'Closed')],
      origin: at(24),
    },
  };
}

export const planOf = (...items: readonly ItemPlan[]): Plan => ({ version: 1, items });
