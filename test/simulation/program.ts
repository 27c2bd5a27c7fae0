/** A program as text, beside what it promises: what the checks at the end hold it to. */
import { arrows, type Owner, type RecordFacts, type Relation } from './relations.ts';

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
/** Records may leave it and come back. */
export const notLow: Where = { text: 'Priority is not "Low"', holds: ({ Priority }) => Priority !== 'Low' };
export const onlyWeb: Where = { text: 'Origin is "Web"', holds: ({ Origin }) => Origin === 'Web' };

/** A program of one item, and of up to two others: one for the records that it leaves out, and one that shares records. */
export interface SimProgram extends SimItem {
  readonly parts: Parts;
  readonly text: string;
  readonly others: readonly SimItem[];
}

export interface SimItem {
  readonly id: string;
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
  /** What surrounds the record is shown. */
  readonly associations: boolean;
}

const pairs: NonNullable<SimItem['status']> = [
  ['New', 'To Do'],
  ['Working', 'In Progress'],
  ['Escalated', 'Waiting'],
  ['Closed', 'Done'],
];

/** What an item consists of; its text is made of it. */
export interface ItemParts {
  readonly mappings: readonly Mapped[];
  readonly create: 'off' | 'matching' | 'all';
  readonly since?: string | undefined;
  readonly prefill?: Prefill | undefined;
  readonly where?: Where | undefined;
  readonly rule?: SimItem['rule'] | undefined;
  readonly status?: boolean;
  readonly comments?: SimItem['comments'];
  readonly files?: boolean;
  readonly associations?: boolean;
}

export interface Parts extends ItemParts {
  /** Renamed: it has another id than it began with. */
  readonly renamed?: boolean;
  /** Another item, for the records that this one leaves out. */
  readonly beside?: ItemParts | undefined;
  /** Another item, for records that the others have as well. */
  readonly across?: ItemParts | undefined;
}

export function programOf(parts: Parts): SimProgram {
  const { renamed = false, beside, across } = parts;
  const others = [...(beside ? [['web', beside] as const] : []), ...(across ? [['desk', across] as const] : [])];
  const head = renamed ? 'item tickets was cases "Cases"' : 'item cases "Cases"';
  const items = [
    `${head} ${blockOf(parts)}`,
    ...others.map(([id, other]) => `item ${id} "Cases of the ${id}" ${blockOf(other)}`),
  ];
  const table = [parts, ...others.map(([, other]) => other)].some(({ mappings }) =>
    mappings.some(({ relation }) => relation.name === 'priority'),
  )
    ? 'values severity { "High" <-> "Highest" "Medium" <-> "Medium" "Low" <-> "Low" otherwise keep }\n'
    : '';
  return {
    ...itemOf(renamed ? 'tickets' : 'cases', parts),
    parts,
    text: `${items.join('\n')}\n${table}`,
    others: others.map(([id, other]) => itemOf(id, other)),
  };
}

function itemOf(id: string, parts: ItemParts): SimItem {
  const {
    mappings,
    create,
    since,
    prefill,
    where,
    rule,
    status,
    comments,
    files = false,
    associations = false,
  } = parts;
  return {
    id,
    mappings,
    create,
    ...(since === undefined ? {} : { since }),
    ...(prefill ? { prefill } : {}),
    ...(where ? { where } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(status ? { status: pairs } : {}),
    ...(comments === undefined ? {} : { comments }),
    files,
    associations,
  };
}

function blockOf(parts: ItemParts): string {
  const {
    mappings,
    create,
    since,
    prefill,
    where,
    rule,
    status,
    comments,
    files = false,
    associations = false,
  } = parts;
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
    ...(associations ? ['  associations on'] : []),
  ];
  return `{\n${lines.join('\n')}\n}`;
}

/** An item keeps its place in a program when its id changes. */
export type Place = 'own' | 'beside' | 'across';
const places: Readonly<Record<string, Place>> = { web: 'beside', desk: 'across' };

export const itemsOf = (program: SimProgram): readonly SimItem[] => [program, ...program.others];
export const placeOf = (id: string): Place => places[id] ?? 'own';
export const itemAt = (program: SimProgram, place: Place): SimItem | undefined =>
  itemsOf(program).find(({ id }) => placeOf(id) === place);

/** By what a record is known as an item's business. */
export const businessOf = (place: Place, record: string): string => `${place} ${record}`;

/** What people may edit. A case that any item shares with Jira by its name is never left without one. */
export function mappingsOf(program: SimProgram): readonly Mapped[] {
  const others = program.others.flatMap(({ mappings }) => mappings);
  return [
    ...program.mappings.map(
      own => others.find(({ relation, owner }) => relation.name === own.relation.name && owner === 'both') ?? own,
    ),
    ...others.filter(({ relation }) => program.mappings.every(own => own.relation.target !== relation.target)),
  ];
}

export const covers = ({ where }: SimItem, record: RecordFacts): boolean => where?.holds(record) ?? true;

/** The status that the rule asks for; nothing where it leaves the issue alone. */
export const ruleTarget = ({ rule }: SimItem, record: RecordFacts): string | undefined =>
  rule === undefined ? undefined : (rule.branches.find(branch => branch.holds(record))?.to ?? rule.otherwise);

/** Whether one of its conditions holds: what `create matching` asks for. */
export const meetsRule = ({ rule }: SimItem, record: RecordFacts): boolean =>
  rule?.branches.some(branch => branch.holds(record)) ?? false;
