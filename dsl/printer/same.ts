/**
 * Whether two programs mean the same: their trees without places, and without the orders that have no
 * meaning: of declarations of different kinds, of rules among the other clauses, of rows of different
 * directions, of modifiers, of expectations of different sides.
 */
import type { Comment, Program } from '../ast.ts';
import { commentText } from './lines.ts';

type Plain = Readonly<Record<string, unknown>>;

const PLACES: ReadonlySet<string> = new Set(['span', 'file', 'comments']);

/** Where what a node stands for goes among its neighbours, if that is free. */
const GROUPS: Readonly<Record<string, (node: Plain) => string>> = {
  item: () => '1',
  values: () => '2',
  test: () => '3',
  rule: () => '9',
  otherwise: () => '9',
  row: node => `1${(node.arrow as Plain).arrow}`,
  'table-otherwise': () => '2',
  by: () => '1',
  'inline-table': () => '1',
  'cut-at': () => '2',
  'or-else': () => '3',
  'on-conflict': () => '4',
  'expect-created': () => '1',
  'expect-value': node => `2${String(node.side)}`,
  'expect-writes': () => '3',
};
const groupOf = (node: unknown): string => {
  const kind = (node as Plain | undefined)?.kind as string | undefined;
  return kind === undefined || !Object.hasOwn(GROUPS, kind) ? '' : GROUPS[kind]!(node as Plain);
};

function grouped(nodes: readonly unknown[]): readonly unknown[] {
  if (nodes.length < 2) return nodes;
  const groups = nodes.map(groupOf);
  if (groups.every((group, index) => index === 0 || groups[index - 1]! <= group)) return nodes;
  return nodes
    .map((node, index) => ({ node, group: groups[index]! }))
    .sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0))
    .map(({ node }) => node);
}

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
  let keys = 0;
  for (const key in a) {
    if (PLACES.has(key)) continue;
    keys++;
    const found = difference((a as Plain)[key], (b as Plain)[key]);
    if (found !== undefined) return typeof found === 'object' ? found : a;
  }
  for (const key in b) if (!PLACES.has(key)) keys--;
  return keys === 0 ? undefined : a;
}

/** The first comment of `a` that `b` does not have as often. */
export function lostComment(a: Program, b: Program): Comment | undefined {
  const left = new Map<string, number>();
  for (const comment of b.comments) left.set(commentText(comment), (left.get(commentText(comment)) ?? 0) + 1);
  for (const comment of a.comments) {
    const count = left.get(commentText(comment)) ?? 0;
    if (count === 0) return comment;
    left.set(commentText(comment), count - 1);
  }
  return undefined;
}
