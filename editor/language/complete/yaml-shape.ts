/**
 * What completion offers in YAML. Which keys a map has and what stands under each comes from the reader's own table;
 * here is what a new one starts as, and what a value is chosen from. A key without a row here would not compile.
 */
import { type Content, type ShapeName, type ShapeOf, shapes } from '../../../dsl/yaml/shapes.ts';
import type { Slot } from './slot.ts';

/** What is due at a place of the document. */
export type Shape =
  | {
      readonly kind: 'map';
      readonly keys: Readonly<Record<string, Key>>;
      /** Keys of one group go with none of another. */
      readonly apart: readonly (readonly string[])[];
    }
  /** Any key: an id, or what `names` says; `start` is what a new one holds. */
  | { readonly kind: 'entries'; readonly of: Shape; readonly names?: Names; readonly start: string }
  | { readonly kind: 'list'; readonly of: Shape; readonly start?: string }
  /** A value, or a map instead of it. */
  | { readonly kind: 'value'; readonly slot?: Names; readonly or?: Shape };

export interface Key {
  readonly shape: Shape;
  /** What is written behind a new key; `<Path>` and the like are filled in. */
  readonly start: string;
  readonly about: string;
  /** Keys that hold the same may stand for each other. */
  readonly holds: string;
}
/** `path` and the like are slots of their own; the rest depends on what stands around. */
export type Names =
  | Slot
  | { readonly kind: 'left' | 'right' | 'mapping-target' | 'condition-value' | 'setting-value' | 'assigned-value' };

interface Row {
  readonly start: string;
  /** What a value is chosen from, that of a list or map too. */
  readonly slot?: Names;
  /** What a key is chosen from. */
  readonly names?: Names;
  /** What a new entry of the list or map starts as. */
  readonly entry?: string;
}

const starts = (start: string, slot?: Names): Row => ({ start, ...(slot && { slot }) });
const fields: Names = { kind: 'path', before: [] };
const tables: Names = { kind: 'table' };
const statuses: Names = { kind: 'status' };

const both: Row = { start: '{}', names: { kind: 'left' }, slot: { kind: 'right' } };
const table = {
  pairs: both,
  toJira: both,
  toSalesforce: { start: '{}', names: { kind: 'right' }, slot: { kind: 'left' } },
  otherwise: starts('keep'),
} as const satisfies Record<string, Row>;

const compared = (start: string): Row => starts(start, { kind: 'condition-value' });
const operators = {
  is: compared('value'),
  isNot: compared('value'),
  isOneOf: compared('[value, other]'),
  isNotOneOf: compared('[value, other]'),
  isAtLeast: compared('1'),
  isAtMost: compared('1'),
  isBefore: compared('2026-01-31'),
  isAfter: compared('2026-01-31'),
  contains: starts('part'),
  startsWith: starts('part'),
  isEmpty: starts('true'),
  isNotEmpty: starts('true'),
} as const satisfies Record<string, Row>;

const notEmpty = '{ field: <Path>, isNotEmpty: true }';
const parts: Row = { start: `[${notEmpty}]`, entry: notEmpty };
const record: Row = { start: '{ <Path>: value }', names: fields, slot: { kind: 'assigned-value' } };
const issue: Row = { start: '{ summary: value }', names: { kind: 'jira-field' }, slot: { kind: 'setting-value' } };
const mapping = '{ salesforce: <Path>, jira: <Jira>, owner: salesforce }';
const item =
  '{ name: A name for people, salesforce: <Object>, jira: { project: <PROJECT>, issueType: <Type> }, sync: custom }';
const created = '{ expect: { created: true } }';

