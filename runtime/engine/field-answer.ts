/** Answers about one mapping: nothing to do, agreed, a write with its reason, or why it cannot be written. */
import { jiraText, normalJira, salesforceText, sameValue } from '../../compiler/conversion/index.ts';
import type { FieldBase, Instant, Sending } from '../ports.ts';
import type { Target } from './convert.ts';
import { coveredEdit } from './covered.ts';
import { type Decision, type FieldDecision, type FieldWrite, foundReason, type Side } from './decision.ts';
import { writtenOver } from './field-sent.ts';
import { isOurs, isThere, type State, salesforceChangedAt, stillKnown } from './field-state.ts';
import { sourceName, sourceType, sourceValue } from './values.ts';

const withSending = (state: State, base: FieldBase): FieldBase =>
  state.sending.length === 0 ? base : { ...base, sending: state.sending };

/** The first look after a write to Jira: whether it went over an edit that nobody had seen. */
export function afterWrite(state: State, over: Instant): FieldDecision {
  const { changes, self } = state.input;
  const still = quiet(state);
  if (changes === undefined) return { ...still, wants: true };
  const { over: _, ...base } = still.base!;
  const covered = coveredEdit(changes, self, over);
  if (covered === undefined) return { ...still, base };
  const decision: Decision = {
    ...described(state, 'jira'),
    outcome: 'skip',
    reason: coveredReason(state),
    lost: covered.toString,
    kept: jiraShown(state),
  };
  return { ...still, base, decision };
}

/** Nothing to write, nothing new to remember but that old writes can no longer land. */
export function quiet(state: State): FieldDecision {
  const { base } = state;
  const { salesforce, jira, written } = base!;
  const lasting = written === undefined ? { salesforce, jira } : { salesforce, jira, written };
  return { mapping: state.mapping.id, base: withSending(state, lasting) };
}

export function agreed(state: State): FieldDecision {
  const found = (['jira', 'salesforce'] as const).find(side => isOurs(state, side, state[side]));
  const base: FieldBase = { salesforce: state.salesforce, jira: state.jira };
  const { id: mapping } = state.mapping;
  if (found === undefined || isTold(state, found)) return { mapping, base: withSending(state, base) };
  // Told once.
  const sending = state.sending.map(({ again: _, ...sent }): Sending => {
    return isThere(state, found)(sent) ? { ...sent, told: true } : sent;
  });
  return { mapping, base: { ...base, sending }, ...foundOn(state, found) };
}

const isTold = (state: State, side: Side): boolean =>
  state.sending.filter(isThere(state, side)).every(({ told }) => told === true);

/** What was sent is there, and was not told: its own reason went with the run that sent it. */
function foundOn(state: State, side: Side): Pick<FieldDecision, 'decision' | 'wants'> {
  const { from: to, ...rest } = described(state, side);
  const own = state.sending.filter(isThere(state, side));
  const first = own.find(sent => 'from' in sent);
  const decision: Decision = {
    ...rest,
    outcome: 'found',
    ...(first && writtenOver(state.mapping, first)),
    ...(to === undefined ? {} : { to }),
    reason: foundReason,
  };
  const { changes, self, record } = state.input;
  const kept = side === 'jira' ? jiraShown(state) : sourceValue(state.mapping.source, record.fields);
  const over = own.find(sent => sent.over !== undefined)?.over;
  const covered = over === undefined || changes === undefined ? undefined : coveredEdit(changes, self, over);
  if (covered !== undefined) {
    const reason = coveredReason(state);
    return { decision: { ...decision, outcome: 'skip', reason, lost: covered.toString, kept } };
  }
  const wants = over !== undefined && changes === undefined && ({ wants: true } as const);
  const conflict = own.findLast(sent => 'lost' in sent);
  if (conflict === undefined) return { decision, ...wants };
  const reason = `${state.mapping.target.name} was edited on both sides; ${decision.reason}`;
  return { decision: { ...decision, reason, lost: conflict.lost, kept }, ...wants };
}

const coveredReason = ({ mapping }: State): string =>
  `${mapping.target.name} was edited in Jira just when Salesforce’s value was written over it; the edit is kept here`;

/** The side answered a write with a form of its own: agreed as it stands. */
export function otherForm(state: State, side: Side, written: unknown): FieldDecision {
  const base: FieldBase = { salesforce: state.salesforce, jira: state.jira };
  return {
    mapping: state.mapping.id,
    base: withSending(state, written === undefined ? base : { ...base, written: { side, value: written } }),
  };
}

