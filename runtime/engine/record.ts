/**
 * A row of a query as a record. Rows come from another system: what is missing or odd makes the row
 * unusable, never the run.
 */
import type { Instant, SalesforceRecord } from '../ports.ts';
import { type Fields, instantOf, valueAt } from './values.ts';

const idPattern = /^[A-Za-z0-9]{18}$/;

/** Undefined when the row has no id or no stamp. */
export function recordFromRow(object: string, row: Fields): SalesforceRecord | undefined {
  const id = row.Id;
  const stamp = instantOf(row.SystemModstamp);
  if (typeof id !== 'string' || !idPattern.test(id) || stamp === undefined) return undefined;
  const winner = row.MasterRecordId;
  return {
    id,
    object,
    fields: row,
    stamp,
    createdAt: instantOf(row.CreatedDate) ?? stamp,
    deleted: row.IsDeleted === true,
    ...(typeof winner === 'string' && idPattern.test(winner) ? { mergedInto: winner } : {}),
  };
}

/** The latest stamp of a record and of those parents whose stamps the query read. */
export function effectiveStamp(record: SalesforceRecord, parents: readonly (readonly string[])[]): Instant {
  let latest = record.stamp;
  for (const parent of parents) {
    const stamp = instantOf(valueAt(record.fields, [...parent, 'SystemModstamp']));
    if (stamp !== undefined && stamp > latest) latest = stamp;
  }
  return latest;
}
