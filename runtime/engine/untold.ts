/** What a run may have written before it was stopped, of a link that rests now: nobody looks whether it is there. */
import { normalText, salesforceText, sameValue } from '../../compiler/conversion/index.ts';
import type { FieldBase, Link, Sending } from '../ports.ts';
import type { Decision } from './decision.ts';
import type { Item } from './reconcile.ts';
import { sentStatus } from './status.ts';
import { sourceName, sourceType } from './values.ts';

export const unseenReason =
  'sent by an earlier run, of which it is not known whether it arrived; nobody looks, since the link rests';

/** As a look that finds it there tells it. */
export function untold({ plan, mappings }: Item, { bases, moving }: Pick<Link, 'bases' | 'moving'>): Decision[] {
  const decisions: Decision[] = [];
  for (const { mapping } of mappings) {
    const base = bases[mapping.id];
    const { target, source, origin } = mapping;
    for (const sent of base?.sending?.filter(one => isUntold(base, one)) ?? []) {
      const { side, value } = sent;
      const toJira = side === 'jira';
      decisions.push({
        side,
        what: toJira ? target.name : sourceName(source),
        to: toJira ? normalText(target.type, value) : salesforceText(sourceType(source), value),
        outcome: 'found',
        reason: unseenReason,
        origin,
        ...('lost' in sent && { lost: sent.lost, kept: value }),
      });
    }
  }
  if (moving !== undefined)
    decisions.push(sentStatus(moving, plan.status, plan.status?.origin ?? plan.origin, unseenReason));
  return decisions;
}

/** What was told is agreed on, or says so. */
const isUntold = (base: FieldBase, { side, value, again, told }: Sending): boolean =>
  told === undefined && (again === true || !sameValue(value, base[side]));

/** The link once all of that is told. */
export function withAllTold({ moving: _, bases, ...link }: Link): Link {
  const told = Object.entries(bases).map(([id, base]): [string, FieldBase] => {
    const sending = base.sending?.map((sent): Sending => ({ ...sent, told: true }));
    return [id, sending === undefined ? base : { ...base, sending }];
  });
  return { ...link, bases: Object.fromEntries(told) };
}
