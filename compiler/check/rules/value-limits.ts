import {
  type BoundItem,
  type BoundMapping,
  fieldOf,
  jiraFieldOf,
  type PathResult,
  sourceFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { modifier, sidesOf } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

type Field = Extract<PathResult, { kind: 'field' }>;

/** Values that can be empty where the target cannot, or longer than it takes. `or else` answers for both. */
export const valueLimits: Rule = {
  name: 'value-limits',
  item(item, report) {
    for (const mapping of item.mappings) {
      if (mapping.modifiers['or-else'] !== undefined) continue;
      if (writesJira(mapping.arrow)) toJira(item, mapping, report);
      if (writesSalesforce(mapping.arrow)) toSalesforce(item, mapping, report);
    }
  },
};

function toJira({ file, clauses }: BoundItem, mapping: BoundMapping, report: Report): void {
  const { source, node } = mapping;
  const target = jiraFieldOf(mapping.target);
  if (target === undefined || source.kind === 'missing') return;
  const fields = source.kind === 'path' ? [fieldOf(source.path)] : source.holes.map(fieldOf);
  if (fields.some(field => field === undefined)) return;
  const known = fields as readonly Field[];
  const written =
    source.kind === 'template'
      ? source.template.parts.flatMap(part => (part.kind === 'literal' ? [part.value] : [])).join('')
      : '';
  const from = () => (source.kind === 'path' ? known[0]!.field.path.join('.') : source.template.value);
  const to = target.field.name;

  const canBeEmpty = written.trim() === '' && known.every(({ field }) => field.nillable);
  if (target.screen?.required && canBeEmpty) {
    const records = clauses.create[0]?.records;
    const creates = records?.kind === 'name' && (records.text === 'matching' || records.text === 'all');
    report(file, node.source.span, 'empty-into-required', { from: from(), to, side: 'Jira', creates });
  }
  const limit = target.field.length;
  if (limit === undefined || mapping.table !== undefined || !isText(target.field.type)) return;
  const length = known.reduce<number | undefined>((sum, field) => {
    const longest = longestOf(field);
    return sum === undefined || longest === undefined ? undefined : sum + longest;
  }, written.length);
  tooLong(mapping, { from, to: () => to, side: 'Jira', length, limit }, file, report);
}

function toSalesforce({ file }: BoundItem, mapping: BoundMapping, report: Report): void {
  const { node } = mapping;
  const target = jiraFieldOf(mapping.target);
  const field = sourceFieldOf(mapping);
  if (target === undefined || field === undefined || field.hops > 0) return;
  const from = target.field.name;
  const to = () => field.field.path.join('.');
  if (!field.metadata.nillable && field.metadata.updateable && !target.screen?.required) {
    report(file, node.target.span, 'empty-into-required', { from, to: to(), side: 'Salesforce', creates: false });
  }
  const { length: limit } = field.field;
  if (limit === undefined || mapping.table !== undefined || !isText(target.field.type)) return;
  tooLong(mapping, { from: () => from, to, side: 'Salesforce', length: target.field.length, limit }, file, report);
}

function tooLong(
  { modifiers, node }: BoundMapping,
  {
    from,
    to,
    side,
    length,
    limit,
  }: { from: () => string; to: () => string; side: string; length: number | undefined; limit: number },
  file: BoundItem['file'],
  report: Report,
): void {
  const cut = modifiers['cut-at']?.length;
  const longest = cut?.kind === 'number' && length !== undefined ? Math.min(length, cut.value) : length;
  if (longest === undefined || longest <= limit) return;
  const at = (node.modifiers.at(-1) ?? node.target).span.end;
  // Whether the rest of a text may go is for a person to say.
  const ways = [
    { at, words: `cut at ${limit}`, key: 'cutAt', value: `${limit}` },
    { at, words: 'or else skip', key: 'orElse', value: 'skip' },
  ];
  const fixes = cut === undefined ? ways.map(way => modifier(file, node, way)) : [];
  const span = sidesOf(node);
  report(file, span, 'too-long-for-target', { from: from(), to: to(), side, length: longest, limit }, { fixes });
}

const isText = (type: string): boolean => type === 'text' || type === 'rich-text' || type === 'url';

/** In characters; nothing for types whose texts are short or not known. */
function longestOf({ metadata, field }: Field): number | undefined {
  const values = metadata.values?.filter(value => value.active).map(value => value.value.length);
  if (metadata.type === 'picklist' && values) return Math.max(0, ...values);
  if (field.length !== undefined) return field.length;
  return shortTypes[field.type];
}
const shortTypes: Readonly<Record<string, number>> = {
  id: 18,
  reference: 18,
  boolean: 5,
  int: 11,
  double: 20,
  currency: 20,
  percent: 20,
  date: 10,
  datetime: 24,
  time: 13,
};
