/** Value tables, rows by direction. */
import type * as ast from '../../ast.ts';
import { rowKey } from '../../comments.ts';
import { present } from '../../printer/unprintable.ts';
import type { Entries } from './entries.ts';
import { entry, map, type YamlEntry } from './layout.ts';
import type { Leaves } from './leaves.ts';

export type TableEntries = ReturnType<typeof createTables>;

export function createTables({ of, once, style, section, begin }: Entries, { literalText, literal, fallback }: Leaves) {
  function row(node: ast.TableRow): YamlEntry {
    const [from, to] = rowKey(node) === 'toSalesforce' ? [node.right, node.left] : [node.left, node.right];
    return of(node, literalText(from), literal(to));
  }

  function tableEntries(table: ast.Table, node: ast.Node): readonly YamlEntry[] {
    const sections = Map.groupBy(table.rows, at => (at.kind === 'row' ? (rowKey(at) ?? present(at.arrow).arrow) : at));
    if (sections.size === 0) return [entry('pairs', map([]))];
    return [...sections].map(([key, rows]) => {
      const [first] = rows;
      if (typeof key !== 'string') return of(key, 'otherwise', fallback((key as ast.TableOtherwise).fallback));
      const span = { start: begin(first!), end: rows.at(-1)!.span.end };
      return section(key, first!, once((rows as ast.TableRow[]).map(row), node), 'map', style({ span }));
    });
  }

  return tableEntries;
}
