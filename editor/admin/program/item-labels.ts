/** What the items of a program are called in a list that may cut its lines off: what tells them apart stands first. */
import type { ItemHead } from '../../monaco/protocol.ts';

export function itemLabel({ name, path, id }: ItemHead, all: readonly ItemHead[]): string {
  const alike = all.filter(other => other.name === name);
  if (alike.length === 1) return `${name} — ${path}`;
  return alike.filter(other => other.path === path).length === 1 ? `${path} — ${name}` : `${id} — ${name}, ${path}`;
}
