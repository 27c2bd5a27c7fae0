/**
 * What is decided: one item with twelve mappings of every owner and the usual types, a value table and a rule
 * of two branches, and pairs of a changed record and its issue. Rich texts are left out: by hand and by plan they
 * take the same long way, which would hide all the rest.
 */
import { analyse } from '../../compiler/analysis.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { createSourceFile } from '../../dsl/index.ts';
import type { ReconcileInput } from '../../runtime/engine/index.ts';
import { issueType, jiraField, object, salesforceField } from '../corpus/world.ts';

const text = `item cases "Cases" {
  salesforce Case__c
  jira SUP / "Incident"
  sync custom

  fields {
    Subject__c -> summary
    Reference__c <-> "Reference"
    Contact__c -> "Contact"
    Email__c -> "Email"
    Amount__c <-> "Amount"
    Hours__c <- "Hours"
    Quantity__c -> "Quantity"
    Due__c <-> duedate
    Reported__c -> "Reported"
    Level__c <-> "Level" {
      "High" <-> "Urgent"
      "Medium" <-> "Soon"
      "Low" <-> "Later"
    }
    Region__c -> "Region" or else skip
    Account__r.Name -> "Customer"
  }

  when Level__c is "High" and Amount__c is at least 50000 and Region__c is one of "EMEA", "APAC" move to "Escalated"
  when Account__r.Rating__c is "Hot" and not Subject__c contains "test" move to "In Progress"
  otherwise move to "To Do"
}
`;

const listed = (name: string, values: readonly string[]) => ({
  ...salesforceField(name, 'picklist'),
  values: values.map(value => ({ value, label: value, active: true })),
});

const fields = {
  summary: jiraField('summary', 'Summary', 'text'),
  reference: jiraField('customfield_1', 'Reference', 'text'),
  contact: jiraField('customfield_2', 'Contact', 'text'),
  email: jiraField('customfield_3', 'Email', 'text'),
  amount: jiraField('customfield_4', 'Amount', 'number'),
  hours: jiraField('customfield_5', 'Hours', 'number'),
  quantity: jiraField('customfield_6', 'Quantity', 'number'),
  due: jiraField('duedate', 'Due date', 'date'),
  reported: jiraField('customfield_7', 'Reported', 'datetime'),
  level: jiraField('customfield_8', 'Level', 'option'),
  region: jiraField('customfield_9', 'Region', 'option'),
  customer: jiraField('customfield_10', 'Customer', 'text'),
};
const options: Readonly<Record<string, readonly string[]>> = {
  [fields.level.id]: ['Urgent', 'Soon', 'Later'],
  [fields.region.id]: ['EMEA', 'APAC', 'AMER'],
};
const statuses = ['To Do', 'In Progress', 'Escalated'] as const;

function metadata(): Metadata {
  const incident = issueType(
    '1',
    'Incident',
    Object.values(fields).map(({ id }) => id),
  );
  const account = object('Account', 'Account', [
    salesforceField('Name', 'string'),
    listed('Rating__c', ['Hot', 'Warm', 'Cold']),
  ]);
  const record = object('Case__c', 'Case', [
    salesforceField('Subject__c', 'string'),
    salesforceField('Reference__c', 'string'),
    salesforceField('Contact__c', 'string'),
    salesforceField('Email__c', 'email'),
    salesforceField('Amount__c', 'currency'),
    salesforceField('Hours__c', 'double'),
    salesforceField('Quantity__c', 'int'),
    salesforceField('Due__c', 'date'),
    salesforceField('Reported__c', 'datetime'),
    listed('Level__c', ['High', 'Medium', 'Low']),
    listed('Region__c', ['EMEA', 'APAC', 'AMER']),
    salesforceField('Account__c', 'reference'),
  ]);
  return {
    salesforce: { apiVersion: '67.0', objects: [account, record] },
    jira: {
      projects: [
        {
          id: '1',
          key: 'SUP',
          name: 'Support',
          type: 'software',
          issueTypes: [
            {
              ...incident,
              statuses: statuses.map((_, at) => `${at + 1}`),
              transitions: statuses.map((name, at) => ({ id: `${at}`, name, to: `${at + 1}`, initial: false })),
              fields: incident.fields.map(field => {
                const allowed = options[field.id];
                const { allowedValues: _, ...plain } = field;
                return allowed === undefined
                  ? plain
                  : { ...plain, allowedValues: allowed.map((name, at) => ({ id: `${at}`, name })) };
              }),
            },
          ],
        },
      ],
      fields: Object.values(fields),
      statuses: statuses.map((name, at) => ({ id: `${at + 1}`, name, category: 'new' })),
    },
  };
}

