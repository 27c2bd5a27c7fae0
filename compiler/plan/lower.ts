/**
 * A checked program becomes a plan: names turn into ids, texts into values of their types, clauses into
 * what the engine asks for. Only called when nothing is in error; a name that leads nowhere all the same is
 * a mistake of the compiler, and throws.
 */
import type * as ast from '../../dsl/ast.ts';
import { isMissing } from '../../dsl/ast.ts';
import {
  type BoundItem,
  type BoundJiraField,
  type BoundMapping,
  type BoundPath,
  type BoundProgram,
  fieldOf,
  isOn,
  jiraFieldOf,
  writesJira,
  writesSalesforce,
} from '../bind/bound.ts';
import { settingValue } from '../bind/setting.ts';
import type { Config } from '../config/config.ts';
import { conversionFor } from '../conversion/index.ts';
import { compare } from '../metadata/json.ts';
import type { MetadataLookup } from '../metadata/lookup.ts';
import type { JiraFieldMetadata, ObjectMetadata } from '../metadata/model.ts';
import type { Mutable } from '../mutable.ts';
import type {
  Condition,
  CreatePlan,
  FallbackPlan,
  GuardPlan,
  ItemPlan,
  JiraField,
  JiraStatus,
  MappingPlan,
  Plan,
  RulesPlan,
  SalesforceField,
  SettingPlan,
  TemplatePart,
} from './ir.ts';
import { planVersion } from './ir.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerStatus } from './lower-status.ts';
import { createLowerTable, type LowerTable } from './lower-table.ts';
import { mappedFields } from './mapped-fields.ts';
import { originOf } from './origin.ts';
import { pathText } from './words.ts';

export function lower(program: BoundProgram): Plan {
  const { lookup } = program;
  if (lookup === undefined) throw new Error('a plan needs metadata');
  const lowerTable = createLowerTable();
  const items = program.items.map(item => lowerItem(item, lookup, lowerTable));
  const plan: Plan = { version: planVersion, items: items.sort((a, b) => compare(a.id, b.id)) };
  const guard = guardOf(program.config);
  return guard === undefined ? plan : { ...plan, guard };
}

/** Only what the configuration sets. */
function guardOf(config: Config | undefined): GuardPlan | undefined {
  const set = Object.entries(config?.guard ?? {}).map(([key, { value }]) => [key, value] as const);
  return set.length === 0 ? undefined : Object.fromEntries(set);
}

/** The compiler's promise is broken: the checks should have stopped this program. */
const broken = (what: string): never => {
  throw new Error(`the checks let through ${what}`);
};
const need = <T>(value: T | undefined, what: string): T => value ?? broken(what);

function lowerItem(item: BoundItem, lookup: MetadataLookup, lowerTable: LowerTable): ItemPlan {
  const { clauses, file, node } = item;
  const context = contextOf(item, lowerTable);
  const object = need(item.object, 'an item without an object');
  const condition = clauses.where[0] && conditionOf(clauses.where[0].condition, context);
  const mappings = lowerMappings(context);
  const rules = lowerRules(context);
  const status = item.status && lowerStatus(item, item.status, lookup);
  const shown = item.show.map(path => salesforceField(path));
  const was = node.was && !isMissing(node.was) ? node.was.text : undefined;
  const plan: Mutable<ItemPlan> = {
    id: need(item.id, 'an item without an id'),
    name: node.name.kind === 'text' ? node.name.value : broken('an item without a name'),
    origin: originOf(file, node.span),
    mode: need(item.mode, 'an item without a mode'),
    salesforce: {
      object: object.name,
      label: object.label,
      keyPrefix: object.keyPrefix,
      reads: union([...item.paths.map(salesforceField), ...recordTypeOf(object, status, lookup)]),
    },
    jira: lowerJira(item),
    create: lowerCreate(item),
    mappings,
    newIssue: lowerSettings(item),
    comments: lowerComments(item),
    attachments: switchOn(item, 'attachments'),
    associations: switchOn(item, 'associations'),
    show: shown.length > 0 ? shown : mappedFields(mappings),
  };
  const attachments = clauses.switch.find(({ feature }) => feature === 'attachments');
  if (attachments !== undefined) plan.attachmentsClause = { origin: originOf(file, attachments.span) };
  if (was !== undefined) plan.was = was;
  if (condition !== undefined) plan.where = condition;
  if (status !== undefined) plan.status = status;
  if (rules !== undefined) plan.rules = rules;
  return plan;
}

