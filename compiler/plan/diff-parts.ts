/**
 * The changes of an item, part by part: one row for each part of its plan, so that a part that is added to plans
 * has to be given one. A row that finds no words for a difference still tells that there is one.
 */

import { type Change, type ChangeGroup, change, meaning, other, type Said, same, was } from './diff-change.ts';
import { conditionEffect, createdBy, seenBy } from './diff-conditions.ts';
import { mappingChanges } from './diff-mappings.ts';
import { rulesChanges, statusChanges } from './diff-status.ts';
import type { CommentsPlan, CreatePlan, ItemPlan, SalesforceField, SettingPlan } from './ir.ts';
import { mappedFields } from './mapped-fields.ts';
import { conditionText, jiraScopeText, listText, pathText, quoted } from './words.ts';

export function partChanges(before: ItemPlan, after: ItemPlan): readonly Change[] {
  return partNames.flatMap(key => {
    if (same(before[key], after[key], key)) return [];
    const found = parts[key](before, after);
    return found.length > 0 || key === 'show' ? found : [other('scope', key, `its ${key} is another`, after.origin)];
  });
}

/** All that an item does, as come or gone. */
export const wholeChanges = (item: ItemPlan, effect: 'more' | 'less'): readonly Change[] =>
  partNames
    .flatMap(key => (same(idle(item)[key], item[key], key) ? [] : parts[key](idle(item), item)))
    .map(({ before: _, ...told }) => ({ ...told, effect }));

/** The same item, doing nothing. */
const idle = ({ id, name, origin, mode, salesforce, jira }: ItemPlan): ItemPlan => ({
  ...{ id, name, origin, mode, jira, salesforce: { ...salesforce, reads: [] } },
  ...{ create: { records: 'off' }, mappings: [], newIssue: [], show: [] },
  ...{ comments: { on: false, internal: false, published: false }, attachments: false, associations: false },
});

type Part = Exclude<keyof ItemPlan, 'id' | 'origin' | 'attachmentsClause'>;
type Row = (before: ItemPlan, after: ItemPlan) => readonly Change[];

const parts: { readonly [K in Part]-?: Row } = {
  name: (a, b) => [other('scope', 'name', was(`it is called ${quoted(b.name)}`, quoted(a.name)), b.origin)],
  was: (a, b) =>
    b.was !== undefined
      ? [change('more', 'scope', 'was', `it takes over the links of ${b.was}`, b.origin)]
      : [change('less', 'scope', 'was', `it does not take over the links of ${a.was} any more`, b.origin)],
  mode: (a, b) => [other('scope', 'sync', was(`its mode is ${b.mode}`, a.mode), b.origin)],
  salesforce: scope,
  jira: (a, b) => [
    other(
      'scope',
      'jira',
      jiraScopeText(a.jira) === jiraScopeText(b.jira)
        ? `${jiraScopeText(b.jira)} has another id`
        : was(`it works on ${jiraScopeText(b.jira)}`, `on ${jiraScopeText(a.jira)}`),
      b.origin,
    ),
  ],
  where: (a, b) => [
    change(
      conditionEffect(seenBy(a), seenBy(b)),
      'scope',
      'where',
      b.where === undefined
        ? was('it sees every record', `only those where ${conditionText(a.where!)}`)
        : was(
            `it sees records where ${conditionText(b.where)}`,
            a.where === undefined ? 'every one' : `where ${conditionText(a.where)}`,
          ),
      b.origin,
    ),
  ],
  create: (a, b) => [
    change(
      createEffect(a, b),
      'create',
      'create',
      createText(a.create, b.create),
      b.create.origin ?? a.create.origin ?? b.origin,
    ),
  ],
  mappings: mappingChanges,
  newIssue: (a, b) => settingChanges(a.newIssue, b.newIssue),
  status: statusChanges,
  rules: (a, b) => [...rulesChanges(a, b), ...createdByRule(a, b)],
  comments: (a, b) => commentsChanges(a.comments, b.comments),
  attachments: (a, b) => [switched('conversation', 'attachments', 'files travel both ways', a, b, b.attachments)],
  associations: (a, b) => [
    switched('card', 'associations', 'associated records stand on the card', a, b, b.associations),
  ],
  show: shownChanges,
};
const partNames = Object.keys(parts) as readonly Part[];

function scope(before: ItemPlan, after: ItemPlan): readonly Change[] {
  const [a, b] = [before.salesforce, after.salesforce];
  const changes: Change[] = [];
  if (a.object !== b.object)
    changes.push(
      other('scope', 'salesforce', was(`it works on records of ${b.object}`, `on those of ${a.object}`), after.origin),
    );
  else if (a.label !== b.label || a.keyPrefix !== b.keyPrefix) {
    const said =
      a.label === b.label
        ? `${b.object} has another key prefix`
        : was(`${b.object} is called ${quoted(b.label)}`, quoted(a.label));
    changes.push(other('system', 'salesforce', said));
  }
  const { gone, come } = difference(a.reads, b.reads, pathText);
  for (const field of come) changes.push(change('more', 'read', `reads.${pathText(field)}`, pathText(field)));
  for (const field of gone) changes.push(change('less', 'read', `reads.${pathText(field)}`, pathText(field)));
  return changes;
}