export function itemPlan(): ItemPlan {
  const { plan, diagnostics } = analyse([createSourceFile('cases.bridge', text)], metadata());
  const [item] = plan?.items ?? [];
  if (item === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return item;
}

export type Pair = Omit<ReconcileInput, 'plan'>;

/** The same numbers for the same seed, on every machine. */
function draws(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    chance: (of: number) => next() < of,
    below: (n: number) => Math.floor(next() * n),
    one: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!,
  };
}

const words =
  'printer cannot be reached from the second floor since the move of the office to the north building'.split(' ');

/** As JSON brings it, which is how V8 lays it out best. */
const arrived = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const edit = (at: number) => ({
  at,
  author: 'somebody',
  field: 'summary',
  from: null,
  to: null,
  fromString: '',
  toString: 'edited by somebody',
});

/**
 * Linked pairs as a cycle meets them: the record was changed, most often in one field; now and then the issue
 * was edited too. About one in six meets a branch of the rule.
 */
export function pairs(count: number): readonly Pair[] {
  const { chance, below, one } = draws(7);
  const now = Date.UTC(2026, 10, 26, 12);
  const day = (n: number) => new Date(now + n * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, n): Pair => {
    const level = one(['High', 'Medium', 'Low']);
    const before = {
      Subject__c: Array.from({ length: 6 }, () => one(words)).join(' '),
      Reference__c: `REF-${below(100_000)}`,
      Contact__c: one(['Ada Lovelace', 'Alan Turing', 'Grace Hopper']),
      Email__c: `person${below(1000)}@example.com`,
      Amount__c: below(100_000) + 0.5,
      Hours__c: below(40) / 4,
      Quantity__c: below(20),
      Due__c: chance(0.2) ? null : day(below(60)),
      Reported__c: `${day(-below(60))}T09:30:00.000+0000`,
      Level__c: level,
      Region__c: one(['EMEA', 'APAC', 'AMER']),
      Account__r: { Name: `Account ${below(500)}`, Rating__c: chance(0.1) ? 'Hot' : one(['Warm', 'Cold']) },
    };
    const issue: Record<string, unknown> = {
      summary: before.Subject__c,
      customfield_1: before.Reference__c,
      customfield_2: before.Contact__c,
      customfield_3: before.Email__c,
      customfield_4: before.Amount__c,
      customfield_5: before.Hours__c,
      customfield_6: before.Quantity__c,
      duedate: before.Due__c,
      customfield_7: before.Reported__c,
      customfield_8: { id: '1', value: { High: 'Urgent', Medium: 'Soon', Low: 'Later' }[level] },
      customfield_9: { id: '1', value: before.Region__c },
      customfield_10: before.Account__r.Name,
      status: { id: '1', name: 'To Do' },
    };
    const reported = before.Reported__c.replace('+0000', 'Z');
    const bases = arrived({
      summary: { salesforce: before.Subject__c, jira: before.Subject__c },
      customfield_1: { salesforce: before.Reference__c, jira: before.Reference__c },
      customfield_2: { salesforce: before.Contact__c, jira: before.Contact__c },
      customfield_3: { salesforce: before.Email__c, jira: before.Email__c },
      customfield_4: { salesforce: before.Amount__c, jira: before.Amount__c },
      customfield_5: { salesforce: before.Hours__c, jira: before.Hours__c },
      customfield_6: { salesforce: before.Quantity__c, jira: before.Quantity__c },
      duedate: { salesforce: before.Due__c, jira: before.Due__c },
      customfield_7: { salesforce: reported, jira: reported },
      customfield_8: { salesforce: level, jira: (issue.customfield_8 as { value: string }).value },
      customfield_9: { salesforce: before.Region__c, jira: before.Region__c },
      customfield_10: { salesforce: before.Account__r.Name, jira: before.Account__r.Name },
    });
    const changed: Partial<typeof before> = one<Partial<typeof before>>([
      { Subject__c: `${before.Subject__c}, again` },
      { Amount__c: before.Amount__c + 1000 },
      { Due__c: day(90) },
      { Level__c: one(['High', 'Medium', 'Low']) },
      { Reference__c: `REF-${below(100_000)}` },
      // A field that no mapping reads moved the stamp.
      {},
    ]);
    if (chance(0.1)) issue.customfield_5 = before.Hours__c + 1;
    const edited = chance(0.05);
    if (edited) issue.summary = 'edited by somebody';
    return {
      link: { bases, status: { salesforce: null, jira: 'To Do' } },
      record: {
        id: `a00${String(n).padStart(12, '0')}AAA`,
        object: 'Case__c',
        fields: arrived({ ...before, ...changed }),
        stamp: now,
        createdAt: now - 86_400_000,
        deleted: false,
      },
      issue: { id: `${n}`, key: `SUP-${n}`, fields: arrived(issue), updated: now },
      changes: edited ? [edit(now - 1000)] : [],
      context: { people: { accountIdOf: () => undefined }, self: 'app' },
      cause: 'record',
      now,
    };
  });
}