function lowerJira({ projects, issueType }: BoundItem): ItemPlan['jira'] {
  const lowered = projects.map(({ project }) => {
    const { id, key } = need(project, 'an unknown project');
    return { id, key };
  });
  if (issueType === undefined) return { projects: lowered };
  return { projects: lowered, issueType: { id: issueType.id, name: issueType.name } };
}

interface Context {
  readonly item: BoundItem;
  /** Where a path of a condition or a template leads. */
  pathOf(node: ast.Path): BoundPath | undefined;
  readonly lowerTable: LowerTable;
}

/** Paths are asked for in about the order in which they were bound: the search goes on where it found the last. */
function contextOf(item: BoundItem, lowerTable: LowerTable): Context {
  const { paths } = item;
  let at = 0;
  return {
    item,
    lowerTable,
    pathOf(node) {
      for (let tried = 0; tried < paths.length; tried++) {
        const path = paths[at]!;
        if (path.node === node) return path;
        at = (at + 1) % paths.length;
      }
      return undefined;
    },
  };
}

const salesforceField = (path: BoundPath): SalesforceField => need(fieldOf(path), 'an unknown field').field;

/** A status is written only where the record's type offers it. Objects without record types have no such field. */
function recordTypeOf(
  object: ObjectMetadata,
  status: ItemPlan['status'],
  lookup: MetadataLookup,
): readonly SalesforceField[] {
  const field = lookup.field(object, 'RecordTypeId');
  if (field === undefined || status === undefined || status.toSalesforce.length === 0) return [];
  const { name, label, type, nillable, filterable } = field;
  return [{ path: [name], label, type, nillable, filterable }];
}

/** Each path once, sorted. */
export function union(fields: readonly SalesforceField[]): readonly SalesforceField[] {
  const sorted = fields.toSorted((a, b) => compare(pathText(a), pathText(b)));
  return sorted.filter((field, at) => at === 0 || pathText(field) !== pathText(sorted[at - 1]!));
}

const switchOn = (item: BoundItem, feature: ast.SwitchClause['feature']): boolean =>
  item.clauses.switch.some(clause => clause.feature === feature && isOn(clause.state));
function lowerComments({ clauses, file }: BoundItem): ItemPlan['comments'] {
  const [clause] = clauses.comments;
  if (clause === undefined) return { on: false, internal: false, published: false };
  const options = clause.options.map(option => option.text);
  return {
    on: isOn(clause.state),
    internal: options.includes('internal'),
    published: options.includes('published'),
    origin: originOf(file, clause.span),
  };
}

function lowerCreate(item: BoundItem): CreatePlan {
  const [clause] = item.clauses.create;
  if (clause === undefined || clause.records.kind === 'missing') return { records: 'off' };
  const word = clause.records.text;
  const records = word === 'matching' || word === 'all' ? word : 'off';
  const origin = originOf(item.file, clause.span);
  return { records, ...(clause.since?.kind === 'date' ? { since: clause.since.value } : {}), origin };
}

function lowerSettings(item: BoundItem): readonly SettingPlan[] {
  return item.settings.map(({ node, target }) => {
    const found = need(jiraFieldOf(target), 'an unknown Jira field');
    if (node.value.kind === 'missing') return broken('a setting without a value');
    const value = settingValue(found.field, found.screen, node.value);
    return {
      target: lowerJiraField(target),
      value: value.ok ? value.value : broken(`a setting: ${value.why}`),
      origin: originOf(item.file, node.span),
    };
  });
}

function lowerJiraField(bound: BoundJiraField | undefined): JiraField {
  const { field, screen } = need(jiraFieldOf(bound), 'an unknown Jira field');
  const { id, name, type, length } = field;
  const required = screen?.required ?? false;
  return length === undefined ? { id, name, type, required } : { id, name, type, required, length };
}

// ── conditions and rules ────────────────────────────────────────────────────────────────────────

function conditionOf(node: ast.Condition, { pathOf }: Context): Condition {
  return need(lowerCondition(node, pathOf), 'a condition that leads nowhere');
}

const boundPath = (path: ast.Path | ast.Missing, { pathOf }: Context): BoundPath =>
  need(path.kind === 'path' ? pathOf(path) : undefined, 'a missing path');
const conditionField = (path: ast.Path | ast.Missing, context: Context): SalesforceField =>
  salesforceField(boundPath(path, context));

