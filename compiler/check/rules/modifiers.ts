import { isMissing, type Modifier } from '../../../dsl/ast.ts';
import type { Span } from '../../../dsl/source.ts';
import { removal, replace, seeAlso, turnArrow } from '../fixes.ts';
import type { Rule } from '../rule.ts';

const words = {
  by: 'by',
  'cut-at': 'cut at',
  'or-else': 'or else',
  'on-conflict': 'on conflict',
  'inline-table': 'table',
};

/** Each modifier at most once, one table, whole lengths, and `on conflict` where there can be one. */
export const modifiers: Rule = {
  name: 'modifiers',
  item({ file, mappings }, report) {
    for (const { node, arrow } of mappings) {
      if (node.modifiers.length === 0) continue;
      const first = new Map<Modifier['kind'], Span>();
      for (const modifier of node.modifiers) {
        const { kind, span } = modifier;
        const before = first.get(kind);
        const table = kind === 'by' ? first.get('inline-table') : kind === 'inline-table' ? first.get('by') : undefined;
        const fixes = () => removal(file, span, 'remove this one');
        if (before !== undefined) {
          report(
            file,
            span,
            'modifier-twice',
            { modifier: words[kind] },
            { related: seeAlso(file, before, 'the first one'), fixes: fixes() },
          );
        } else if (table !== undefined) {
          report(file, span, 'two-tables', {}, { related: seeAlso(file, table, 'the first one'), fixes: fixes() });
        }
        if (before === undefined) first.set(kind, span);

        if (kind === 'cut-at' && !isMissing(modifier.length)) {
          const { value, raw, span: length } = modifier.length;
          if (!Number.isSafeInteger(value) || value < 1) {
            const whole = Math.abs(Math.round(value));
            const isMeant = Number.isSafeInteger(whole) && whole > 0;
            const written = isMeant ? [replace(file, length, `${whole}`, `write ${whole}`)] : [];
            const removed = isMeant && value > 0 ? [] : removal(file, span, 'remove it');
            report(file, length, 'cut-at-below-one', { length: raw }, { fixes: [...written, ...removed] });
          }
        }
        if (kind === 'on-conflict' && arrow !== undefined && arrow !== '<->') {
          const turn =
            node.arrow.kind === 'arrow' && node.source.kind === 'path' ? [turnArrow(file, node.arrow.span, '<->')] : [];
          report(
            file,
            span,
            'on-conflict-with-one-owner',
            { arrow },
            { fixes: [...removal(file, span, 'remove it'), ...turn] },
          );
        }
      }
    }
  },
};
