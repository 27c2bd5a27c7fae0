/**
 * Values to try a mapping with: what the picklist, the options and the value table list, and of every other
 * type the few that are known to come back changed where anything does.
 */
import { type BoundMapping, fieldOf } from '../bind/bound.ts';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import type { Way } from './travel.ts';
import { enumerated } from './values.ts';

/** What could stand at the beginning of a way, as REST gives it. */
export function samplesFor({ mapping, toJira, rows }: Way): readonly unknown[] {
  const given = [...rows.map(({ from }) => from), ...(enumerated(mapping, toJira) ?? [])];
  if (given.length > 0) return [...new Set(given)].map(value => inForm(mapping, toJira, value));
  const { source, target } = mapping;
  if (!toJira) return target?.result.kind === 'field' ? (jira[target.result.field.type] ?? []) : [];
  if (source.kind !== 'path') return texts;
  const field = fieldOf(source.path)?.field;
  if (field === undefined) return [];
  const samples = salesforce[field.type] ?? [];
  const cut = mapping.modifiers['cut-at']?.length;
  // What is no length that a text can be cut at, `modifiers` tells.
  const isLong = cut?.kind === 'number' && cut.value >= 1 && cut.value < (field.length ?? longestText);
  return isLong && samples === texts ? [longText(cut.value + 1), ...samples] : samples;
}

/** Characters that a text field of Salesforce takes at most; where its describe says nothing of the length. */
const longestText = 131_072;

/** Options are read as objects, several values as lists. */
function inForm({ target }: BoundMapping, toJira: boolean, value: unknown): unknown {
  if (toJira || target?.result.kind !== 'field') return value;
  const { type } = target.result.field;
  if (type === 'option' || type === 'cascading-option') return { value };
  if (type === 'options') return [{ value }];
  if (type === 'priority' || type === 'version' || type === 'group' || type === 'named') return { name: value };
  if (type === 'components' || type === 'versions' || type === 'groups') return [{ name: value }];
  return type === 'labels' ? [value] : value;
}

/** `…` is how people see that it goes on. */
export const shortened = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 36)}… (${text.length} characters)` : text;

const longText = (length: number): string =>
  'a long text, '
    .repeat(Math.ceil(length / 13))
    .slice(0, length)
    .replace(/ $/, '.');

const texts = ['a text', '007', '1.50', 'yes', '2026-01-31T10:00:00+01:00'];
const numbers = [1, 0.5, 1234.56];
const salesforce: Partial<Record<SalesforceType, readonly unknown[]>> = {
  string: texts,
  textarea: texts,
  'rich-textarea': texts,
  combobox: texts,
  int: [1, 1200],
  double: numbers,
  currency: numbers,
  percent: numbers,
  boolean: [true, false],
  date: ['2026-01-31'],
  datetime: ['2026-01-31T23:30:00.000Z'],
  time: ['09:30:00.000Z'],
  email: ['ada@example.com'],
  phone: ['+1 555 0100'],
  url: ['https://example.com/case'],
  id: ['001000000000001AAA'],
  reference: ['001000000000001AAA'],
};

const bold = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'important', marks: [{ type: 'strong' }] }] }],
};
const jira: Partial<Record<JiraType, readonly unknown[]>> = {
  text: texts,
  'rich-text': [bold],
  number: numbers,
  date: ['2026-01-31'],
  datetime: ['2026-01-31T23:30:00.000+0000'],
  labels: [['urgent'], ['b', 'a']],
  url: ['https://example.com/case'],
};
