/**
 * One mapping decided: by its owner, the values of both sides now, and the base that both agreed on last.
 * The base makes the difference between an edit and an echo. Nothing here depends on who reported what.
 */
import { jiraText, normalJira, salesforceText, sameValue } from '../../compiler/conversion/index.ts';
import type { MappingPlan } from '../../compiler/plan/ir.ts';
import type { FieldBase, Instant, JiraFieldChange, SalesforceRecord, Sending } from '../ports.ts';
import type { Converter, People, Target } from './convert.ts';
import { coveredEdit } from './covered.ts';
import type { Decision, FieldDecision, FieldWrite, Side } from './decision.ts';
import { type Fields, sourceName, sourceType, sourceValue } from './values.ts';

export interface FieldInput {
  readonly record: SalesforceRecord;
  readonly issue: Fields;
  /** When the issue was last changed. */
  readonly updated: Instant;
  readonly base: FieldBase | undefined;
  /** The field's change log, oldest first; undefined when it was not read. */
  readonly changes: readonly JiraFieldChange[] | undefined;
  readonly people: People;
  /** The app's own account. */
  readonly self: string;
  readonly now: Instant;
}

/** A write without an answer can land this long after it was sent, on either system. */
export const lateLandingMs = 2 * 60_000;

export type DecideField = (input: FieldInput) => FieldDecision;

export function compileField(mapping: MappingPlan, converter: Converter): DecideField {
  return input => {
    const state = stateOf(mapping, converter, input);
    switch (mapping.owner) {
      case 'salesforce':
        return salesforceOwns(state);
      case 'jira':
        return jiraOwns(state);
      case 'both':
        return bothOwn(state);
    }
  };
}

interface State {
  readonly mapping: MappingPlan;
  readonly input: FieldInput;
  readonly base: FieldBase | undefined;
  /** Writes that may still land or have landed unseen. */
  readonly sending: readonly Sending[];
  /** Normal forms now; null is empty. */
  readonly salesforce: unknown;
  readonly jira: unknown;
  toJira(): Target;
  toSalesforce(): Target;
}

function stateOf(mapping: MappingPlan, converter: Converter, input: FieldInput): State {
  const { record, issue, base, people, now } = input;
  const salesforce = converter.salesforceNormal(record.fields);
  const jira = converter.jiraNormal(issue);
  return {
    mapping,
    input,
    base,
    sending: base?.sending === undefined ? none : base.sending.filter(isOpen),
    salesforce,
    jira,
    toJira: () => converter.toJira(record.fields, people, salesforce),
    toSalesforce: () => converter.toSalesforce(issue, record.fields, people, jira),
  };

  /** It may still land; or its value stands there now, and then it is still ours, however old. */
  function isOpen(sent: Sending): boolean {
    return now - sent.at < lateLandingMs || sameValue(sent.side === 'jira' ? jira : salesforce, sent.value);
  }
}

const none: readonly Sending[] = [];

// ── the three owners ────────────────────────────────────────────────────────────────────────────

function salesforceOwns(state: State): FieldDecision {
  const { mapping, base } = state;
  if (base === undefined && state.salesforce === null) return { mapping: mapping.id };
  const target = state.toJira();
  if (target.kind !== 'value') return unable(state, 'jira', target);
  if (sameValue(target.normal, state.jira)) return agreed(state);

  const unchanged = base !== undefined && sameValue(state.salesforce, base.salesforce);
  if (unchanged) {
    const written = writtenTo(base, 'jira');
    const edited = !sameValue(state.jira, base.jira);
    if (written !== undefined && sameValue(target.normal, written) && !edited) return quiet(state);
    if (edited && sameValue(target.normal, written ?? base.jira)) {
      const author = lastAuthor(state);
      if (author === 'unread') {
        return {
          ...write(state, 'jira', target, `${mapping.target.name} was edited in Jira, but Salesforce owns it`),
          wants: true,
        };
      }
      if (author === 'app' && !inDoubt(state, target.normal)) return otherForm(state, 'jira', target.normal);
      const why =
        author === 'app'
          ? `an earlier write of ${mapping.target.name} was made without its answer, and the value is another one by now`
          : `${mapping.target.name} was edited in Jira, but Salesforce owns it`;
      return write(state, 'jira', target, why);
    }
  }
  return write(state, 'jira', target, base === undefined ? firstLink('Salesforce') : changedIn(state, 'salesforce'));
}

