/** The mappings of two items compared: fields that are written on a side or not any more, and how the others changed. */
import { type Change, type ChangeGroup, change, other, type Said, same, was } from './diff-change.ts';
import type { ItemPlan, MappingPlan, Scalar, TableRow, ValueTable } from './ir.ts';
import { arrows, fallbackText, literalText, sourceText } from './words.ts';

export function mappingChanges(before: ItemPlan, after: ItemPlan): readonly Change[] {
  const changes: Change[] = [];
  const left = new Set(before.mappings);
  const paired = after.mappings.map(mapping => {
    const old = before.mappings.find(one => left.has(one) && one.id === mapping.id) ?? sameEnds(left, mapping);
    if (old !== undefined) left.delete(old);
    return [old, mapping] as const;
  });
  for (const [old, mapping] of paired) changes.push(...mappingChange(old, mapping));
  for (const old of left) changes.push(...written(old, 'less'));
  return changes;
}

/** Ids change when another mapping begins to read the same field. */
const sameEnds = (left: ReadonlySet<MappingPlan>, mapping: MappingPlan): MappingPlan | undefined =>
  [...left].find(one => one.target.id === mapping.target.id && sourceText(one) === sourceText(mapping));

/** As it stands in the text, with a long table counted only. */
function mappingText(mapping: MappingPlan): string {
  const { owner, target, table, cutAt, orElse, onConflict } = mapping;
  return [
    `${sourceText(mapping)} ${arrows[owner]} ${target.name}`,
    ...(table === undefined ? [] : ['by a table']),
    ...(cutAt === undefined ? [] : [`cut at ${cutAt}`]),
    ...(orElse === undefined ? [] : [`or else ${fallbackText(orElse)}`]),
    ...(onConflict === 'latest' ? [] : [`on conflict ${onConflict}`]),
  ].join(' ');
}

const writesJira = ({ owner }: MappingPlan): boolean => owner !== 'jira';
const writesSalesforce = ({ owner }: MappingPlan): boolean => owner !== 'salesforce';

/** All that a mapping writes, as come or gone. */
function written(mapping: MappingPlan, effect: 'more' | 'less'): readonly Change[] {
  const line = (group: ChangeGroup, field: string) =>
    change(effect, group, `fields.${mapping.id}`, `${field}: ${mappingText(mapping)}`, mapping.origin);
  return [
    ...(writesJira(mapping) ? [line('jira', mapping.target.name)] : []),
    ...(writesSalesforce(mapping) ? [line('salesforce', sourceText(mapping))] : []),
  ];
}

function mappingChange(before: MappingPlan | undefined, after: MappingPlan): readonly Change[] {
  if (before === undefined) return written(after, 'more');
  if (same(before, after)) return [];
  const changes: Change[] = [];
  const { origin } = after;
  const part = `fields.${after.id}`;
  const turned = (did: boolean, does: boolean, group: ChangeGroup, name: (mapping: MappingPlan) => string) => {
    if (did === does) return;
    const mapping = does ? after : before;
    changes.push(
      change(does ? 'more' : 'less', group, part, `${name(mapping)}: ${mappingText(mapping)}`, mapping.origin),
    );
  };
  turned(writesJira(before), writesJira(after), 'jira', ({ target }) => target.name);
  turned(writesSalesforce(before), writesSalesforce(after), 'salesforce', sourceText);

  const group: ChangeGroup = writesJira(after) ? 'jira' : 'salesforce';
  const name = writesJira(after) ? after.target.name : sourceText(after);
  for (const [aspect, says] of Object.entries(aspects)) {
    const key = aspect as keyof typeof aspects;
    if (same(before[key], after[key])) continue;
    for (const said of says(before, after)) {
      const told = typeof said === 'string' ? `${name}: ${said}` : { ...said, text: `${name}: ${said.text}` };
      changes.push(other(group, `${part}.${aspect}`, told, origin));
    }
  }
  return changes;
}

type Aspect = Exclude<keyof MappingPlan, 'origin'>;
type Says = (before: MappingPlan, after: MappingPlan) => readonly (string | Said)[];
const owners = { salesforce: 'Salesforce', jira: 'Jira', both: 'both sides' } as const;

/** A row for each part of a mapping. */
const aspects: { readonly [K in Aspect]-?: Says } = {
  id: () => ['what both sides agreed on is forgotten once, since another mapping shares the field'],
  owner: (a, b) => [was(`it belongs to ${owners[b.owner]}`, `to ${owners[a.owner]}`)],
  source: (a, b) => [was(`its value comes from ${sourceText(b)}`, `from ${sourceText(a)}`)],
  target: (a, b) => [was(`it stands for ${b.target.name}`, `for ${a.target.name}`)],
  toJira: conversion('toJira', 'Jira'),
  toSalesforce: conversion('toSalesforce', 'Salesforce'),
  table: (a, b) => tableChanges(a.table, b.table),
  cutAt: (a, b) => [was(`a long value is ${cutText(b.cutAt)}`, cutText(a.cutAt))],
  orElse: (a, b) => [was(`a value that cannot be written: ${elseText(b)}`, elseText(a))],
  onConflict: (a, b) => [was(`on conflict ${b.onConflict}`, a.onConflict)],
};

function conversion(key: 'toJira' | 'toSalesforce', side: string): Says {
  // Coming or going of a direction is told as such.
  return (a, b) =>
    a[key] === undefined || b[key] === undefined ? [] : [was(`a value reaches ${side} as ${b[key]}`, `as ${a[key]}`)];
}
const cutText = (length: number | undefined): string =>
  length === undefined ? 'not cut' : `cut after ${length} characters`;
const elseText = ({ orElse }: MappingPlan): string => (orElse === undefined ? 'attention' : fallbackText(orElse));

function tableChanges(before: ValueTable | undefined, after: ValueTable | undefined): readonly (string | Said)[] {
  if (before === undefined) return [`values translate: ${rowsText(after!)}`];
  if (after === undefined) return [was('values do not translate any more', rowsText(before))];
  const old = new Set(rows(before));
  const now = new Set(rows(after));
  const otherwise = ({ otherwise: fallback }: ValueTable) =>
    fallback === undefined ? 'attention' : fallbackText(fallback);
  return [
    ...[...now].filter(row => !old.has(row)).map(row => `${row} is new in its table`),
    ...[...old].filter(row => !now.has(row)).map(row => `${row} is gone from its table`),
    ...(same(before.otherwise, after.otherwise)
      ? []
      : [was(`a value that its table does not list: ${otherwise(after)}`, otherwise(before))]),
  ];
}

const rowText = (left: Scalar, arrow: string, right: Scalar): string =>
  `${literalText(left)} ${arrow} ${literalText(right)}`;
const mirrors = (a: TableRow, b: TableRow): boolean => a.from === b.to && a.to === b.from;
/** As they are written: the two directions of a `<->` row are one. */
const rows = ({ toJira, toSalesforce }: ValueTable): readonly string[] => [
  ...toJira.map(row => rowText(row.from, toSalesforce.some(other => mirrors(row, other)) ? '<->' : '->', row.to)),
  ...toSalesforce
    .filter(row => !toJira.some(other => mirrors(row, other)))
    .map(({ from, to }) => rowText(to, '<-', from)),
];
const rowsText = (table: ValueTable): string => {
  const all = rows(table);
  return all.length > 6 ? `${all.slice(0, 6).join(', ')} and ${all.length - 6} more` : all.join(', ') || 'nothing';
};
