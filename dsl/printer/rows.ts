/** What stands in columns: the rows of tables, mappings with what modifies them. */
import type * as ast from '../ast.ts';
import { WIDTH } from './lines.ts';
import * as phrase from './phrases.ts';
import { braces, type Sheet, STEP } from './sheet.ts';
import { present, unprintable } from './unprintable.ts';

/** A cell longer than this sticks out of its column and does not widen it. */
const MAX_CELL = 40;

type Row = ast.TableRow | ast.TableOtherwise;

interface Cells {
  readonly left: string;
  readonly template: boolean;
  readonly arrow: ast.Arrow;
  readonly target: string;
  readonly table: ast.TableModifier | undefined;
  /** Behind the target, or behind the table. */
  readonly modifiers: string;
}

export function createRows({ around, block, entry, oneLine, open, out, ownLines, withComment }: Sheet) {
  const arrowOf = (node: ast.ArrowNode | ast.Missing): ast.Arrow => present(node).arrow;
  const row = (node: Row): string =>
    node.kind === 'row'
      ? `${phrase.literal(node.left)} ${arrowOf(node.arrow)} ${phrase.literal(node.right)}`
      : `otherwise ${phrase.fallback(node.fallback)}`;

  function rows(nodes: readonly Row[], indent: string): void {
    const cells = nodes.map(node => (node.kind === 'row' ? phrase.literal(node.left) : ''));
    const width = columnWidth(cells, cell => cell.length);
    const arrows = nodes.some(node => node.kind === 'row' && arrowOf(node.arrow) === '<->') ? 3 : 2;
    nodes.forEach((node, index) => {
      if (node.kind !== 'row') entry(node, indent, row(node));
      else {
        const cell = cells[index]!;
        const arrow = arrowOf(node.arrow);
        const left = cell.length > width ? `${cell} ${arrow}` : `${cell.padEnd(width)} ${arrow.padEnd(arrows)}`;
        entry(node, indent, `${left} ${phrase.literal(node.right)}`);
      }
    });
  }

  /** The rows of a table that belongs to `node`, which also has the comments at its braces. */
  function table(node: ast.Node, at: ast.Table, indent: string, head: string, tail = ''): void {
    const flat = oneLine(node, at.rows, () => at.rows.map(row));
    block(node, indent, head, tail, at.rows, flat, inner => rows(at.rows, inner));
  }

  function cellsOf(node: ast.Mapping): Cells {
    const source = present(node.source);
    const ordered = node.modifiers.length < 2 ? node.modifiers : [...node.modifiers].sort(phrase.byRank);
    let found: ast.TableModifier | undefined;
    let modifiers = '';
    for (const modifier of ordered) {
      if (modifier.kind === 'inline-table') {
        if (found !== undefined || modifiers !== '') unprintable(modifier, 'a mapping has two tables');
        found = modifier;
      } else modifiers = modifiers === '' ? phrase.modifier(modifier) : `${modifiers} ${phrase.modifier(modifier)}`;
    }
    return {
      left: source.kind === 'path' ? phrase.path(source) : phrase.quoted(source.value),
      template: source.kind === 'template',
      arrow: arrowOf(node.arrow),
      target: phrase.jiraField(node.target),
      table: found,
      modifiers,
    };
  }

  function flatMapping(node: ast.Mapping): string {
    const { left, arrow, target, table: inline, modifiers } = cellsOf(node);
    const rest = inline === undefined ? '' : ` ${braces(inline.table.rows.map(row))}`;
    return `${left} ${arrow} ${target}${rest}${modifiers === '' ? '' : ` ${modifiers}`}`;
  }

  function mappings(nodes: readonly ast.Mapping[], indent: string): void {
    const all = nodes.map(cellsOf);
    const width = columnWidth(all, ({ template, left }) => (template ? 0 : left.length));
    const targets = columnWidth(all, ({ target, left }) => (left.length > width ? 0 : target.length));
    const arrows = all.some(({ arrow }) => arrow === '<->') ? 3 : 2;
    all.forEach(({ left, arrow, target, table: inline, modifiers }, index) => {
      const node = nodes[index]!;
      const out = left.length > width;
      const head = out ? `${left} ${arrow} ${target}` : `${left.padEnd(width)} ${arrow.padEnd(arrows)} ${target}`;
      if (inline !== undefined) tableMapping(node, inline, indent, head, modifiers === '' ? '' : ` ${modifiers}`);
      else if (modifiers === '') entry(node, indent, head);
      else entry(node, indent, `${out ? head : head.padEnd(head.length - target.length + targets)}  ${modifiers}`);
    });
  }

  /** The comments at the braces belong to the table, the others to the mapping. */
  function tableMapping(node: ast.Mapping, inline: ast.TableModifier, indent: string, head: string, tail: string) {
    const { rows: parts } = inline.table;
    const outer = around(node, [inline, ...parts], false);
    const inner = around(inline, parts, true);
    const trailing = outer.trailing ?? inner.trailing;
    const crowded = outer.trailing !== undefined && inner.trailing !== undefined ? [inner.trailing] : [];
    const above = [...inner.above, ...inner.below].map(({ text }) => text);
    open(node, indent, { ...outer, lifted: [...outer.lifted, ...above, ...inner.lifted, ...crowded] });
    const flat = oneLine(inline, parts, () => parts.map(row));
    const fits = flat !== undefined && indent.length + head.length + flat.length + tail.length + 1 <= WIDTH;
    if ((fits || parts.length === 0) && inner.open === undefined && inner.dangling.length === 0) {
      out.add(withComment(`${indent}${head} ${flat}${tail}`, trailing));
    } else {
      out.add(withComment(`${indent}${head} {`, inner.open));
      out.begin();
      rows(parts, indent + STEP);
      ownLines(inner.dangling, indent + STEP);
      out.add(withComment(`${indent}}${tail}`, trailing));
    }
    ownLines(outer.below, indent);
  }

  return { table, row, mappings, flatMapping };
}

/** The longest of the cells that do not stick out. */
export function columnWidth<T>(cells: readonly T[], lengthOf: (cell: T) => number): number {
  let width = 0;
  for (const cell of cells) {
    const length = lengthOf(cell);
    if (length > width && length <= MAX_CELL) width = length;
  }
  return width;
}
