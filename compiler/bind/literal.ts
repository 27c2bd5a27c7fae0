/**
 * What a literal means for a field of a type. A text or picklist takes any literal as it is written; a
 * number, date or checkbox takes its own kind only. Shared by the checks, which say why one does not fit,
 * and by lowering.
 */
import type { Fallback, Literal, Text } from '../../dsl/ast.ts';
import type { JiraType, SalesforceType, Scalar } from '../plan/ir.ts';

type Kind = 'text' | 'number' | 'date' | 'datetime' | 'boolean';

const kinds: Partial<Record<SalesforceType | JiraType, Kind>> = {
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
};

export const kindOf = (type: SalesforceType | JiraType): Kind => kinds[type] ?? 'text';

/** As `a field takes …`. */
export const dueWords: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  date: 'a date (`2026-01-31`)',
  datetime: 'a date with time and zone (`2026-01-31T09:00Z`)',
  boolean: '`true` or `false`',
};

/** The text that is written, for fields that hold texts. */
export const spelled = (literal: Literal): string =>
  literal.kind === 'text' || literal.kind === 'date' || literal.kind === 'datetime' ? literal.value : literal.raw;

/** A fallback's text, where it is the same whatever the record. */
export function constantText(action: Fallback['action']): Text | undefined {
  if (action.kind === 'text') return action;
  if (action.kind !== 'template' || action.parts.some(part => part.kind === 'hole')) return undefined;
  const value = action.parts.map(part => (part.kind === 'literal' ? part.value : '')).join('');
  return { kind: 'text', span: action.span, value };
}

/** Nothing where the literal is not of the type's kind. */
export function scalarOf(literal: Literal, type: SalesforceType | JiraType): Scalar | undefined {
  const kind = kindOf(type);
  switch (kind) {
    case 'text':
      return spelled(literal);
    case 'number':
      return literal.kind === 'number' ? literal.value : undefined;
    case 'boolean':
      return literal.kind === 'boolean' ? literal.value : undefined;
    case 'date':
      return literal.kind === 'date' ? literal.value : undefined;
    case 'datetime':
      // A day without a time begins at midnight UTC.
      return literal.kind === 'datetime' || literal.kind === 'date' ? utc(literal.value) : undefined;
  }
}

function utc(written: string): string | undefined {
  const time = Date.parse(written.length === 10 ? `${written}T00:00:00Z` : withSeconds(written));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A fraction of any length, as the language allows, cut to what a clock of milliseconds keeps. */
const withSeconds = (written: string) => written.replace(/(\.\d{3})\d+/, '$1');
