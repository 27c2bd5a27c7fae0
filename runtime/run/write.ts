/**
 * Writes what was decided: per issue one PUT and the moves, all records of a page in one call. A refusal that
 * names fields costs those fields only; what did not happen, and what nobody knows of, is told by side and field.
 */
import { coveredBy, recordFromRow, recordsQuery } from '../engine/index.ts';
import type { Failure, SalesforceRecord, Updated } from '../ports.ts';
import { moveIssue } from './move.ts';
import { failureOf, type Run, stopsRun } from './run.ts';
import type { Decided } from './work.ts';

export interface Applied extends Decided {
  readonly revision: number;
  /** Writes that did not happen, and writes of which nobody knows; by side and field. */
  readonly refused: Map<string, Failure>;
  readonly doubted: Map<string, Failure>;
  blocked?: string;
  moved?: boolean;
  moveFailure?: Failure;
  /** The record after it was written. */
  read?: SalesforceRecord;
}

export const at = (side: 'salesforce' | 'jira', field: string) => `${side} ${field}`;

function fail(one: Applied, side: 'salesforce' | 'jira', fields: readonly string[], failure: Failure): void {
  for (const field of fields) (failure.kind === 'unknown' ? one.doubted : one.refused).set(at(side, field), failure);
}

/** One PUT for all that the links of an issue want, then the moves. */
export async function writeIssue(run: Run, group: readonly Applied[]): Promise<void> {
  const { jira } = run.deps;
  const issueId = group[0]!.issue.id;
  let fields: Record<string, unknown> = Object.assign({}, ...group.map(one => one.decisions.toJira));
  const failed = (failure: Failure, names: readonly string[]) => {
    for (const one of group)
      fail(
        one,
        'jira',
        names.filter(name => name in one.decisions.toJira),
        failure,
      );
    if (stopsRun(failure)) run.stop(failure);
  };
  if (run.stopped) {
    failed(run.stopped, Object.keys(fields));
    fields = {};
  }
  // A refusal that names fields costs those only: the others go in a second try.
  for (let tries = 0; Object.keys(fields).length > 0 && tries < 2; tries++) {
    try {
      await jira.update(issueId, fields);
      break;
    } catch (error) {
      const failure = failureOf(error);
      const named = failure.kind === 'refused' ? failure.fields.filter(field => field in fields) : [];
      const all = Object.keys(fields);
      const last = tries === 1 || named.length === 0 || named.length === all.length;
      failed(failure, last ? all : named);
      if (last) break;
      fields = Object.fromEntries(Object.entries(fields).filter(([field]) => !named.includes(field)));
    }
  }
  for (const one of group) {
    if (one.decisions.status.move === undefined) continue;
    if (run.stopped) {
      one.moveFailure = run.stopped;
      continue;
    }
    const result = await moveIssue(run, one.issue, one.decisions.status.move);
    if (result.kind === 'moved') one.moved = true;
    else if (result.kind === 'blocked') one.blocked = result.reason;
    else {
      one.moveFailure = result.failure;
      if (stopsRun(result.failure)) run.stop(result.failure);
    }
  }
}

/** All records of an object in one call, which also says what stood there just before and what stands there now. */
export async function writeRecords(run: Run, all: readonly Applied[]): Promise<void> {
  const writing = all.filter(one => Object.keys(one.decisions.toSalesforce).length > 0);
  for (const own of Map.groupBy(writing, one => one.work.record.object).values()) await writeObject(run, own);
}

interface Open {
  readonly group: readonly Applied[];
  readonly fields: Readonly<Record<string, unknown>>;
}

async function writeObject(run: Run, writing: readonly Applied[]): Promise<void> {
  const { stopped } = run;
  if (stopped !== undefined) {
    for (const one of writing) fail(one, 'salesforce', Object.keys(one.decisions.toSalesforce), stopped);
    return;
  }
  const refuse = ({ group }: Open, failure: Failure, names: readonly string[]) => {
    for (const one of group)
      fail(
        one,
        'salesforce',
        names.filter(name => name in one.decisions.toSalesforce),
        failure,
      );
    if (stopsRun(failure)) run.stop(failure);
  };

  let open = [...Map.groupBy(writing, one => one.work.record.id).values()].map(
    (group): Open => ({ group, fields: Object.assign({}, ...group.map(one => one.decisions.toSalesforce)) }),
  );
  for (let tries = 0; open.length > 0 && tries < 2; tries++) {
    const again: Open[] = [];
    try {
      const { outcomes, before, after } = await send(run, open);
      open.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome?.ok) {
          noteArrival(run, one.group, before, after);
          return;
        }
        const failure: Failure = outcome?.failure ?? unanswered;
        const names = Object.keys(one.fields);
        const named = failure.kind === 'refused' ? failure.fields.filter(field => field in one.fields) : [];
        const last = tries === 1 || named.length === 0 || named.length === names.length;
        refuse(one, failure, last ? names : named);
        if (last) return;
        const fields = Object.fromEntries(Object.entries(one.fields).filter(([field]) => !named.includes(field)));
        again.push({ group: one.group, fields });
      });
    } catch (error) {
      const failure = failureOf(error);
      for (const one of open) refuse(one, failure, Object.keys(one.fields));
    }
    open = again;
  }
}

const unanswered: Failure = {
  system: 'salesforce',
  kind: 'unknown',
  code: 'NO_ANSWER',
  message: 'no answer for this record',
  fields: [],
};

async function send(run: Run, open: readonly Open[]) {
  const { record } = open[0]!.group[0]!.work;
  const items = new Set(open.flatMap(({ group }) => group.map(one => one.work.item.plan)));
  const { object, soql } = recordsQuery(
    [...items],
    open.map(({ group }) => group[0]!.work.record.id),
  );
  const changes = open.map(({ group, fields }) => ({ object: record.object, id: group[0]!.work.record.id, fields }));
  const { outcomes, before, after } = await run.deps.salesforce.update(changes, soql);
  const recordsOf = (rows: Updated['before']) =>
    new Map(rows.flatMap(row => recordFromRow(object, row) ?? []).map(one => [one.id, one]));
  return { outcomes, before: recordsOf(before), after: recordsOf(after) };
}

type Records = ReadonlyMap<string, SalesforceRecord>;

/** Without the record as it is now a value that Salesforce reformatted is sent once more, at worst. */
function noteArrival(run: Run, group: readonly Applied[], before: Records, after: Records): void {
  for (const one of group) {
    const { id } = one.work.record;
    const now = after.get(id);
    if (now !== undefined) one.read = now;
    const was = before.get(id);
    if (was !== undefined) noteCovered(run, one, was);
  }
}

/** An edit that came between our look and our write is under it now: Salesforce forgets it, the journal does not. */
function noteCovered(run: Run, { work, issue, decisions }: Applied, was: SalesforceRecord): void {
  const { item, record } = work;
  for (const { decision, lost, kept } of coveredBy(item, decisions, record, was)) {
    run.note({
      item: item.plan.id,
      record: record.id,
      issueKey: issue.key,
      side: 'salesforce',
      outcome: 'skipped',
      what: decision.what,
      reason: `${decision.what} was edited in Salesforce just when Jira’s value was written over it; the edit is kept here`,
      origin: decision.origin,
      lost,
      kept,
    });
  }
}
