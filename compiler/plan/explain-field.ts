/** Who writes a field and why, over all items of a plan or one of them; and who only reads it. */

import { explainMapping } from './explain-mapping.ts';
import type { Explanation, Section, Sentence } from './explanation.ts';
import type { Condition, FallbackPlan, ItemPlan, MappingPlan, Plan, SalesforceField, TemplatePart } from './ir.ts';
import { jiraScopeText, pathText, quoted } from './words.ts';

export interface FieldExplanation {
  /** As it was asked for. */
  readonly field: string;
  /** One for each item that writes or reads it. */
  readonly items: readonly Explanation[];
}

/** By API name or path, Jira id, or label in any capitals. No items where nothing in the plan has this name. */
export function explainField(plan: Plan, field: string, itemId?: string): FieldExplanation {
  const items = plan.items
    .filter(({ id }) => itemId === undefined || id === itemId)
    .map(item => ({ id: item.id, name: item.name, origin: item.origin, sections: fieldSections(item, field) }))
    .filter(({ sections }) => sections.length > 0);
  return { field, items };
}

/** Every name that `explainField` would find, for suggestions. */
export function fieldNames(plan: Plan): readonly string[] {
  const names = plan.items.flatMap(item => [
    ...item.salesforce.reads.map(pathText),
    ...item.mappings.flatMap(({ target }) => [target.id, target.name]),
    ...item.newIssue.flatMap(({ target }) => [target.id, target.name]),
  ]);
  return [...new Set(names)].sort();
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isSalesforce = (field: SalesforceField, name: string): boolean =>
  same(pathText(field), name) || (field.path.length === 1 && same(field.label, name));
const isJira = ({ id, name }: { readonly id: string; readonly name: string }, asked: string): boolean =>
  id === asked || same(name, asked);

function fieldSections(item: ItemPlan, name: string): readonly Section[] {
  const mappings = item.mappings.filter(mapping => concerns(mapping, name)).map(explainMapping);
  const settings = item.newIssue.filter(({ target }) => isJira(target, name));
  const constants: readonly Sentence[] = settings.map(({ target, origin }) => ({
    text: `A new issue of ${jiraScopeText(item.jira)} gets a constant as ${target.name}; nothing writes it later.`,
    origin,
  }));
  const reads = readers(item, name);
  return [
    ...mappings,
    ...(constants.length > 0 ? [{ title: 'new issue', sentences: constants }] : []),
    ...statusSection(item, name),
    ...(reads.length > 0 ? [{ title: 'only read', sentences: reads }] : []),
  ];
}

const concerns = ({ source, target }: MappingPlan, name: string): boolean =>
  isJira(target, name) || (source.kind === 'field' && isSalesforce(source.field, name));

function statusSection({ status, rules }: ItemPlan, name: string): readonly Section[] {
  const sentences: Sentence[] = [];
  if (same(name, 'status') && rules !== undefined) {
    const targets = new Set([
      ...rules.branches.map(({ moveTo }) => quoted(moveTo.name)),
      ...(rules.otherwise.moveTo ? [quoted(rules.otherwise.moveTo.name)] : []),
    ]);
    sentences.push({
      text: `The rule moves the issue's status, to ${[...targets].join(' or ')}; nothing writes the status in Salesforce.`,
      origin: rules.branches[0]!.origin,
    });
  } else if (status !== undefined && (same(name, 'status') || isSalesforce(status.field, name))) {
    sentences.push({
      text: `Status sync keeps ${pathText(status.field)} and the issue's status together: the side that changed last writes the other.`,
      origin: status.origin,
    });
  }
  return sentences.length > 0 ? [{ title: 'status', sentences }] : [];
}

function readers(item: ItemPlan, name: string): readonly Sentence[] {
  const reads = (fields: readonly SalesforceField[]) => fields.some(field => isSalesforce(field, name));
  const said: Sentence[] = [];
  if (item.where !== undefined && reads(conditionFields(item.where)))
    said.push({
      text: 'The `where` of the item looks at it, to tell which records the item sees.',
      origin: item.origin,
    });
  for (const { when, moveTo, origin } of item.rules?.branches ?? []) {
    if (reads(conditionFields(when)))
      said.push({ text: `The rule looks at it, to tell whether the issue moves to ${quoted(moveTo.name)}.`, origin });
  }
  for (const { source, target, orElse, origin } of item.mappings) {
    if (source.kind === 'template' && reads(templateFields(source.parts)))
      said.push({ text: `It is a part of what is written to ${target.name}.`, origin });
    if (orElse !== undefined && reads(fallbackFields(orElse)))
      said.push({ text: `It stands in for ${target.name} where that would stay without a value.`, origin });
  }
  if (reads(item.show)) said.push({ text: 'The card on the issue shows it.', origin: item.origin });
  return said;
}

const templateFields = (parts: readonly TemplatePart[]): readonly SalesforceField[] =>
  parts.flatMap(part => (part.kind === 'field' ? [part.field] : []));
const fallbackFields = (fallback: FallbackPlan): readonly SalesforceField[] =>
  fallback.kind === 'text' ? templateFields(fallback.parts) : [];
function conditionFields(condition: Condition): readonly SalesforceField[] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(conditionFields);
  return condition.kind === 'not' ? conditionFields(condition.of) : [condition.field];
}
