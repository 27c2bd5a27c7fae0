/** A person's word on conflicts that the program holds: it is kept with the link, and the next look follows it. */
import { type Attention, linkKey, type Store } from '../ports.ts';

/** Of the fields that `asked` names, and no others. `false` when nothing of it is held (any more). */
export async function resolveHeld(store: Store, asked: Attention, keep: 'salesforce' | 'jira'): Promise<boolean> {
  const { item, record, held = [] } = asked;
  if (record === undefined || held.length === 0) return false;
  const plan = (await store.program())?.plan.items.find(({ id }) => id === item);
  const holding = (plan?.mappings ?? []).filter(one => one.onConflict === 'hold' && held.includes(one.target.name));
  for (let tries = 0; tries < 5; tries++) {
    const link = (await store.links([{ item, record }])).get(linkKey({ item, record }));
    if (link === undefined) return false;
    const { bases, issueId } = link.value;
    const chosen = holding.flatMap(({ id }) =>
      bases[id]?.seen === undefined ? [] : [[id, { ...bases[id], choice: keep }] as const],
    );
    if (chosen.length === 0) return false;
    const next = { ...link.value, bases: { ...bases, ...Object.fromEntries(chosen) } };
    if (!(await store.putLink(next, link.revision))) continue;
    // Should the look that follows die, the next cycle still looks.
    await store.addDirty([issueId]);
    return true;
  }
  return false;
}
