/** A random program that is valid, as text, beside what it promises: what the checks at the end hold it to. */
import type { Dice } from './dice.ts';
import {
  arrows,
  type Owner,
  optional,
  type RecordFacts,
  type Relation,
  sharedSubject,
  subject,
  template,
} from './relations.ts';

export interface Mapped {
  readonly relation: Relation;
  readonly owner: Owner;
}

export interface Branch {
  readonly text: string;
  readonly to: string;
  holds(record: RecordFacts): boolean;
}

export interface SimProgram {
  readonly text: string;
  readonly mappings: readonly Mapped[];
  readonly create: 'all' | 'matching';
  readonly where?: { holds(record: RecordFacts): boolean };
  /** First match wins; without `otherwise` the last one leaves the status alone. */
  readonly rule?: { readonly branches: readonly Branch[]; readonly otherwise?: string };
  readonly status?: readonly (readonly [salesforce: string, jira: string])[];
  readonly comments?: { readonly internal: boolean; readonly published: boolean };
  readonly files: boolean;
}

export const itemId = 'cases';

const conditions: readonly Omit<Branch, 'to'>[] = [
  { text: 'Account.Rating is "Hot"', holds: ({ Account }) => Account?.Rating === 'Hot' },
  { text: 'Account.Rating is not "Cold"', holds: ({ Account }) => Account?.Rating !== 'Cold' },
  { text: 'Priority is "High"', holds: ({ Priority }) => Priority === 'High' },
  { text: 'Description is empty', holds: ({ Description }) => (Description ?? '') === '' },
  {
    text: 'Priority is one of "High", "Medium" and Account.Rating is "Hot"',
    holds: ({ Priority, Account }) => (Priority === 'High' || Priority === 'Medium') && Account?.Rating === 'Hot',
  },
  { text: 'not (SuppliedName contains "a")', holds: ({ SuppliedName }) => !/a/i.test(String(SuppliedName ?? '')) },
];
const statuses = ['To Do', 'In Progress', 'Waiting', 'Done'];
const pairs: NonNullable<SimProgram['status']> = [
  ['New', 'To Do'],
  ['Working', 'In Progress'],
  ['Escalated', 'Waiting'],
  ['Closed', 'Done'],
];

/** `shared`: whatever both sides may own, both do. */
export function drawProgram(dice: Dice, shared = false): SimProgram {
  const mappings = drawMappings(dice, shared);
  const steering = dice.draw('steering', { rule: 4, status: 4, none: 2 });
  const rule = steering === 'rule' ? drawRule(dice) : undefined;
  const create = rule !== undefined && dice.chance('matching', 0.3) ? 'matching' : 'all';
  const hasWhere = dice.chance('where', 0.3);
  const comments = dice.chance('comments', 0.5)
    ? { internal: dice.chance('internal', 0.3), published: dice.chance('published', 0.3) }
    : undefined;
  const files = dice.chance('files', 0.3);

  const lines = [
    '  salesforce Case',
    ...(hasWhere ? ['  where Origin is not "Web"'] : []),
    '  jira SUP / "Incident"',
    '  sync custom',
    `  create ${create}`,
    '  fields {',
    ...mappings.map(({ relation, owner }) => `    ${relation.line(arrows[owner])}`),
    '  }',
    ...(rule?.branches.map(({ text, to }) => `  when ${text} move to "${to}"`) ?? []),
    ...(rule === undefined
      ? []
      : [rule.otherwise === undefined ? '  otherwise leave' : `  otherwise move to "${rule.otherwise}"`]),
    ...(steering === 'status'
      ? ['  status Status {', ...pairs.map(([from, to]) => `    "${from}" <-> "${to}"`), '    otherwise keep', '  }']
      : []),
    ...(comments === undefined
      ? []
      : [`  comments on${comments.internal ? ', internal too' : ''}${comments.published ? ', published' : ''}`]),
    ...(files ? ['  attachments on'] : []),
  ];
  const table = mappings.some(({ relation }) => relation.name === 'priority')
    ? 'values severity { "High" <-> "Highest" "Medium" <-> "Medium" "Low" <-> "Low" otherwise keep }\n'
    : '';
  return {
    text: `item ${itemId} "Cases" {\n${lines.join('\n')}\n}\n${table}`,
    mappings,
    create,
    ...(hasWhere ? { where: { holds: ({ Origin }: RecordFacts) => Origin !== 'Web' } } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(steering === 'status' ? { status: pairs } : {}),
    ...(comments === undefined ? {} : { comments }),
    files,
  };
}

function drawMappings(dice: Dice, shared: boolean): readonly Mapped[] {
  const name = dice.pick('name', [subject, subject, sharedSubject, template]);
  const others = optional.filter(({ name: own }) => dice.chance(`has ${own}`, 0.6));
  // No target has two writers.
  const apart = others.filter(({ target }, at) => others.findIndex(other => other.target === target) === at);
  return [name, ...apart].map(relation => ({
    relation,
    owner:
      shared && relation.owners.includes('both') ? 'both' : dice.pick(`owner of ${relation.name}`, relation.owners),
  }));
}

function drawRule(dice: Dice): NonNullable<SimProgram['rule']> {
  const count = dice.chance('two branches', 0.4) ? 2 : 1;
  const first = dice.int('condition', conditions.length);
  const branches = Array.from({ length: count }, (_, at) => ({
    ...conditions[(first + at * 2) % conditions.length]!,
    to: dice.pick(`target ${at}`, statuses),
  }));
  return dice.chance('leave', 0.2) ? { branches } : { branches, otherwise: dice.pick('otherwise', statuses) };
}

/** The status that the rule asks for; nothing where it leaves the issue alone. */
export const ruleTarget = ({ rule }: SimProgram, record: RecordFacts): string | undefined =>
  rule === undefined ? undefined : (rule.branches.find(branch => branch.holds(record))?.to ?? rule.otherwise);

/** Whether one of its conditions holds: what `create matching` asks for. */
export const meetsRule = ({ rule }: SimProgram, record: RecordFacts): boolean =>
  rule?.branches.some(branch => branch.holds(record)) ?? false;
