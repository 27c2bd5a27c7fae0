/**
 * One mapping decided: by its owner, the values of both sides now, and the base that both agreed on last.
 * The base makes the difference between an edit and an echo. Nothing here depends on who reported what.
 */
import { sameValue } from '../../compiler/conversion/index.ts';
import type { MappingPlan } from '../../compiler/plan/ir.ts';
import type { Converter } from './convert.ts';
import type { FieldDecision } from './decision.ts';
import { afterWrite, agreed, changedIn, firstLink, otherForm, quiet, send, unable, write } from './field-answer.ts';
import { conflict } from './field-conflict.ts';
import { tellingSent } from './field-sent.ts';
import {
  agree,
  type FieldInput,
  inDoubt,
  isOwed,
  lastAuthor,
  oursOf,
  type State,
  stateOf,
  takenBack,
  writtenTo,
} from './field-state.ts';
import { sourceName } from './values.ts';

export type DecideField = (input: FieldInput) => FieldDecision;

export function compileField(mapping: MappingPlan, converter: Converter): DecideField {
  return input => {
    const state = stateOf(mapping, converter, input);
    return tellingSent(state, decideBy[mapping.owner](state));
  };
}

const decideBy = { salesforce: salesforceOwns, jira: jiraOwns, both: bothOwn } as const;

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
  const ours = oursOf(state);
  const [ourSalesforce, ourJira] = [ours === 'salesforce', ours === 'jira'];
  const salesforceChanged = ourJira || (!ourSalesforce && !sameValue(state.salesforce, base.salesforce));
  const back = salesforceChanged && !ourJira ? takenBack(state) : false;
  const jiraChanged = back === true || ourSalesforce || (!ourJira && !sameValue(state.jira, base.jira));
  if (!salesforceChanged && !jiraChanged) return base.over === undefined ? quiet(state) : afterWrite(state, base.over);
  if (agree(state)) return agreed(state);
  if (!jiraChanged) {
    const sent = send(state, 'jira', changedIn(state, 'salesforce'));
    return back === 'unread' ? { ...sent, wants: true } : sent;
  }

  // A Jira value that the app itself left behind is the other form of what it wrote.
  const author = ourSalesforce || back ? 'person' : lastAuthor(state);
  if (author === 'app') {
    if (!salesforceChanged && isOwed(state)) return send(state, 'salesforce', changedIn(state, 'jira'));
    if (!salesforceChanged && !inDoubt(state, base.jira)) return otherForm(state, 'jira', undefined);
    return send(state, 'jira', changedIn(state, 'salesforce'));
  }
  const decided = salesforceChanged ? conflict(state) : send(state, 'salesforce', changedIn(state, 'jira'));
  return author === 'unread' ? { ...decided, wants: true } : decided;
}