function jiraOwns(state: State): FieldDecision {
  const { mapping, base } = state;
  if (base === undefined && state.jira === null) return { mapping: mapping.id };
  const target = state.toSalesforce();
  if (target.kind !== 'value') return unable(state, 'salesforce', target);
  if (sameValue(target.normal, state.salesforce)) return agreed(state);

  const written = writtenTo(base, 'salesforce');
  const sameForm = base !== undefined && sameValue(state.salesforce, base.salesforce);
  if (written !== undefined && sameValue(target.normal, written) && sameForm) return quiet(state);
  const reason =
    base === undefined
      ? firstLink('Jira')
      : sameValue(state.jira, base.jira)
        ? `${sourceName(mapping.source)} was edited in Salesforce, but Jira owns it`
        : changedIn(state, 'jira');
  return write(state, 'salesforce', target, reason);
}

function bothOwn(state: State): FieldDecision {
  const { base } = state;
  if (base === undefined) {
    if (state.salesforce === null && state.jira === null) return agreed(state);
    if (agree(state)) return agreed(state);
    return state.salesforce === null
      ? send(state, 'salesforce', firstLink('Jira'))
      : send(state, 'jira', firstLink('Salesforce'));
  }

  // A value that we sent without an answer is no edit of that side; its source is what still has to travel.
  const ourSalesforce = isOurs(state, 'salesforce', state.salesforce);
  const ourJira = isOurs(state, 'jira', state.jira);
  const salesforceChanged = ourJira || (!ourSalesforce && !sameValue(state.salesforce, base.salesforce));
  const jiraChanged = ourSalesforce || (!ourJira && !sameValue(state.jira, base.jira));
  if (!salesforceChanged && !jiraChanged) return base.over === undefined ? quiet(state) : afterWrite(state, base.over);
  if (agree(state)) return agreed(state);
  if (!jiraChanged) return send(state, 'jira', changedIn(state, 'salesforce'));

  // A Jira value that the app itself left behind is the other form of what it wrote.
  const author = ourSalesforce ? 'person' : lastAuthor(state);
  if (author === 'app') {
    if (!salesforceChanged && isOwed(state)) return send(state, 'salesforce', changedIn(state, 'jira'));
    if (!salesforceChanged && !inDoubt(state, base.jira)) return otherForm(state, 'jira', undefined);
    return send(state, 'jira', changedIn(state, 'salesforce'));
  }
  const decided = salesforceChanged ? conflict(state) : send(state, 'salesforce', changedIn(state, 'jira'));
  return author === 'unread' ? { ...decided, wants: true } : decided;
}

// ── conflicts ───────────────────────────────────────────────────────────────────────────────────

function conflict(state: State): FieldDecision {
  const { mapping, input } = state;
  const seenAt = salesforceChangedAt(state);
  const jiraAt = lastEdit(state)?.at;
  const both = `${mapping.target.name} was edited on both sides`;
  const choice = mapping.onConflict === 'hold' ? state.base?.choice : undefined;
  const policy = choice ?? mapping.onConflict;
  if (policy === 'hold') {
    return {
      mapping: mapping.id,
      base: { ...state.base!, seen: { value: state.salesforce, at: seenAt } },
      decision: {
        ...described(state, 'jira'),
        outcome: 'hold',
        to: salesforceShown(state),
        reason: `${both}; the program says to hold both values until a person chooses`,
      },
    };
  }
  const second = (instant: Instant) => Math.floor(instant / 1000);
  const jiraWins =
    policy === 'jira' || (policy === 'latest' && jiraAt !== undefined && second(jiraAt) > second(seenAt));
  const why =
    policy === 'latest'
      ? jiraWins
        ? `${both}, last in Jira`
        : jiraAt === undefined
          ? `${both}, and when it was edited in Jira is not known`
          : second(jiraAt) === second(seenAt)
            ? `${both} in the same second`
            : `${both}, last in Salesforce`
      : `${both}; ${choice === undefined ? 'the program lets' : 'a person let'} ${jiraWins ? 'Jira' : 'Salesforce'} win`;
  const theirs = sourceValue(mapping.source, input.record.fields);
  const [lost, kept] = jiraWins ? [theirs, jiraShown(state)] : [jiraShown(state), theirs];
  const sent = send(state, jiraWins ? 'salesforce' : 'jira', why);
  if (sent.decision === undefined) return sent;
  return {
    ...sent,
    ...(sent.ahead === undefined ? {} : { ahead: givingWay(sent.ahead, lost) }),
    decision: { ...sent.decision, lost, kept },
  };
}

