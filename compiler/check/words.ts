/** Conditions and records as people read them. */
import type { Condition } from '../plan/ir.ts';
import type { Value } from './domain.ts';
import type { Witness } from './satisfy.ts';

/** In the words of the language, whatever the notation of the file. */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.map(part => bracketed(part, 'any')).join(' and ');
    case 'any':
      return condition.of.map(part => bracketed(part, 'all')).join(' or ');
    case 'not':
      return `not (${conditionWords(condition.of)})`;
    case 'is-empty':
      return `${nameOf(condition.field)} is ${condition.negated ? 'not ' : ''}empty`;
    case 'one-of': {
      const values = condition.values.map(valueWords).join(', ');
      return `${nameOf(condition.field)} is ${condition.negated ? 'not ' : ''}one of ${values}`;
    }
    case 'compare': {
      const words = condition.comparison === 'contains' ? 'contains' : condition.comparison.replaceAll('-', ' ');
      return `${nameOf(condition.field)} ${words} ${valueWords(condition.value)}`;
    }
  }
}

const nameOf = ({ path }: { readonly path: readonly string[] }): string => path.join('.');
const bracketed = (part: Condition, kind: Condition['kind']): string =>
  part.kind === kind ? `(${conditionWords(part)})` : conditionWords(part);

const dated = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;
const valueWords = (value: Value): string =>
  value === null ? 'empty' : typeof value !== 'string' || dated.test(value) ? String(value) : `"${value}"`;

/** `a Case with Origin "Web" and no Description`, in backticks where it is the user's own. */
export function recordWords(object: string, record: Witness): string {
  if (record.length === 0) return `any \`${object}\``;
  const parts = record.map(({ field, value }) =>
    value === null ? `an empty \`${nameOf(field)}\`` : `\`${nameOf(field)}\` ${shown(value)}`,
  );
  const last = parts.at(-1)!;
  return `a \`${object}\` with ${parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`}`;
}

const shown = (value: Value): string => `\`${typeof value === 'string' ? value : String(value)}\``;
