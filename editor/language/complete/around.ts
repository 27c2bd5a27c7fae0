import type { Analysis } from '../../../compiler/analysis.ts';
import type { BoundItem } from '../../../compiler/bind/bound.ts';
import type { Node } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/index.ts';

/** The item that gives names their meaning: the one around the place, or the one that a test is for. */
export function itemAt({ bound }: Analysis, file: SourceFile, offset: number): BoundItem | undefined {
  const around = <T extends { readonly file: SourceFile; readonly node: Node }>(all: readonly T[]) =>
    all.findLast(one => one.file === file && one.node.span.start <= offset && offset <= one.node.span.end);
  return around(bound.items) ?? around(bound.tests)?.item ?? nearestAbove(bound.items, file, offset);
}
/** In a text that breaks off an item may end before the place does; in YAML blank lines below it are no part of it. */
function nearestAbove(items: readonly BoundItem[], file: SourceFile, offset: number): BoundItem | undefined {
  const above = items.findLast(one => one.file === file && one.node.span.start <= offset);
  if (above === undefined || file.notation === 'bridge') return above?.node.closed === false ? above : undefined;
  const between = file.text.slice(above.node.span.end, offset);
  return /\n[^\s#]/.test(between) ? undefined : above;
}
