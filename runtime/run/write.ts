/**
 * Writes what was decided: per issue one PUT and the moves, all records of a page in one call. A refusal that
 * names fields costs those fields only; what did not happen, and what nobody knows of, is told by side and field.
 */
import { recordFromRow, recordsQuery } from '../engine/index.ts';
import type { Failure, SalesforceRecord } from '../ports.ts';
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

/** All records of the page in one call; then they are read, since Salesforce may keep another form. */
export async function writeRecords(run: Run, all: readonly Applied[]): Promise<void> {
  const { salesforce } = run.deps;
  const { stopped } = run;
  const writing = all.filter(one => Object.keys(one.decisions.toSalesforce).length > 0);
  if (writing.length === 0) return;
  if (stopped !== undefined) {
    for (const one of writing) fail(one, 'salesforce', Object.keys(one.decisions.toSalesforce), stopped);
    return;
  }
  const byRecord = [...Map.groupBy(writing, one => one.work.record.id).values()];
  const written: Applied[] = [];

  let open = byRecord.map(group => ({
    group,
    fields: Object.assign({}, ...group.map(one => one.decisions.toSalesforce)) as Record<string, unknown>,
  }));
  for (let tries = 0; open.length > 0 && tries < 2; tries++) {
    const again: typeof open = [];
    const refuse = (one: (typeof open)[number], failure: Failure, names: readonly string[]) => {
      for (const member of one.group) {
        fail(
          member,
          'salesforce',
          names.filter(name => name in member.decisions.toSalesforce),
          failure,
        );
      }
      if (stopsRun(failure)) run.stop(failure);
    };
    try {
      const outcomes = await salesforce.update(
        open.map(({ group, fields }) => ({
          object: group[0]!.work.record.object,
          id: group[0]!.work.record.id,
          fields,
        })),
      );
      open.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome?.ok) {
          written.push(...one.group);
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
  await readBack(run, written);
}

const unanswered: Failure = {
  system: 'salesforce',
  kind: 'unknown',
  code: 'NO_ANSWER',
  message: 'no answer for this record',
  fields: [],
};

async function readBack(run: Run, written: readonly Applied[]): Promise<void> {
  if (written.length === 0 || run.stopped) return;
  const byObject = [...Map.groupBy(written, one => one.work.record.object).values()];
  const queries = byObject.map(group =>
    recordsQuery(
      [...new Set(group.map(one => one.work.item.plan))],
      group.map(one => one.work.record.id),
    ),
  );
  try {
    const { answers } = await run.deps.salesforce.query(queries.map(({ soql }) => ({ soql, all: true })));
    byObject.forEach((group, index) => {
      const rows = answers[index]?.rows ?? [];
      const object = queries[index]!.object;
      const records = rows.flatMap(row => recordFromRow(object, row) ?? []);
      for (const one of group) {
        const read = records.find(record => record.id === one.work.record.id);
        if (read !== undefined) one.read = read;
      }
    });
  } catch (error) {
    // Without it a value that Salesforce reformatted is sent once more, at worst.
    run.deps.log.warn('records were not read back', { run: run.id, code: failureOf(error).code });
  }
}
