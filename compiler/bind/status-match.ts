/**
 * Closest safe matches between the values of a status-like field and the statuses of a workflow. Safe
 * means that nobody could mean another one: the same words, or the same stage under another usual name
 * where each side has exactly one of that stage, or the only closed value and the only done status.
 */
import { foldText } from '../conversion/index.ts';
import type { PicklistValue, StatusMetadata } from '../metadata/model.ts';

/** The usual names of one stage of work. Adding a name here makes it match. */
const stages: readonly (readonly string[])[] = [
  ['new', 'to do', 'open', 'backlog', 'not started', 'selected for development'],
  ['working', 'in progress', 'in work', 'work in progress', 'in process'],
  ['on hold', 'waiting', 'pending', 'waiting for customer', 'waiting on customer', 'waiting for support', 'blocked'],
  ['escalated'],
  ['in review', 'under review', 'review', 'needs review'],
  ['closed', 'done', 'resolved', 'completed', 'complete', 'finished'],
  ['canceled', 'cancelled', 'declined', "won't do"],
];

const words = (text: string) =>
  foldText(text)
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
const stageByName: ReadonlyMap<string, number> = new Map(
  stages.flatMap((names, stage) => names.map(name => [name, stage] as const)),
);

export interface Match {
  readonly from: string;
  readonly to: string;
}
export interface StatusMatches {
  readonly toJira: readonly Match[];
  readonly toSalesforce: readonly Match[];
  /** Without a row and without a match. */
  readonly unmatchedValues: readonly string[];
  readonly unmatchedStatuses: readonly string[];
}

interface Named {
  readonly name: string;
  readonly done: boolean;
}

/** `given…`: what a row decides already, folded. Candidates are all values and statuses, given or not. */
export function matchStatuses(
  values: readonly PicklistValue[],
  statuses: readonly StatusMetadata[],
  givenValues: ReadonlySet<string>,
  givenStatuses: ReadonlySet<string>,
): StatusMatches {
  const left = values.filter(value => value.active).map(value => ({ name: value.value, done: value.closed === true }));
  const right = statuses.map(status => ({ name: status.name, done: status.category === 'done' }));
  const toJira = oneWay(left, right, givenValues);
  const toSalesforce = oneWay(right, left, givenStatuses);
  return {
    toJira: toJira.matches,
    toSalesforce: toSalesforce.matches,
    unmatchedValues: toJira.unmatched,
    unmatchedStatuses: toSalesforce.unmatched,
  };
}

function oneWay(from: readonly Named[], to: readonly Named[], given: ReadonlySet<string>) {
  const byWords = Map.groupBy(to, entry => words(entry.name));
  const byStage = Map.groupBy(to, entry => stageByName.get(words(entry.name)));
  const sourcesByStage = Map.groupBy(from, entry => stageByName.get(words(entry.name)));
  const doneTargets = to.filter(entry => entry.done);
  const doneSources = from.filter(entry => entry.done);
  const matches: Match[] = [];
  const unmatched: string[] = [];
  for (const entry of from) {
    if (given.has(foldText(entry.name))) continue;
    const stage = stageByName.get(words(entry.name));
    const match =
      only(byWords.get(words(entry.name))) ??
      (stage !== undefined && sourcesByStage.get(stage)?.length === 1 ? only(byStage.get(stage)) : undefined) ??
      (entry.done && doneSources.length === 1 ? only(doneTargets) : undefined);
    if (match === undefined) unmatched.push(entry.name);
    else matches.push({ from: entry.name, to: match.name });
  }
  return { matches, unmatched };
}

const only = <T>(found: readonly T[] | undefined): T | undefined => (found?.length === 1 ? found[0] : undefined);
