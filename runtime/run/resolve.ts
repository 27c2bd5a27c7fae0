/** A person's word on what is open: it is kept with the link, and the next look follows it. */
import { type Attention, type Link, type LinkKey, linkKey, type Store } from '../ports.ts';

/** It is put away: of its fields and status nobody is told the same again. */
export async function dismissTrouble(store: Store, { id, item, record, cause }: Attention): Promise<void> {
  if (record !== undefined && id === linkKey({ item, record }))
    await changeLink(store, { item, record }, link =>
      link.lastOutcome?.message === cause
        ? { ...link, lastOutcome: { ...link.lastOutcome, dismissed: true } }
        : undefined,
    );
  await store.dropAttention(id);
}

/** Of conflicts that the program holds: the fields that `asked` names, and no others. `false` when nothing of it is held (any more). */
export async function resolveHeld(store: Store, asked: Attention, keep: 'salesforce' | 'jira'): Promise<boolean> {
  const { item, record, held = [] } = asked;
  if (record === undefined || held.length === 0) return false;
  const plan = (await store.program())?.plan.items.find(({ id }) => id === item);
  const holding = (plan?.mappings ?? []).filter(one => one.onConflict === 'hold' && held.includes(one.target.name));
  const changed = await changeLink(store, { item, record }, ({ bases, ...link }) => {
    const chosen = holding.flatMap(({ id }) =>
      bases[id]?.seen === undefined ? [] : [[id, { ...bases[id], choice: keep }] as const],
    );
    return chosen.length === 0 ? undefined : { ...link, bases: { ...bases, ...Object.fromEntries(chosen) } };
  });
  if (changed === undefined) return false;
  // Should the look that follows die, the next cycle still looks.
  await store.addDirty([changed.issueId]);
  return true;
}

/** Undefined where there is nothing to change, or runs write it all the time. */
async function changeLink(
  store: Store,
  key: LinkKey,
  change: (link: Link) => Link | undefined,
): Promise<Link | undefined> {
  for (let tries = 0; tries < 5; tries++) {
    const link = (await store.links([key])).get(linkKey(key));
    const next = link && change(link.value);
    if (link === undefined || next === undefined) return undefined;
    if (await store.putLink(next, link.revision)) return next;
  }
  return undefined;
}
