/** What a run may have written before it was stopped, of a link that rests or ends now: nobody looks whether it is there. */
import type { Link } from '../ports.ts';
import type { Decision } from './decision.ts';
import { sentValue, withTold } from './field-sent.ts';
import { isUntold } from './field-state.ts';
import type { Item } from './reconcile.ts';
import { sentStatus } from './status.ts';

export const unseenReason = (link: 'rests' | 'is gone'): string =>
  `sent by an earlier run, of which it is not known whether it arrived; nobody looks, since the link ${link}`;

/** As a look that finds it there tells it. */
export function untold(
  { plan, mappings }: Item,
  { bases, moving }: Pick<Link, 'bases' | 'moving'>,
  reason: string,
): Decision[] {
  const decisions: Decision[] = [];
  for (const { mapping } of mappings) {
    const base = bases[mapping.id];
    for (const sent of base?.sending?.filter(one => isUntold(base, one)) ?? [])
      decisions.push(sentValue(mapping, sent, reason));
  }
  for (const one of moving === undefined ? [] : [...(moving.earlier ?? []), moving])
    decisions.push(sentStatus(one, plan.status, plan.status?.origin ?? plan.origin, reason));
  return decisions;
}

/** Its note was asked for, and nobody knows whether it was made. */
export const isNoteUnanswered = ({ note }: Pick<Link, 'note'>): boolean =>
  note !== undefined && note.id === undefined && note.refused === undefined;

/** The link once all of that is told, and its note as well. */
export function withAllTold({ moving: _, bases, ...link }: Link): Link {
  const told = Object.entries(bases).map(([id, base]) => [id, withTold(base)] as const);
  return { ...link, bases: Object.fromEntries(told), ...(isNoteUnanswered(link) && { note: { at: 0 } }) };
}
