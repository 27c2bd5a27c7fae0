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
  /** Of what both own; the later edit wins without one. */
  readonly onConflict?: Policy;
}
export const policies = ['salesforce', 'jira', 'hold'] as const;
export type Policy = (typeof policies)[number];

/** What only an issue that the bridge makes is given. */
export interface Prefill {
  readonly text: string;
  /** As Jira takes it. */
  readonly field: string;
  readonly raw: unknown;
}
const prefills: readonly Prefill[] = [
  { text: 'labels = "from-salesforce"', field: 'labels', raw: ['from-salesforce'] },
  { text: '"Customer" = "walk-in"', field: 'customfield_10040', raw: 'walk-in' },
];

/** Before everything that happens here, and after all of it. */
const days = ['2026-01-01', '2199-01-01'] as const;

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
  /** A day from which on records count as new. */
  readonly since?: string;
  readonly prefill?: Prefill;
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
  readonly since?: string | undefined;
  readonly prefill?: Prefill | undefined;
  readonly where?: Where | undefined;
  readonly rule?: SimProgram['rule'] | undefined;
  readonly status?: boolean;
  readonly comments?: SimProgram['comments'];
  readonly files?: boolean;
}

export function programOf(parts: Parts): SimProgram {
  const { mappings, create, since, prefill, where, rule, status, comments, files = false } = parts;
  const lines = [
    '  salesforce Case',
    ...(where ? [`  where ${where.text}`] : []),
    '  jira SUP / "Incident"',
    '  sync custom',
    `  create ${create}${since === undefined ? '' : ` since ${since}`}`,
    '  fields {',
    ...mappings.map(
      ({ relation, owner, onConflict }) =>
        `    ${relation.line(arrows[owner])}${onConflict === undefined ? '' : ` on conflict ${onConflict}`}`,
    ),
    '  }',
    ...(prefill ? [`  new issue { ${prefill.text} }`] : []),
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
    ...(since === undefined ? {} : { since }),
    ...(prefill ? { prefill } : {}),
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
  const mappings = drawMappings(dice, shared);
  return programOf({
    mappings,
    ...drawSteering(dice),
    prefill: drawPrefill(dice, mappings),
    where: dice.chance('where', 0.3) ? notWeb : undefined,
    ...(comments && { comments }),
    files: dice.chance('files', 0.3),
  });
}

/** Another program for the same item: who is covered, who owns what, and what steers the status. */
export function reviseProgram(dice: Dice, { parts }: SimProgram): SimProgram {
  const { create, since, where, rule, status } = parts;
  const steering = { ...(rule && { rule }), ...(status && { status }), create, since };
  const others = optional.filter(({ target }) => parts.mappings.every(({ relation }) => relation.target !== target));
  const added = dice.chance('one more', 0.4) && others.length > 0 ? [dice.pick('added', others)] : [];
  const changed = dice.int('changed', parts.mappings.length);
  const mappings = [
    ...parts.mappings.map((mapped, at) =>
      at === changed
        ? drawMapped(dice.of('changed'), mapped.relation, dice.pick('owner', mapped.relation.owners))
        : mapped,
    ),
    ...added.map(relation => drawMapped(dice.of('added'), relation, dice.pick('owner of it', relation.owners))),
  ];
  return programOf({
    ...parts,
    mappings,
    rule: undefined,
    status: false,
    ...(dice.chance('steering', 0.5) ? drawSteering(dice.of('again')) : steering),
    prefill: drawPrefill(dice, mappings),
    where: dice.chance('where', 0.3) ? (where ? undefined : notWeb) : where,
  });
}

/** What a mapping writes already, is nothing to be given beside it. */
function drawPrefill(dice: Dice, mappings: readonly Mapped[]): Prefill | undefined {
  const free = prefills.filter(({ field }) =>
    mappings.every(({ relation, owner }) => relation.target !== field || owner === 'jira'),
  );
  return dice.chance('prefill', 0.25) ? dice.pick('prefilled', free) : undefined;
}

function drawMapped(dice: Dice, relation: Relation, owner: Owner): Mapped {
  if (owner !== 'both' || !dice.chance(`conflicts of ${relation.name}`, 0.4)) return { relation, owner };
  return { relation, owner, onConflict: dice.pick(`policy of ${relation.name}`, policies) };
}

function drawSteering(dice: Dice): Pick<Parts, 'rule' | 'status' | 'create' | 'since'> {
  const steering = dice.draw('steering', { rule: 4, status: 4, none: 2 });
  const rule = steering === 'rule' ? drawRule(dice) : undefined;
  const create = dice.chance('off', 0.06)
    ? 'off'
    : rule !== undefined && dice.chance('matching', 0.3)
      ? 'matching'
      : 'all';
  const since = create !== 'off' && dice.chance('since', 0.12) ? dice.pick('day', [days[0], ...days]) : undefined;
  return { ...(rule && { rule }), ...(steering === 'status' && { status: true }), create, since };
}

function drawMappings(dice: Dice, shared: boolean): readonly Mapped[] {
  const name = dice.pick('name', [subject, subject, sharedSubject, template]);
  const others = optional.filter(({ name: own }) => dice.chance(`has ${own}`, 0.6));
  // No target has two writers.
  const apart = others.filter(({ target }, at) => others.findIndex(other => other.target === target) === at);
  return [name, ...apart].map(relation =>
    drawMapped(
      dice,
      relation,
      shared && relation.owners.includes('both') ? 'both' : dice.pick(`owner of ${relation.name}`, relation.owners),
    ),
  );
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