/** The run may be stopped before it tells: what is being sent says what it went over. */
function givingWay(ahead: FieldBase, lost: unknown): FieldBase {
  const { sending = [] } = ahead;
  return { ...ahead, sending: sending.map((sent, at) => (at === sending.length - 1 ? { ...sent, lost } : sent)) };
}

/** Not later than the record's stamp, and not later than a run saw this very value. */
function salesforceChangedAt(state: State): Instant {
  const { stamp } = state.input.record;
  const seen = state.base?.seen;
  return seen !== undefined && sameValue(seen.value, state.salesforce) ? Math.min(seen.at, stamp) : stamp;
}

function lastEdit(state: State): JiraFieldChange | undefined {
  return state.input.changes?.findLast(change => change.author !== state.input.self);
}

/** Whose change the field's last one was; without any, nobody edited it and Jira itself made the form. */
function lastAuthor(state: State): 'app' | 'person' | 'unread' {
  const { changes, self } = state.input;
  if (changes === undefined) return 'unread';
  const last = changes.at(-1);
  return last === undefined || last.author === self ? 'app' : 'person';
}

const isOurs = (state: State, side: Side, value: unknown): boolean =>
  state.sending.some(sent => sent.side === side && sameValue(sent.value, value)) &&
  !sameValue(value, side === 'jira' ? state.base?.jira : state.base?.salesforce);

/** Another value than this was sent to Jira without an answer: what the app left there may be a form of that one. */
const inDoubt = ({ base }: State, value: unknown): boolean =>
  base?.sending?.some(sent => sent.side === 'jira' && !sameValue(sent.value, value)) ?? false;

/** Jira gave the field its value by itself, and the write of it to Salesforce did not arrive. */
const isOwed = ({ base, salesforce }: State): boolean =>
  base?.jira === null &&
  base.sending?.some(sent => sent.side === 'salesforce' && !sameValue(sent.value, salesforce)) === true;

/** In either direction: a lossy mapping agrees when one side is what the other one gives. */
function agree(state: State): boolean {
  const toJira = state.toJira();
  if (toJira.kind === 'value' && toJira.instead === undefined && sameValue(toJira.normal, state.jira)) return true;
  const toSalesforce = state.toSalesforce();
  return (
    toSalesforce.kind === 'value' &&
    toSalesforce.instead === undefined &&
    sameValue(toSalesforce.normal, state.salesforce)
  );
}

const writtenTo = (base: FieldBase | undefined, side: Side): unknown =>
  base?.written?.side === side ? base.written.value : undefined;

// ── answers ─────────────────────────────────────────────────────────────────────────────────────

const withSending = (state: State, base: FieldBase): FieldBase =>
  state.sending.length === 0 ? base : { ...base, sending: state.sending };

/** The first look after a write to Jira: whether it went over an edit that nobody had seen. */
function afterWrite(state: State, over: Instant): FieldDecision {
  const { changes, self } = state.input;
  const still = quiet(state);
  if (changes === undefined) return { ...still, wants: true };
  const { over: _, ...base } = still.base!;
  const covered = coveredEdit(changes, self, over);
  if (covered === undefined) return { ...still, base };
  const { name } = state.mapping.target;
  const decision: Decision = {
    ...described(state, 'jira'),
    outcome: 'skip',
    reason: `${name} was edited in Jira just when Salesforce’s value was written over it; the edit is kept here`,
    lost: covered.toString,
    kept: jiraShown(state),
  };
  return { ...still, base, decision };
}

/** Nothing to write, nothing new to remember but that old writes can no longer land. */
function quiet(state: State): FieldDecision {
  const { base } = state;
  const { salesforce, jira, written } = base!;
  const lasting = written === undefined ? { salesforce, jira } : { salesforce, jira, written };
  return { mapping: state.mapping.id, base: withSending(state, lasting) };
}

function agreed(state: State): FieldDecision {
  const found = (['jira', 'salesforce'] as const).find(side => isOurs(state, side, state[side]));
  return {
    mapping: state.mapping.id,
    base: withSending(state, { salesforce: state.salesforce, jira: state.jira }),
    ...(found === undefined ? {} : { decision: foundOn(state, found) }),
  };
}