function difference<T>(before: readonly T[], after: readonly T[], key: (value: T) => string) {
  const [old, now] = [new Set(before.map(key)), new Set(after.map(key))];
  return { gone: before.filter(value => !now.has(key(value))), come: after.filter(value => !old.has(key(value))) };
}

// ── creation ────────────────────────────────────────────────────────────────────────────────────

function createEffect(before: ItemPlan, after: ItemPlan): Change['effect'] {
  const [a, b] = [before.create, after.create];
  if (a.records === 'off' || b.records === 'off')
    return a.records === b.records ? 'other' : a.records === 'off' ? 'more' : 'less';
  if (a.records !== b.records) return a.records === 'all' ? 'less' : 'more';
  // Without `since` only what comes after activation counts.
  const since = (create: CreatePlan) => create.since ?? '9999';
  return since(b) < since(a) ? 'more' : 'less';
}

const createText = (a: CreatePlan, b: CreatePlan): Said => {
  if (b.records === 'off') return was('no issues are created any more', whose(a));
  return was(`an issue ${whose(b)}`, a.records === 'off' ? 'none' : whose(a));
};
const whose = ({ records, since }: CreatePlan): string => {
  const which = records === 'all' ? 'every new record' : 'new records that meet the rule';
  return `for ${which} from ${since === undefined ? 'activation' : `those created on ${since}`} on`;
};

/** With `create matching` the rule says which records get an issue. */
function createdByRule(before: ItemPlan, after: ItemPlan): readonly Change[] {
  if (before.create.records !== 'matching' || after.create.records !== 'matching') return [];
  const effect = conditionEffect(createdBy(before), createdBy(after));
  const words = {
    more: 'more records meet the rule',
    less: 'fewer records meet the rule',
    other: 'other records meet the rule',
  };
  const conditions = (item: ItemPlan) => meaning(item.rules?.branches.map(({ when }) => when));
  if (conditions(before) === conditions(after)) return [];
  return [
    change(
      effect,
      'create',
      'rules',
      `an issue where the rule is met: ${words[effect]}`,
      after.rules?.otherwise.origin,
    ),
  ];
}

function settingChanges(before: readonly SettingPlan[], after: readonly SettingPlan[]): readonly Change[] {
  const id = ({ target }: SettingPlan) => target.id;
  const words = ({ target, value }: SettingPlan) => `${target.name} of new issues: ${JSON.stringify(value)}`;
  const part = (setting: SettingPlan) => `newIssue.${id(setting)}`;
  const { gone, come } = difference(before, after, id);
  const kept = after.flatMap(setting => {
    const old = before.find(one => id(one) === id(setting));
    if (old === undefined || same(old, setting)) return [];
    return [other('jira', part(setting), was(words(setting), JSON.stringify(old.value)), setting.origin)];
  });
  return [
    ...come.map(setting => change('more', 'jira', part(setting), words(setting), setting.origin)),
    ...kept,
    ...gone.map(setting => change('less', 'jira', part(setting), words(setting), setting.origin)),
  ];
}

// ── conversation and card ───────────────────────────────────────────────────────────────────────

function commentsChanges(before: CommentsPlan, after: CommentsPlan): readonly Change[] {
  const rows = [
    ['on', 'comments', 'comments travel both ways'],
    ['internal', 'comments.internal', 'internal Jira comments travel too, as unpublished ones'],
    ['published', 'comments.published', 'public Jira comments arrive published'],
  ] as const;
  return rows.flatMap(([key, part, text]) =>
    before[key] === after[key]
      ? []
      : [change(after[key] ? 'more' : 'less', 'conversation', part, text, after.origin ?? before.origin)],
  );
}

function switched(group: ChangeGroup, part: string, text: string, a: ItemPlan, b: ItemPlan, on: boolean): Change {
  return change(on ? 'more' : 'less', group, part, text, (on ? b : a).origin);
}

function shownChanges(before: ItemPlan, after: ItemPlan): readonly Change[] {
  const { gone, come } = difference(before.show, after.show, pathText);
  const column = (effect: Change['effect'], field: SalesforceField, origin: Change['origin']) =>
    change(effect, 'card', `show.${pathText(field)}`, pathText(field), origin);
  const changes = [
    ...come.map(field => column('more', field, after.origin)),
    ...gone.map(field => column('less', field, before.origin)),
  ];
  if (changes.length > 0 || (isDerived(before) && isDerived(after))) return changes;
  return [other('card', 'show', `the columns stand as ${listText(after.show.map(pathText), 'and', 20)}`, after.origin)];
}

/** The columns follow the mappings, as they do where the item names none. */
const isDerived = ({ show, mappings }: ItemPlan): boolean => same(show, mappedFields(mappings));
