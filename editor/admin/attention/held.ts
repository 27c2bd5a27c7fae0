/**
 * The values of a conflict that is held. At first as the last look told them, which costs nothing; and read anew from
 * both sides when a person chooses, so that nobody decides on a value that is another one by then.
 */
import type { AttentionSummary, JournalSummary, PreviewEntry } from '../../bridge/contract.ts';

export interface HeldValue {
  readonly what: string;
  readonly jira: string;
  readonly salesforce: string;
}
export interface HeldValues {
  readonly values: readonly HeldValue[];
  /** Since when they are known to be these; absent of what was read just now. */
  readonly at?: number;
}

const heldIn = (entries: readonly PreviewEntry[], held: readonly string[]): readonly HeldValue[] =>
  held.flatMap(what => {
    const found = entries.find(one => one.outcome === 'held' && one.what === what);
    return found === undefined ? [] : [{ what, jira: found.from ?? '', salesforce: found.to ?? '' }];
  });

/** The newest entry of each field, out of a journal whose newest is the first. */
export function heldBy(
  { item, record, held = [] }: AttentionSummary,
  journal: readonly JournalSummary[],
): HeldValues | undefined {
  const own = journal.filter(one => one.item === item && one.record === record && one.outcome === 'held');
  const values = heldIn(own, held);
  const [newest] = own.filter(({ what }) => held.includes(what));
  return newest === undefined ? undefined : { values, at: newest.at };
}

/** As both sides are now; nothing where they cannot be looked at, or where nothing is held any more. */
export async function heldNow(
  { held = [] }: AttentionSummary,
  look: () => Promise<readonly PreviewEntry[]>,
): Promise<HeldValues | undefined> {
  try {
    const values = heldIn(await look(), held);
    return values.length === 0 ? undefined : { values };
  } catch {
    // The choice is of a side. Whoever makes it is not kept from it by a side that does not answer.
    return undefined;
  }
}

/** Nothing that is held now is another value than what was shown. */
export const isAsShown = (now: HeldValues, shown: HeldValues | undefined): boolean =>
  now.values.every(({ what, jira, salesforce }) =>
    shown?.values.some(one => one.what === what && one.jira === jira && one.salesforce === salesforce),
  );
