/** Nodes of a tree by place. */

import type { Analysis } from '../../compiler/analysis.ts';
import type { Node, Program } from '../../dsl/ast.ts';
import type { Span } from '../../dsl/index.ts';

export const programAt = (analysis: Analysis, path: string): Program | undefined =>
  analysis.programs.find(({ file }) => file.path === path);

export const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** Every node directly below another, in no particular order. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  const gather = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) gather(each);
    else if (isNode(value)) found.push(value);
  };
  for (const [key, value] of Object.entries(node)) if (!besides.has(key)) gather(value);
  return found;
}
const besides: ReadonlySet<string> = new Set(['span', 'file', 'comments']);
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;

/** From the program to the innermost node that holds the place. Of two that meet there, the one that is written. */
export function nodesAt(program: Program, offset: number): readonly Node[] {
  const path: Node[] = [program];
  for (;;) {
    const within = childrenOf(path.at(-1)!).filter(({ span }) => holds(span, offset));
    const written = within.filter(({ kind }) => kind !== 'missing');
    // The shorter one first: a name before the clause that begins with it.
    const next = (written.length > 0 ? written : within).toSorted(
      (a, b) => Number(offset === a.span.end) - Number(offset === b.span.end) || length(a) - length(b),
    )[0];
    if (next === undefined || path.includes(next)) return path;
    path.push(next);
  }
}
const length = ({ span }: Node): number => span.end - span.start;

export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}