export function send(state: State, side: Side, reason: string): FieldDecision {
  const target = side === 'jira' ? state.toJira() : state.toSalesforce();
  return target.kind === 'value' ? write(state, side, target, reason) : unable(state, side, target);
}

export function write(
  state: State,
  side: Side,
  target: Extract<Target, { kind: 'value' }>,
  reason: string,
): FieldDecision {
  const { mapping } = state;
  const field =
    side === 'jira' ? mapping.target.id : mapping.source.kind === 'field' ? mapping.source.field.path.join('.') : '';
  const to: FieldWrite = { side, field, value: target.value, normal: target.normal };
  const { base, input } = state;
  const again = base !== undefined && sameValue(target.normal, base[side]);
  const over = side === 'jira' && mapping.owner === 'both' && { over: input.updated };
  const from = base === undefined && state[side] !== null && { from: state[side] };
  const sent: Sending = { side, value: target.normal, at: input.now, ...from, ...over, ...(again && { again }) };
  // Whatever becomes of the write, Salesforce's value was seen now: a later save of the record makes it no later edit.
  const waiting = base && { ...base, seen: { value: state.salesforce, at: salesforceChangedAt(state) } };
  return {
    mapping: mapping.id,
    write: to,
    ahead: { ...(waiting ?? beforeFirst(state, side)), sending: [...stillKnown(state), sent] },
    ...(waiting && { waiting }),
    base: withSending(
      state,
      side === 'jira'
        ? {
            salesforce: state.salesforce,
            jira: target.normal,
            ...over,
          }
        : { salesforce: target.normal, jira: state.jira },
    ),
    decision: {
      ...described(state, side),
      outcome: 'write',
      to: shown(state, side, target.value),
      reason:
        target.instead === undefined ? reason : `${reason}; ${target.instead}, so the program's other value is used`,
    },
  };
}

/** What is known while the first write is under way: that the other side's value has not travelled yet. */
const beforeFirst = ({ salesforce, jira }: State, side: Side): FieldBase =>
  side === 'jira' ? { salesforce: null, jira } : { salesforce, jira: null };

/** The values stand as they are; what was seen counts as known, so that it is reported once. */
export function unable(state: State, side: Side, target: Exclude<Target, { kind: 'value' }>): FieldDecision {
  const { mapping, base } = state;
  const known = base !== undefined && sameValue(state.salesforce, base.salesforce) && sameValue(state.jira, base.jira);
  const decision: Decision = {
    ...described(state, side),
    outcome: target.kind === 'problem' ? 'problem' : 'skip',
    reason: target.reason,
  };
  if (target.kind === 'problem') return { mapping: mapping.id, ...(base && { base }), decision };
  return { ...agreed(state), ...(target.recorded && !known ? { decision } : {}) };
}

export function described(state: State, side: Side): Pick<Decision, 'side' | 'what' | 'origin' | 'from'> {
  const { mapping } = state;
  return {
    side,
    what: side === 'jira' ? mapping.target.name : sourceName(mapping.source),
    from: side === 'jira' ? jiraText(mapping.target.type, jiraShown(state)) : salesforceShown(state),
    origin: mapping.origin,
  };
}

/** What is kept of the value: of people their account ids only. */
export function jiraShown({ mapping, input }: State): unknown {
  const value = input.issue[mapping.target.id] ?? null;
  const { type } = mapping.target;
  return type === 'user' || type === 'users' ? withoutNames(value) : value;
}

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  const accountId = (value as { readonly accountId?: unknown } | null)?.accountId;
  return accountId === undefined ? value : { accountId };
}

export const salesforceShown = (state: State): string =>
  salesforceText(sourceType(state.mapping.source), sourceValue(state.mapping.source, state.input.record.fields));

function shown(state: State, side: Side, value: unknown): string {
  const { mapping } = state;
  return side === 'jira'
    ? jiraText(mapping.target.type, normalJira(mapping.target.type, value) === null ? null : value)
    : salesforceText(sourceType(mapping.source), value);
}

export const firstLink = (from: string) => `first sync of this link takes the value from ${from}`;

export function changedIn(state: State, side: Side): string {
  const { mapping, base } = state;
  const changed =
    side === 'salesforce'
      ? !sameValue(state.salesforce, base?.salesforce ?? null)
      : !sameValue(state.jira, base?.jira ?? null);
  const name = side === 'salesforce' ? sourceName(mapping.source) : mapping.target.name;
  const system = side === 'salesforce' ? 'Salesforce' : 'Jira';
  return changed ? `${name} changed in ${system}` : `${name} in ${system} gives another value now`;
}