/** What was sent is there, and was not told: its own reason went with the run that sent it. */
function foundOn(state: State, side: Side): Decision {
  const { from: to, ...rest } = described(state, side);
  const decision: Decision = {
    ...rest,
    outcome: 'found',
    ...(to === undefined ? {} : { to }),
    reason: 'written by an earlier run that was stopped before it could say so',
  };
  const over = state.sending.findLast(
    sent => sent.side === side && 'lost' in sent && sameValue(sent.value, state[side]),
  );
  if (over === undefined) return decision;
  const kept = side === 'jira' ? jiraShown(state) : sourceValue(state.mapping.source, state.input.record.fields);
  return {
    ...decision,
    reason: `${state.mapping.target.name} was edited on both sides; ${decision.reason}`,
    lost: over.lost,
    kept,
  };
}

/** The side answered a write with a form of its own: agreed as it stands. */
function otherForm(state: State, side: Side, written: unknown): FieldDecision {
  const base: FieldBase = { salesforce: state.salesforce, jira: state.jira };
  return {
    mapping: state.mapping.id,
    base: withSending(state, written === undefined ? base : { ...base, written: { side, value: written } }),
  };
}

function send(state: State, side: Side, reason: string): FieldDecision {
  const target = side === 'jira' ? state.toJira() : state.toSalesforce();
  return target.kind === 'value' ? write(state, side, target, reason) : unable(state, side, target);
}

function write(state: State, side: Side, target: Extract<Target, { kind: 'value' }>, reason: string): FieldDecision {
  const { mapping } = state;
  const field =
    side === 'jira' ? mapping.target.id : mapping.source.kind === 'field' ? mapping.source.field.path.join('.') : '';
  const to: FieldWrite = { side, field, value: target.value, normal: target.normal };
  const sent: Sending = { side, value: target.normal, at: state.input.now };
  return {
    mapping: mapping.id,
    write: to,
    ahead: { ...before(state, side), sending: [...state.sending, sent] },
    ...(state.base === undefined
      ? {}
      : { waiting: { ...state.base, seen: { value: state.salesforce, at: salesforceChangedAt(state) } } }),
    base: withSending(
      state,
      side === 'jira'
        ? {
            salesforce: state.salesforce,
            jira: target.normal,
            ...(mapping.owner === 'both' && { over: state.input.updated }),
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

/** What is known while a write is under way: without a base, that the other side's value has not travelled yet. */
function before(state: State, side: Side): FieldBase {
  if (state.base !== undefined) return state.base;
  return side === 'jira' ? { salesforce: null, jira: state.jira } : { salesforce: state.salesforce, jira: null };
}

/** The values stand as they are; what was seen counts as known, so that it is reported once. */
function unable(state: State, side: Side, target: Exclude<Target, { kind: 'value' }>): FieldDecision {
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

function described(state: State, side: Side): Pick<Decision, 'side' | 'what' | 'origin' | 'from'> {
  const { mapping } = state;
  return {
    side,
    what: side === 'jira' ? mapping.target.name : sourceName(mapping.source),
    from: side === 'jira' ? jiraText(mapping.target.type, jiraShown(state)) : salesforceShown(state),
    origin: mapping.origin,
  };
}

/** What is kept of the value: of people their account ids only. */
function jiraShown({ mapping, input }: State): unknown {
  const value = input.issue[mapping.target.id] ?? null;
  const { type } = mapping.target;
  return type === 'user' || type === 'users' ? withoutNames(value) : value;
}

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  const accountId = (value as { readonly accountId?: unknown } | null)?.accountId;
  return accountId === undefined ? value : { accountId };
}

const salesforceShown = (state: State): string =>
  salesforceText(sourceType(state.mapping.source), sourceValue(state.mapping.source, state.input.record.fields));

function shown(state: State, side: Side, value: unknown): string {
  const { mapping } = state;
  return side === 'jira'
    ? jiraText(mapping.target.type, normalJira(mapping.target.type, value) === null ? null : value)
    : salesforceText(sourceType(mapping.source), value);
}

const firstLink = (from: string) => `first sync of this link takes the value from ${from}`;

function changedIn(state: State, side: Side): string {
  const { mapping, base } = state;
  const changed =
    side === 'salesforce'
      ? !sameValue(state.salesforce, base?.salesforce ?? null)
      : !sameValue(state.jira, base?.jira ?? null);
  const name = side === 'salesforce' ? sourceName(mapping.source) : mapping.target.name;
  const system = side === 'salesforce' ? 'Salesforce' : 'Jira';
  return changed ? `${name} changed in ${system}` : `${name} in ${system} gives another value now`;
}
