/** What one notation can say and the other cannot. Thrown while printing, and turned into a finding by whoever asked. */
import type { Node } from '../ast.ts';

export class Unprintable extends Error {
  readonly node: Node;
  /** `problem` goes on after "cannot be written in Bridge: " or "… in YAML: ". */
  constructor(node: Node, problem: string) {
    super(problem);
    this.name = 'Unprintable';
    this.node = node;
  }
}

export function unprintable(node: Node, problem: string): never {
  throw new Unprintable(node, problem);
}

/** The piece itself, which a whole program has. */
export function present<N extends Node>(node: N): Exclude<N, { kind: 'missing' }> {
  if (node.kind === 'missing') unprintable(node, 'a piece is missing here');
  return node as Exclude<N, { kind: 'missing' }>;
}