const rows: { readonly [Name in ShapeName]: Readonly<Record<keyof (typeof shapes)[Name]['keys'], Row>> } = {
  program: {
    items: { start: `{ new-id: ${item} }`, entry: item },
    values: { start: '{ new-id: { pairs: {} } }', entry: '{ pairs: {} }' },
    tests: { start: '[]', entry: `{ name: what must hold, item: <Item>, steps: [${created}] }` },
  },
  item: {
    name: starts('A name for people'),
    was: starts('old-id'),
    salesforce: starts('<Object>', { kind: 'object' }),
    where: starts(notEmpty),
    jira: starts('{ project: <PROJECT>, issueType: <Type> }'),
    sync: starts('custom'),
    create: starts('all'),
    fields: { start: `[${mapping}]`, entry: mapping },
    newIssue: { ...issue, start: '{}', names: { kind: 'jira-field', of: 'setting' } },
    status: starts('{ field: <Status> }'),
    rules: { start: '[{ otherwise: leave }]', entry: '{ otherwise: leave }' },
    comments: starts('on'),
    attachments: starts('on'),
    associations: starts('on'),
    show: starts('[<Path>]'),
  },
  jira: {
    project: starts('<PROJECT>', { kind: 'project' }),
    projects: starts('[<PROJECT>]', { kind: 'project' }),
    issueType: starts('<Type>', { kind: 'issue-type' }),
  },
  create: { records: starts('all'), since: starts('2026-01-01') },
  mapping: {
    salesforce: starts('<Path>'),
    template: starts('"{<Path>}"'),
    jira: starts('<Jira>', { kind: 'mapping-target' }),
    owner: starts('salesforce'),
    by: starts('<Table>', tables),
    cutAt: starts('255'),
    orElse: starts('skip'),
    onConflict: starts('latest'),
  },
  text: { text: starts('"text"') },
  table,
  inlineTable: table,
  status: {
    field: starts('<Status>', { kind: 'path', before: [], only: 'status' }),
    by: starts('<Table>', tables),
    ...table,
  },
  rule: { when: starts(notEmpty), moveTo: starts('<Move>', statuses), otherwise: starts('leave') },
  move: { moveTo: starts('<Move>', statuses) },
  comments: { internal: starts('true'), published: starts('true') },
  operators,
  condition: {
    all: parts,
    any: parts,
    not: starts('{ field: <Path>, isEmpty: true }'),
    field: starts('<Path>'),
    ...operators,
  },
  test: {
    name: starts('what must hold'),
    item: starts('<Item>', { kind: 'item' }),
    steps: { start: `[${created}]`, entry: created },
  },
  step: {
    at: starts('5m'),
    salesforce: record,
    jira: issue,
    cycle: starts('true'),
    expect: starts('{ created: true }'),
  },
  expect: {
    created: starts('true'),
    jira: issue,
    salesforce: record,
    writes: starts('{ salesforce: 0 }'),
  },
  writes: { salesforce: starts('0'), jira: starts('0') },
};

const words = (...list: readonly string[]): Names => ({
  kind: 'words',
  words: Object.fromEntries(list.map(word => [word, ''])),
});
/** What values of a kind are chosen from wherever they stand. */
const chosen: Partial<Record<Extract<Content, string>, Names>> = {
  path: fields,
  switch: { kind: 'words', words: { on: 'It is on.', off: 'It is off.' } },
  flag: words('true', 'false'),
  true: words('true'),
};

const value = (slot: Names | undefined, or?: Shape): Shape => ({
  kind: 'value',
  ...(slot && { slot }),
  ...(or && { or }),
});

function shapeOf(is: Content, row: Row): Shape {
  if (is === 'condition') return mapOf('condition');
  if (typeof is === 'string') return value(row.slot ?? chosen[is]);
  if ('shape' in is) return mapOf(is.shape);
  if ('words' in is) return value({ kind: 'words', words: is.words });
  const { names, entry } = row;
  if ('mapOf' in is)
    return { kind: 'entries', of: shapeOf(is.mapOf, row), start: entry ?? 'value', ...(names && { names }) };
  if ('listOf' in is)
    return { kind: 'list', of: shapeOf(is.listOf, row), ...(entry === undefined ? {} : { start: entry }) };
  const either = is.either.map(one => shapeOf(one, row));
  const [first] = either.flatMap(one => (one.kind === 'value' && one.slot !== undefined ? [one.slot] : []));
  return value(
    first,
    either.find(({ kind }) => kind === 'map'),
  );
}

const maps = new Map<ShapeName, Shape>();

/** Made when it is first asked for: conditions stand in conditions. */
function mapOf(name: ShapeName): Shape {
  const known = maps.get(name);
  if (known !== undefined) return known;
  const shape: ShapeOf = shapes[name];
  const keys: Record<string, Key> = {};
  const made: Shape = { kind: 'map', keys, apart: groupsOf(shape) };
  maps.set(name, made);
  for (const [key, { about, is }] of Object.entries(shape.keys)) {
    const row = (rows[name] as Readonly<Record<string, Row>>)[key]!;
    keys[key] = { shape: shapeOf(is, row), start: row.start, about, holds: JSON.stringify([is, row.slot]) };
  }
  return made;
}

/** Keys of which one is due, each with those that need it; and those that exclude others. */
function groupsOf({ one = [], needs = {}, excludes = {} }: ShapeOf): readonly (readonly string[])[] {
  const due = one.map(key => [key, ...Object.keys(needs).filter(other => needs[other]!.includes(key))]);
  return [...due, ...Object.entries(excludes).flatMap(([key, others]) => [[key], others])];
}

export const program: Shape = mapOf('program');
