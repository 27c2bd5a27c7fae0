/** Links that rest: what they wait for is said, and so is what was on its way when they began to. */
import type { Origin } from '../../compiler/plan/ir.ts';
import { type Item, isNoteUnanswered, other, unseenReason, untold, withAllTold } from '../engine/index.ts';
import { type JournalEntry, type Link, type LinkState, linkKey } from '../ports.ts';
import type { Run } from './run.ts';
import { unparkAll } from './trouble.ts';

/** What happens on either side meanwhile shows no more when it is back: so the link says that it has to be looked at whole. */
export const outsideWhere = 'the record does not meet the `where` any more';

/** Asked for by id and not answered, not even among the deleted ones. */
export const recordGone = 'the Salesforce record is gone for good, or the integration user may no longer read it';

export async function pauseLink(run: Run, link: Link, revision: number, reason: string): Promise<void> {
  const item = run.items.get(link.item);
  const rests = link.state.kind === 'paused' && link.state.reason === reason;
  const told = item === undefined ? 0 : await tellOnTheirWay(run, item, link, rests ? 'rests already' : 'rests');
  const state: LinkState = rests ? link.state : { kind: 'paused', reason, at: run.deps.clock.now() };
  // Told before it rests: later nobody asks any more.
  if (told > 0) await run.flush();
  const asleep = rests && told === 0;
  if (!asleep && !(await run.deps.store.putLink({ ...withAllTold(link), state }, revision))) return;
  // Trying again makes no sense until it is back, and then it is looked at anyway. Before, its trouble may be all that
  // has it looked at.
  await unparkAll(run, link);
  if (rests) return;
  run.count(link.item, 'skipped');
  if (item !== undefined) noteLink(run, item, link, `${reason}; the link is paused`);
}

/** It goes; what was on its way is told before. Whoever is stopped in between comes again and finds it. */
export async function endLink(run: Run, link: Link, reason: string): Promise<void> {
  await unparkAll(run, link);
  const item = run.items.get(link.item);
  if (item !== undefined) {
    await tellOnTheirWay(run, item, link, 'is gone');
    noteLink(run, item, link, reason);
    await run.flush();
  }
  await run.deps.store.removeLink(link);
}

export function noteLink(run: Run, { plan }: Item, link: Link, reason: string, to?: string): void {
  const { item, record, issueKey } = link;
  const about = { item, record, issueKey, side: 'jira', outcome: 'skipped', what: 'Link' } as const;
  run.note({ ...about, ...(to === undefined ? {} : { from: record, to }), reason, origin: plan.origin });
}

/** How much that was. */
async function tellOnTheirWay(
  run: Run,
  item: Item,
  link: Link,
  when: 'rests' | 'rests already' | 'is gone',
): Promise<number> {
  const reason = unseenReason(when === 'is gone' ? 'is gone' : 'rests');
  const sent = untold(item, link, reason);
  // What was said and attached is told as it begins to rest.
  const talk = when === 'rests already' ? [] : await talkOnItsWay(run, item, link);
  if (isNoteUnanswered(link) && link.note!.at > 0)
    talk.push({ side: 'salesforce', what: 'Link note', origin: item.plan.origin });
  const about = { item: link.item, record: link.record, issueKey: link.issueKey };
  for (const { outcome: _, ...decision } of sent) run.note({ ...about, ...decision, outcome: 'written' });
  for (const entry of talk) run.note({ ...about, ...entry, outcome: 'created', reason });
  return sent.length + talk.length;
}

type Sent = Pick<JournalEntry, 'side' | 'what' | 'to'> & { readonly origin: Origin };

/** Comments and files that a run asked for, or changed, and died before it knew. */
async function talkOnItsWay(run: Run, { plan }: Item, link: Link): Promise<Sent[]> {
  const { comments, attachments, attachmentsClause, origin } = plan;
  if (!comments.on && !attachments) return [];
  const pairs = (await run.deps.store.pairs([link])).get(linkKey(link))?.value;
  if (pairs?.issueId !== link.issueId) return [];
  return [
    ...pairs.comments
      .filter(
        ({ copies, sending }) => sending !== undefined || copies.some(({ id, at = 0 }) => id === undefined && at > 0),
      )
      .map(({ from }): Sent => ({ side: other(from), what: 'Comment', origin: comments.origin ?? origin })),
    ...pairs.files
      .filter(
        ({ at, document, attachment }) => at !== undefined && (document === undefined || attachment === undefined),
      )
      .map(({ from, name }): Sent => {
        return { side: other(from), what: 'File', to: name, origin: attachmentsClause?.origin ?? origin };
      }),
  ];
}