function lowerRules(context: Context): RulesPlan | undefined {
  const { item } = context;
  const branches: RulesPlan['branches'][number][] = [];
  let otherwise: RulesPlan['otherwise'] | undefined;
  for (const { node, target } of item.rules) {
    const origin = originOf(item.file, node.span);
    const moveTo = target && jiraStatus(target.status);
    if (node.kind === 'rule') {
      branches.push({
        when: conditionOf(node.condition, context),
        moveTo: need(moveTo, 'an unknown status'),
        origin,
      });
    } else otherwise ??= moveTo === undefined ? { origin } : { moveTo, origin };
  }
  return branches.length === 0 ? undefined : { branches, otherwise: need(otherwise, 'a rule without otherwise') };
}

const jiraStatus = (status: JiraStatus | undefined): JiraStatus => {
  const { id, name } = need(status, 'an unknown status');
  return { id, name };
};

// ── mappings ────────────────────────────────────────────────────────────────────────────────────

function lowerMappings(context: Context): readonly MappingPlan[] {
  const { mappings } = context.item;
  const seen = new Set<JiraFieldMetadata>();
  const shared = new Set<JiraFieldMetadata>();
  for (const { target } of mappings) {
    const field = jiraFieldOf(target)?.field;
    if (field === undefined) continue;
    if (seen.has(field)) shared.add(field);
    else seen.add(field);
  }
  return mappings.map(mapping => lowerMapping(mapping, context, shared));
}

const owners = { '->': 'salesforce', '<-': 'jira', '<->': 'both' } as const;

function lowerMapping(
  mapping: BoundMapping,
  context: Context,
  sharedFields: ReadonlySet<JiraFieldMetadata>,
): MappingPlan {
  const { item } = context;
  const { node, modifiers } = mapping;
  const arrow = need(mapping.arrow, 'a missing arrow');
  const target = lowerJiraField(mapping.target);
  const source = lowerSource(mapping, context);
  const type = source.kind === 'field' ? source.field.type : 'string';
  const toJira = writesJira(arrow) ? need(conversionFor('to-jira', type, target.type), 'a conversion').name : undefined;
  const toSalesforce = writesSalesforce(arrow)
    ? need(conversionFor('to-salesforce', type, target.type), 'a conversion').name
    : undefined;
  const orElse = modifiers['or-else'] && lowerFallback(modifiers['or-else'].fallback, context);
  const cutAt = modifiers['cut-at']?.length;
  const choice = modifiers['on-conflict']?.choice;
  // One mapping writes a Jira field and carries its id; others only read it, and are told apart by where they write.
  const shared = !writesJira(arrow) && source.kind === 'field' && sharedFields.has(jiraFieldOf(mapping.target)!.field);
  const plan: Mutable<MappingPlan> = {
    id: shared ? `${target.id}:${pathText(source.field)}` : target.id,
    owner: owners[arrow],
    source,
    target,
    onConflict: choice?.kind === 'name' ? (choice.text as MappingPlan['onConflict']) : 'latest',
    origin: originOf(item.file, node.span),
  };
  if (toJira !== undefined) plan.toJira = toJira;
  if (toSalesforce !== undefined) plan.toSalesforce = toSalesforce;
  if (mapping.table !== undefined) plan.table = context.lowerTable(mapping.table, mapping);
  if (cutAt?.kind === 'number') plan.cutAt = cutAt.value;
  if (orElse !== undefined) plan.orElse = orElse;
  return plan;
}

function lowerSource({ source }: BoundMapping, context: Context): MappingPlan['source'] {
  if (source.kind === 'path') return { kind: 'field', field: salesforceField(source.path) };
  if (source.kind === 'missing') return broken('a missing source');
  return { kind: 'template', parts: lowerTemplate(source.template, context) };
}

const lowerTemplate = (template: ast.Template, context: Context): readonly TemplatePart[] =>
  template.parts.map(part =>
    part.kind === 'literal'
      ? { kind: 'literal', value: part.value }
      : { kind: 'field', field: conditionField(part.path, context) },
  );

function lowerFallback({ action }: ast.Fallback, context: Context): FallbackPlan {
  if (action.kind === 'name') return { kind: action.text as 'skip' | 'keep' | 'clear' };
  if (action.kind === 'template') return { kind: 'text', parts: lowerTemplate(action, context) };
  if (action.kind === 'text') return { kind: 'text', parts: [{ kind: 'literal', value: action.value }] };
  return broken('a missing fallback');
}
