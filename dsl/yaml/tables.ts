/** Tables of values, wherever one may stand, and what happens to a value that none answers for. */
import { isMap } from 'yaml';
import type * as ast from '../ast.ts';
import { nearest } from '../nearest.ts';
import type { Span } from '../source.ts';
import { fallbackWords } from '../vocabulary.ts';
import type { Access, Entry, Shape, YamlText } from './access.ts';
import { forms } from './forms.ts';
import { gone, nameOf, textNode, type YamlLeaves } from './leaves.ts';
import { keys } from './shapes.ts';

export type YamlTables = ReturnType<typeof createTables>;
type TableKey = (typeof keys.table)[number];

const waysOut = Object.keys(fallbackWords);

export function createTables(yaml: Access, { literal, literalOf, template }: YamlLeaves) {
  const { report } = yaml;

  function fallback(entry: Entry, place: string, asTemplate: boolean): ast.Fallback {
    const node = yaml.resolve(entry.value);
    const make = (action: ast.Fallback['action'], span: Span): ast.Fallback => ({ kind: 'fallback', span, action });
    const asText = (written: YamlText) => (asTemplate ? template(written) : textNode(written));
    if (isMap(node)) {
      const shape = yaml.shape(node, place, keys.text, entry.keySpan);
      const inner = shape.get('text');
      if (inner === undefined) {
        if (shape.entries.length === 0) yaml.missingKey(shape.span, place, 'text');
        return make(gone(shape.span), shape.span);
      }
      const written = yaml.text(inner.value, '`text`', inner.keySpan);
      return make(written === undefined ? gone(inner.keySpan) : asText(written), shape.span);
    }
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return make(gone(entry.keySpan), entry.keySpan);
    if (waysOut.includes(written.value)) return make(nameOf(written), written.span);
    const near = nearest(written.value, waysOut);
    const map = yaml.mapOf('text', written);
    const fixes = yaml.writeInstead(written.span, near, map);
    report(written.span, 'yaml-fallback-text', { word: written.value, map, nearest: near }, { fixes });
    // Which of the two it is nobody knows, so nothing more is said of it.
    return make(near === undefined ? asText(written) : gone(written.span), written.span);
  }

  const ARROW_OF = { pairs: '<->', toJira: '->', toSalesforce: '<-' } as const;

  function table(entries: readonly (Entry & { readonly key: TableKey })[], span: Span): ast.Table {
    const rows: (ast.TableRow | ast.TableOtherwise)[] = [];
    for (const entry of entries) {
      if (entry.key === 'otherwise') {
        rows.push({ kind: 'table-otherwise', span: entry.span, fallback: fallback(entry, '`otherwise`', false) });
        continue;
      }
      const arrow = ARROW_OF[entry.key];
      for (const row of yaml.entries(entry.value, `\`${entry.key}\``, forms.pairs)) {
        const from = yaml.isNull(row.keyNode as never)
          ? literal(row.keyNode as never, 'the left side of a row', row.keySpan)
          : literalOf(row.keyNode);
        const to = literal(row.value, `the value of \`${row.key}\``, row.keySpan);
        const [left, right] = arrow === '<-' ? [to, from] : [from, to];
        const at = { start: row.keySpan.end, end: Math.max(row.keySpan.end, to.span.start) };
        rows.push({ kind: 'row', span: row.span, left, arrow: { kind: 'arrow', span: at, arrow }, right });
      }
    }
    return { kind: 'table', span, rows, closed: true };
  }

  const tableEntries = (shape: Shape): readonly (Entry & { readonly key: TableKey })[] =>
    shape.entries.filter((entry): entry is Entry & { readonly key: TableKey } =>
      (keys.table as readonly string[]).includes(entry.key),
    );

  return { fallback, table, tableEntries };
}
