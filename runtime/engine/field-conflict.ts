/** A field that both sides own and both sides edited: which edit stays, and which one the journal keeps. */
import type { FieldBase, Instant } from '../ports.ts';
import type { FieldDecision } from './decision.ts';
import { described, jiraShown, salesforceShown, send } from './field-answer.ts';
import { lastEdit, type State, salesforceChangedAt } from './field-state.ts';
import { sourceValue } from './values.ts';

export function conflict(state: State): FieldDecision {
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
