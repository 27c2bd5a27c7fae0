/** What earlier runs sent, and were stopped before they could say so: told with whatever is decided now. */
import { normalText, salesforceText, sameValue } from '../../compiler/conversion/index.ts';
import type { MappingPlan } from '../../compiler/plan/ir.ts';
import type { FieldBase, FieldValue, Sending } from '../ports.ts';
import { type Decision, type FieldDecision, foundReason, goneReason } from './decision.ts';
import { isThere, isUntold, type State } from './field-state.ts';
import { sourceName, sourceType } from './values.ts';

/** What was sent and not told, however it came to be. */
export function sentValue(mapping: MappingPlan, sent: Sending, reason: string): Decision {
  const { target, source, origin } = mapping;
  const { side, value } = sent;
  return {
    side,
    what: side === 'jira' ? target.name : sourceName(source),
    ...writtenOver(mapping, sent),
    to: shown(mapping, side, value),
    outcome: 'found',
    reason,
    origin,
    ...('lost' in sent && { lost: sent.lost, kept: value }),
  };
}

/** What the first sync of a link found there, before it wrote. */
export const writtenOver = (mapping: MappingPlan, { side, from }: Sending): Pick<Decision, 'from'> =>
  from === undefined ? {} : { from: shown(mapping, side, from) };

const shown = ({ target, source }: MappingPlan, side: Sending['side'], value: FieldValue): string =>
  side === 'jira' ? normalText(target.type, value) : salesforceText(sourceType(source), value);

/**
 * What was sent earlier and is not there is told with whatever is decided now; and so is what stands there, where it is
 * agreed on from now on and the decision is about something else. What is written or found now tells of the same that was
 * sent before, but for what gave way to that and not to this.
 */
export function tellingSent(state: State, decided: FieldDecision): FieldDecision {
  const { gone, sending, mapping, base } = state;
  if (gone.length === 0 && sending.length === 0) return decided;
  const { write, decision } = decided;
  const isSameConflict = (one: Sending) =>
    !('lost' in one) || (decision !== undefined && 'lost' in decision && sameValue(one.lost, decision.lost));
  const isAgain = ({ side, value }: Sending) => side === write?.side && sameValue(value, write.normal);
  const tellsFound = decision?.outcome === 'found' || (decision?.outcome === 'skip' && 'lost' in decision);
  const isFound = (one: Sending) => tellsFound && decision.side === one.side;
  const isAgreed = (one: Sending) =>
    base !== undefined &&
    decided.base !== undefined &&
    isUntold(base, one) &&
    isThere(state, one.side)(one) &&
    sameValue(one.value, decided.base[one.side]) &&
    !(isFound(one) && isSameConflict(one));
  const lost = [...gone, ...sending.filter(isAgain)].filter(one => !(isAgain(one) && isSameConflict(one)));
  const found = sending.filter(one => !isAgain(one) && isAgreed(one));
  const decisions = [
    ...lost.map(one => sentValue(mapping, one, goneReason)),
    ...found.map(one => sentValue(mapping, one, foundReason)),
  ];
  return decisions.length === 0 ? decided : { ...decided, earlier: { sent: [...lost, ...found], decisions } };
}

/**
 * What was sent is told, by default all of it. It is kept as long as nothing new is agreed on: what a person put back over
 * it is an edit at the next look as well.
 */
export const withTold = (base: FieldBase, told: readonly Sending[] = base.sending ?? []): FieldBase =>
  base.sending === undefined
    ? base
    : { ...base, sending: base.sending.map(sent => (told.includes(sent) ? { ...sent, told: true } : sent)) };
