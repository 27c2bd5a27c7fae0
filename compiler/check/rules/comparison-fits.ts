import { fieldOf } from '../../bind/bound.ts';
import { kindOf } from '../../bind/literal.ts';
import type { SalesforceType } from '../../plan/ir.ts';
import type { Rule } from '../rule.ts';

const needs = {
  'is-before': ['date', 'datetime'],
  'is-after': ['date', 'datetime'],
  'is-at-least': ['number', 'date', 'datetime'],
  'is-at-most': ['number', 'date', 'datetime'],
  contains: ['text'],
  'starts-with': ['text'],
} as const;

/** Not compared with anything: they are no single value. */
const compound: ReadonlySet<SalesforceType> = new Set(['address', 'location', 'base64']);

/** The words of a comparison make sense for the type of the field; and formulas in conditions are pointed out. */
export const comparisonFits: Rule = {
  name: 'comparison-fits',
  item({ file, conditions }, report) {
    for (const { node, path } of conditions) {
      const found = fieldOf(path);
      if (found === undefined) continue;
      const { field, metadata } = found;
      const name = field.path.join('.');
      const kind = kindOf(field.type);
      const comparison = node.kind === 'compare' ? node.comparison : 'is';
      const due: readonly string[] | undefined =
        comparison in needs ? needs[comparison as keyof typeof needs] : undefined;
      const misfit =
        (due !== undefined && !due.includes(kind)) || (compound.has(field.type) && node.kind !== 'is-empty');
      if (misfit) {
        const holes = {
          field: name,
          comparison: comparison.replaceAll('-', ' '),
          type: words[field.type] ?? kindWords[kind],
        };
        report(file, path.node.span, 'comparison-does-not-fit', holes);
      } else if (metadata.calculated) report(file, path.node.span, 'formula-in-condition', { field: name });
    }
  },
};

const words: Partial<Record<SalesforceType, string>> = {
  picklist: 'a picklist',
  multipicklist: 'a picklist of several values',
  address: 'an address',
  location: 'a location',
  base64: 'a file',
  reference: 'a reference',
  time: 'a time of day',
};
const kindWords = {
  text: 'a text',
  number: 'a number',
  date: 'a date',
  datetime: 'a date with time',
  boolean: 'a checkbox',
};
