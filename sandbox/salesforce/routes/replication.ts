/** What changed and what was deleted in a span of time, with the watermark up to which the answer is complete. */
import { can } from '../describe.ts';
import { SalesforceError } from '../errors.ts';
import { parseDatetime, stampOf } from '../time.ts';
import { objectNamed } from './metadata.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How far back each list reaches. */
const updatedDays = 30;
const deletedDays = 15;

function span(call: Call, days: number): { readonly from: number; readonly to: number; readonly covered: number } {
  const object = objectNamed(call);
  if (!can(object, 'replicateable'))
    throw new SalesforceError('INVALID_TYPE', `object type ${object.name} is not replicatable`);
  // A raw plus sign arrives as a blank.
  const read = (name: string): number => {
    const instant = parseDatetime((call.query.get(name) ?? '').replace(' ', '+'));
    if (instant === undefined)
      throw new SalesforceError(
        'INVALID_REPLICATION_DATE',
        `${name}Date is not a valid date: ${call.query.get(name) ?? ''}`,
      );
    return Math.floor(instant / minute) * minute;
  };
  const from = read('start');
  const to = read('end');
  if (from >= to) throw new SalesforceError('INVALID_REPLICATION_DATE', 'startDate before endDate is required');
  if (call.now - from > days * day)
    throw new SalesforceError('INVALID_REPLICATION_DATE', `startDate cannot be more than ${days} days ago`);
  // While a transaction is open the answer is complete only up to its start.
  const open = call.org.openSince();
  const covered = Math.floor(Math.min(to, call.now, open ?? Number.POSITIVE_INFINITY) / minute) * minute;
  return { from, to, covered };
}

const updated = (call: Call): Answer => {
  const object = objectNamed(call);
  const { from, to, covered } = span(call, updatedDays);
  const ids = [];
  for (const row of call.org.state.since(object.name, stampOf(from)))
    if (!row.deleted && !call.org.hides(row) && String(row.values.SystemModstamp) < stampOf(to)) ids.push(row.id);
  return ok({ ids, latestDateCovered: stampOf(covered) });
};

const deleted = (call: Call): Answer => {
  const object = objectNamed(call);
  const { from, to, covered } = span(call, deletedDays);
  const records = [];
  let earliest = call.org.describedAt;
  for (const row of call.org.state.since(object.name, '')) {
    if (!row.deleted) continue;
    const stamp = String(row.values.SystemModstamp);
    earliest = Math.min(earliest, parseDatetime(stamp) ?? earliest);
    if (stamp >= stampOf(from) && stamp < stampOf(to)) records.push({ id: row.id, deletedDate: stamp });
  }
  return ok({
    deletedRecords: records,
    earliestDateAvailable: stampOf(Math.floor(earliest / minute) * minute),
    latestDateCovered: stampOf(covered),
  });
};

export const replicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects/:object/updated', handle: updated },
  { method: 'GET', path: '/sobjects/:object/deleted', handle: deleted },
];
