/** What decides a mapping: the values of both sides now, what both agreed on last, and whose edits stand there. */
import { sameValue } from '../../compiler/conversion/index.ts';
import type { MappingPlan } from '../../compiler/plan/ir.ts';
import type { FieldBase, Instant, JiraFieldChange, SalesforceRecord, Sending } from '../ports.ts';
import type { Converter, People, Target } from './convert.ts';
import { editedSince } from './covered.ts';
import type { Side } from './decision.ts';
import type { Fields } from './values.ts';

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

export interface State {
  readonly mapping: MappingPlan;
  readonly input: FieldInput;
  readonly base: FieldBase | undefined;
  /** Writes that may still land or have landed unseen. */
  readonly sending: readonly Sending[];
  /** Those that are over by now, of which nobody told: what they wrote, if they did, is not there any more. */
  readonly gone: readonly Sending[];
  /** Normal forms now; null is empty. */
  readonly salesforce: unknown;
  readonly jira: unknown;
  toJira(): Target;
  toSalesforce(): Target;
}

export function stateOf(mapping: MappingPlan, converter: Converter, input: FieldInput): State {
  const { record, issue, base, people, now } = input;
  const salesforce = converter.salesforceNormal(record.fields);
  const jira = converter.jiraNormal(issue);
  const sent = base?.sending ?? none;
  return {
    mapping,
    input,
    base,
    sending: sent.length === 0 ? none : sent.filter(isOpen),
    gone: sent.length === 0 ? none : sent.filter(one => !isOpen(one) && isUntold(base!, one)),
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

/** What was told is agreed on, or says so. */
export const isUntold = (base: FieldBase, { side, value, again, told }: Sending): boolean =>
  told === undefined && (again === true || !sameValue(value, base[side]));

/** Not later than the record's stamp, and not later than a run saw this very value. */
export function salesforceChangedAt(state: State): Instant {
  const { stamp } = state.input.record;
  const seen = state.base?.seen;
  return seen !== undefined && sameValue(seen.value, state.salesforce) ? Math.min(seen.at, stamp) : stamp;
}

export function lastEdit(state: State): JiraFieldChange | undefined {
  return state.input.changes?.findLast(change => change.author !== state.input.self);
}

/** Whose change the field's last one was; without any, nobody edited it and Jira itself made the form. */
export function lastAuthor(state: State): 'app' | 'person' | 'unread' {
  const { changes, self } = state.input;
  if (changes === undefined) return 'unread';
  const last = changes.at(-1);
  return last === undefined || last.author === self ? 'app' : 'person';
}

export const isOurs = (state: State, side: Side, value: unknown): boolean => ownOf(state, side, value) !== undefined;

function ownOf({ base, sending }: State, side: Side, value: unknown): Sending | undefined {
  const isNew = !sameValue(value, base?.[side]);
  return sending.findLast(sent => sent.side === side && (isNew || sent.again) && sameValue(sent.value, value));
}

/** The side that stands as we sent it; of both the one that was sent last, since the other was changed again before that. */
export function oursOf(state: State): Side | undefined {
  const [inSalesforce, inJira] = [ownOf(state, 'salesforce', state.salesforce), ownOf(state, 'jira', state.jira)];
  if (inSalesforce === undefined || inJira === undefined) return (inSalesforce ?? inJira)?.side;
  return inSalesforce.at > inJira.at ? 'salesforce' : 'jira';
}

/** Another value than this was sent to Jira without an answer: what the app left there may be a form of that one. */
export const inDoubt = ({ base }: State, value: unknown): boolean =>
  base?.sending?.some(sent => sent.side === 'jira' && !sameValue(sent.value, value)) ?? false;

/** Jira has what was agreed on because a person put it back there, after a write that nobody answered. */
export function takenBack(state: State): boolean | 'unread' {
  const { changes, self } = state.input;
  const sent = goneFromJira(state);
  if (sent === undefined) return false;
  return changes === undefined ? 'unread' : editedSince(changes, self, sent.over ?? sent.at);
}

/** Jira has what was agreed on, and something else was written there meanwhile, for all that is known. */
function goneFromJira({ base, jira }: State): Sending | undefined {
  if (!sameValue(jira, base?.jira)) return undefined;
  return base?.sending?.findLast(one => one.side === 'jira' && !sameValue(one.value, jira));
}

/**
 * What stays known of earlier writes beside a new one: those that may still land, and the one that a person may have
 * taken back, which is an edit as long as nothing else is agreed on.
 */
export function stillKnown(state: State): readonly Sending[] {
  const gone = state.mapping.owner === 'both' ? goneFromJira(state) : undefined;
  return gone === undefined || state.sending.includes(gone) ? state.sending : [gone, ...state.sending];
}

/** Jira gave the field its value by itself, and the write of it to Salesforce did not arrive. */
export const isOwed = ({ base, salesforce }: State): boolean =>
  base?.jira === null &&
  base.sending?.some(sent => sent.side === 'salesforce' && !sameValue(sent.value, salesforce)) === true;

/** In either direction: a lossy mapping agrees when one side is what the other one gives. */
export function agree(state: State): boolean {
  const toJira = state.toJira();
  if (toJira.kind === 'value' && toJira.instead === undefined && sameValue(toJira.normal, state.jira)) return true;
  const toSalesforce = state.toSalesforce();
  return (
    toSalesforce.kind === 'value' &&
    toSalesforce.instead === undefined &&
    sameValue(toSalesforce.normal, state.salesforce)
  );
}

export const writtenTo = (base: FieldBase | undefined, side: Side): unknown =>
  base?.written?.side === side ? base.written.value : undefined;

/** That is what stands there. */
export const isThere =
  (state: State, side: Side) =>
  (sent: Sending): boolean =>
    sent.side === side && sameValue(sent.value, state[side]);
