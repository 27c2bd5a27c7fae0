/**
 * Nor does Salesforce refuse a write that is based on an older look. What it went over is the record as it was just
 * before, which the same call reads.
 */
import { sameValue } from '../../compiler/conversion/index.ts';
import type { SalesforceRecord } from '../ports.ts';
import type { Decision, Decisions } from './decision.ts';
import type { Item } from './reconcile.ts';
import { sourceValue, valueAt } from './values.ts';

interface Covered {
  readonly decision: Decision;
  readonly lost: unknown;
  readonly kept: unknown;
}

/** Values that both sides own, or statuses, which a write to Salesforce went over: `seen` is what it was decided by. */
export function coveredBy(
  item: Item,
  { fields, status }: Decisions,
  seen: SalesforceRecord,
  was: SalesforceRecord,
): readonly Covered[] {
  const covered: Covered[] = [];
  for (const { mapping: id, write, decision } of fields) {
    const found = item.mappings.find(({ mapping }) => mapping.id === id);
    if (write?.side !== 'salesforce' || decision === undefined || found?.mapping.owner !== 'both') continue;
    const { mapping, converter } = found;
    const before = converter.salesforceNormal(was.fields);
    if (sameValue(before, converter.salesforceNormal(seen.fields)) || sameValue(before, write.normal)) continue;
    covered.push({ decision, lost: sourceValue(mapping.source, was.fields), kept: write.value });
  }
  const { write } = status;
  const decision = status.decisions.find(({ outcome }) => outcome === 'write');
  const path = item.plan.status?.field.path;
  if (write !== undefined && decision !== undefined && path !== undefined) {
    const before = valueAt(was.fields, path);
    if (!sameValue(before, valueAt(seen.fields, path)) && !sameValue(before, write.value))
      covered.push({ decision, lost: before, kept: write.value });
  }
  return covered;
}
