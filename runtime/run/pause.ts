/** Links that rest: what they wait for is said, and so is what was on its way when they began to. */
import type { Origin } from '../../compiler/plan/ir.ts';
import { type Item, other, unseenReason, untold, withAllTold } from '../engine/index.ts';
import { type JournalEntry, type Link, type LinkState, linkKey } from '../ports.ts';
import type { Run } from './run.ts';
import { unparkAll } from './trouble.ts';

/** What happens on either side meanwhile shows no more when it is back: so the link says that it has to be looked at whole. */
export const outsideWhere = 'the record does not meet the `where` any more';

/** Asked for by id and not answered, not even among the deleted ones. */
export const recordGone = 'the Salesforce record is gone for good, or the integration user may no longer read it';

export async function pauseLink(run: Run, link: Link, revision: number, reason: string): Promise<void> {
  // Trying again makes no sense until it is back, and then it is looked at anyway.
  await unparkAll(run, link);
  const item = run.items.get(link.item);
  const sent = item === undefined ? [] : untold(item, link);
  const rests = link.state.kind === 'paused' && link.state.reason === reason;
  const talk = item === undefined || rests ? [] : await onTheirWay(run, item, link);
  if (rests && sent.length === 0) return;
  const state: LinkState = rests ? link.state : { kind: 'paused', reason, at: run.deps.clock.now() };
  const { record, issueKey } = link;
  const about = { item: link.item, record, issueKey };
  for (const { outcome: _, ...decision } of sent) run.note({ ...about, ...decision, outcome: 'written' });
  for (const entry of talk) run.note({ ...about, ...entry, outcome: 'created', reason: unseenReason });
  // Told before it rests: later nobody asks any more.
  if (sent.length + talk.length > 0) await run.flush();
  if (!(await run.deps.store.putLink({ ...withAllTold(link), state }, revision)) || rests) return;
  run.count(link.item, 'skipped');
  if (item === undefined) return;
  run.note({
    ...about,
    side: 'jira',
    outcome: 'skipped',
    what: 'Link',
    reason: `${reason}; the link is paused`,
    origin: item.plan.origin,
  });
}

type Sent = Pick<JournalEntry, 'side' | 'what' | 'to'> & { readonly origin: Origin };

/** Comments and files that a run asked for, or changed, and died before it knew. */
async function onTheirWay(run: Run, { plan }: Item, link: Link): Promise<readonly Sent[]> {
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
