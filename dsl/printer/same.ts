/**
 * Whether two programs mean the same: their trees without places, and without the orders that have no
 * meaning: of declarations of different kinds, of rules among the other clauses, of rows of different
 * directions, of modifiers, of expectations of different sides.
 */
import type { Comment, Node, Program } from '../ast.ts';
import { commentText } from './lines.ts';

type Plain = Readonly<Record<string, unknown>>;

/** Where what a node stands for goes among its neighbours, if that is free. */
const GROUPS: Readonly<Record<string, (node: Plain) => string>> = {
  item: () => '1',
  values: () => '2',
  test: () => '3',
  rule: () => '9',
  otherwise: () => '9',
  row: node => ((node.arrow as Plain).arrow as string | undefined) ?? '',
  'table-otherwise': () => 'otherwise',
  by: () => '1',
  'inline-table': () => '1',
  'cut-at': () => '2',
  'or-else': () => '3',
  'on-conflict': () => '4',
  'expect-created': () => 'created',
  'expect-value': node => node.side as string,
  'expect-writes': () => 'writes',
};
const groupOf = (node: unknown): string => GROUPS[(node as Plain | undefined)?.kind as string]?.(node as Plain) ?? '';

/** The same nodes by their groups; as they are where they stand so. */
function grouped(nodes: readonly unknown[]): readonly unknown[] {
  let last = '';
  for (const node of nodes) {
    const group = groupOf(node);
    if (group < last)
      return nodes
        .map(each => ({ node: each, group: groupOf(each) }))
        .sort(byGroup)
        .map(nodeOf);
    last = group;
  }
  return nodes;
}
type Grouped = { readonly node: unknown; readonly group: string };
const byGroup = (a: Grouped, b: Grouped): number => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
const nodeOf = ({ node }: Grouped): unknown => node;

/** The nodes that there are most of, compared at once; `undefined` for the others. */
function sameLeaf(a: Node, b: Node): boolean | undefined {
  switch (a.kind) {
    case 'name':
      return b.kind === 'name' && a.text === b.text;
    case 'arrow':
      return b.kind === 'arrow' && a.arrow === b.arrow;
    case 'jira-field':
      return b.kind === 'jira-field' && a.name === b.name;
    case 'text':
      return b.kind === 'text' && a.value === b.value && a.unclosed === b.unclosed;
    case 'path': {
      if (b.kind !== 'path' || a.segments.length !== b.segments.length) return false;
      return a.segments.every(({ text }, index) => text === b.segments[index]!.text);
    }
    default:
      return undefined;
  }
}

const isPlace = (key: string): boolean => key === 'span' || key === 'file' || key === 'comments';

/** The first node of `a` that `b` does not have; `undefined` where they mean the same. */
export function difference(a: unknown, b: unknown): unknown {
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return a;
    const [left, right] = [grouped(a), grouped(b)];
    for (let i = 0; i < left.length; i++) {
      const found = difference(left[i], right[i]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof a !== 'object' || a === null) return a === b ? undefined : (a ?? null);
  if (typeof b !== 'object' || b === null) return a;
  const leaf = sameLeaf(a as Node, b as Node);
  if (leaf !== undefined) return leaf ? undefined : a;
  let keys = 0;
  for (const key in a) {
    if (isPlace(key)) continue;
    keys++;
    const left = (a as Plain)[key];
    const right = (b as Plain)[key];
    if (left === right) continue;
    const found = difference(left, right);
    if (found !== undefined) return typeof found === 'object' ? found : a;
  }
  for (const key in b) if (!isPlace(key)) keys--;
  return keys === 0 ? undefined : a;
}

/** The first comment of `a` that `b` does not have as often. */
export function lostComment({ comments: a }: Program, { comments: b }: Program): Comment | undefined {
  // Nearly all keep their order.
  if (a.length === b.length && a.every((comment, index) => commentText(comment) === commentText(b[index]!))) {
    return undefined;
  }
  const left = new Map<string, number>();
  for (const comment of b) left.set(commentText(comment), (left.get(commentText(comment)) ?? 0) + 1);
  for (const comment of a) {
    const count = left.get(commentText(comment)) ?? 0;
    if (count === 0) return comment;
    left.set(commentText(comment), count - 1);
  }
  return undefined;
}
