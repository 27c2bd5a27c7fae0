/** Journal entries and counts out of what was decided and what came of it: every write explained, every skip visible. */
import type { Decision, Decisions } from '../engine/index.ts';
import type { Failure, JiraIssue, JournalEntry } from '../ports.ts';
import { type Run, sentence } from './run.ts';
import type { Work } from './work.ts';

export interface Applied {
  readonly work: Work;
  readonly issue: JiraIssue;
  readonly decisions: Decisions;
  readonly refused: ReadonlyMap<string, Failure>;
  readonly doubted: ReadonlyMap<string, Failure>;
  readonly blocked?: string;
  readonly moved?: boolean;
  readonly moveFailure?: Failure;
}

/** `known`: the same trouble was told before and is not told again. */
export function noteDecisions(run: Run, applied: Applied, known: boolean): void {
  const { work, decisions, issue } = applied;
  const item = work.item.plan.id;
  const about = { item, record: work.record.id, issueKey: issue.key };
  let pushed = false;
  let updated = false;

  const note = (decision: Decision, outcome: JournalEntry['outcome'], reason = decision.reason) =>
    run.note({
      ...about,
      side: decision.side,
      outcome,
      what: decision.what,
      ...(decision.from === undefined ? {} : { from: decision.from }),
      ...(decision.to === undefined ? {} : { to: decision.to }),
      reason,
      origin: decision.origin,
      ...('lost' in decision ? { lost: decision.lost, kept: decision.kept } : {}),
    });

  const noteWrite = (decision: Decision, side: 'salesforce' | 'jira', field: string) => {
    const key = `${side} ${field}`;
    const failure = applied.refused.get(key) ?? applied.doubted.get(key);
    if (failure !== undefined) {
      if (!known) note(decision, 'failed', `${decision.reason}; ${sentence(failure)}`);
      return;
    }
    if (side === 'jira') updated = true;
    else pushed = true;
    note(decision, 'written');
  };

  for (const { decision, write, earlier } of decisions.fields) {
    earlier?.decisions.forEach(noteOther);
    if (decision === undefined) continue;
    if (decision.outcome === 'write' && write !== undefined) noteWrite(decision, write.side, write.field);
    else noteOther(decision);
  }
  for (const decision of decisions.status.decisions) {
    if (decision.outcome !== 'write') noteOther(decision);
    else if (decisions.status.write !== undefined) noteWrite(decision, 'salesforce', decisions.status.write.field);
    else if (applied.moved) {
      note(decision, 'moved');
      run.count(item, 'moved');
    } else if (applied.blocked !== undefined) {
      run.count(item, 'blocked');
      if (!known) note(decision, 'blocked', `${decision.reason}; ${applied.blocked}`);
    } else if (applied.moveFailure !== undefined && !known) {
      note(decision, 'failed', `${decision.reason}; ${sentence(applied.moveFailure)}`);
    }
  }
  if (updated) run.count(item, 'updated');
  if (pushed) run.count(item, 'pushed');

  function noteOther(decision: Decision): void {
    if (decision.outcome === 'found') note(decision, 'written');
    else if (decision.outcome === 'skip') {
      run.count(item, 'skipped');
      note(decision, 'skipped');
    } else if (decision.outcome === 'hold') {
      if (!known) note(decision, 'held');
    } else if (decision.outcome === 'problem' && !known) note(decision, 'failed');
  }
}
