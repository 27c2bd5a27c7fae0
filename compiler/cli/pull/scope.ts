/**
 * What a pull reads: the whole catalogue, or what the programs name. Pure: paths are followed by whoever
 * has the describes.
 */
import type { Node, Program } from '../../../dsl/index.ts';

export interface Scope {
  /** Objects by name, each with the paths that are walked from it: `['Account', 'Rating']`. */
  readonly objects: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Keys as written; absent for all. */
  readonly projects?: readonly string[];
}

/** All items of the programs; pieces that the text lacks are passed over. */
export function scopeOf(programs: readonly Program[]): Scope {
  const objects = new Map<string, (readonly string[])[]>();
  const projects = new Set<string>();
  for (const program of programs) {
    for (const item of program.declarations) {
      if (item.kind !== 'item') continue;
      const paths: (readonly string[])[] = [];
      let object: string | undefined;
      visit(item, node => {
        if (node.kind === 'salesforce' && node.object.kind === 'name') object = node.object.text;
        if (node.kind === 'path') paths.push(node.segments.map(segment => segment.text));
        if (node.kind === 'jira') for (const key of node.projects) if (key.kind === 'name') projects.add(key.text);
      });
      if (object !== undefined) objects.set(object, [...(objects.get(object) ?? []), ...paths]);
    }
  }
  return { objects, projects: [...projects].sort() };
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see);
  else if (typeof value === 'object' && value !== null) {
    if ('kind' in value && typeof value.kind === 'string') see(value as Node);
    for (const child of Object.values(value)) visit(child, see);
  }
}
