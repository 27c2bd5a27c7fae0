/** A person's word on conflicts that the program holds: it is kept with the link, and the next look follows it. */
import { type LinkKey, linkKey, type Store } from '../ports.ts';

/** `false` when nothing is held (any more). */
export async function resolveHeld(store: Store, key: LinkKey, keep: 'salesforce' | 'jira'): Promise<boolean> {
  const item = (await store.program())?.plan.items.find(({ id }) => id === key.item);
  const holding = new Set(item?.mappings.filter(({ onConflict }) => onConflict === 'hold').map(({ id }) => id));
  for (let tries = 0; tries < 5; tries++) {
    const link = (await store.links([key])).get(linkKey(key));
    if (link === undefined) return false;
    const held = Object.entries(link.value.bases).filter(([id, base]) => holding.has(id) && base.seen !== undefined);
    if (held.length === 0) return false;
    const chosen = Object.fromEntries(held.map(([id, base]) => [id, { ...base, choice: keep }]));
    const next = { ...link.value, bases: { ...link.value.bases, ...chosen } };
    if (await store.putLink(next, link.revision)) return true;
  }
  return false;
}
