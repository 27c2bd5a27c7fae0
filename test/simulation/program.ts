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

export interface Where {
  readonly text: string;
  holds(record: RecordFacts): boolean;
}
export const notWeb: Where = { text: 'Origin is not "Web"', holds: ({ Origin }) => Origin !== 'Web' };

export interface SimProgram {
  readonly parts: Parts;
  readonly text: string;
  readonly mappings: readonly Mapped[];
  readonly create: 'off' | 'matching' | 'all';
  readonly where?: Where;
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

/** What a program consists of; its text is made of it. */
export interface Parts {
  readonly mappings: readonly Mapped[];
  readonly create: 'off' | 'matching' | 'all';
  readonly where?: Where | undefined;
  readonly rule?: SimProgram['rule'] | undefined;
  readonly status?: boolean;
  readonly comments?: SimProgram['comments'];
  readonly files?: boolean;
}

export function programOf(parts: Parts): SimProgram {
  const { mappings, create, where, rule, status, comments, files = false } = parts;
  const lines = [
    '  salesforce Case',
    ...(where ? [`  where ${where.text}`] : []),
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
    ...(status
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
    parts,
    text: `item ${itemId} "Cases" {\n${lines.join('\n')}\n}\n${table}`,
    mappings,
    create,
    ...(where ? { where } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(status ? { status: pairs } : {}),
    ...(comments === undefined ? {} : { comments }),
    files,
  };
}

/** `shared`: whatever both sides may own, both do. */
export function drawProgram(dice: Dice, shared = false): SimProgram {
  const comments = dice.chance('comments', 0.5)
    ? { internal: dice.chance('internal', 0.3), published: dice.chance('published', 0.3) }
    : undefined;
  return programOf({
    mappings: drawMappings(dice, shared),
    ...drawSteering(dice),
    where: dice.chance('where', 0.3) ? notWeb : undefined,
    ...(comments && { comments }),
    files: dice.chance('files', 0.3),
  });
}

/** Another program for the same item: who is covered, who owns what, and what steers the status. */
export function reviseProgram(dice: Dice, { parts }: SimProgram): SimProgram {
  const { mappings, create, where, comments, files } = parts;
  const { rule, status } = parts;
  const steering = { ...(rule && { rule }), ...(status && { status }), create };
  const others = optional.filter(({ target }) => mappings.every(({ relation }) => relation.target !== target));
  const added = dice.chance('one more', 0.4) && others.length > 0 ? [dice.pick('added', others)] : [];
  const changed = dice.int('changed', mappings.length);
  return programOf({
    mappings: [
      ...mappings.map((mapped, at) =>
        at === changed ? { ...mapped, owner: dice.pick('owner', mapped.relation.owners) } : mapped,
      ),
      ...added.map(relation => ({ relation, owner: dice.pick('owner of it', relation.owners) })),
    ],
    ...(dice.chance('steering', 0.5) ? drawSteering(dice.of('again')) : steering),
    where: dice.chance('where', 0.3) ? (where ? undefined : notWeb) : where,
    ...(comments && { comments }),
    files: files === true,
  });
}

function drawSteering(dice: Dice): Pick<Parts, 'rule' | 'status' | 'create'> {
  const steering = dice.draw('steering', { rule: 4, status: 4, none: 2 });
  const rule = steering === 'rule' ? drawRule(dice) : undefined;
  const create = dice.chance('off', 0.06)
    ? 'off'
    : rule !== undefined && dice.chance('matching', 0.3)
      ? 'matching'
      : 'all';
  return { ...(rule && { rule }), ...(steering === 'status' && { status: true }), create };
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
