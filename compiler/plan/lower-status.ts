/** Status sync as rows by direction: those that a person wrote first, the closest safe matches after them. */
import { type BoundItem, type BoundStatus, fieldOf, writesJira, writesSalesforce } from '../bind/bound.ts';
import { spelled } from '../bind/literal.ts';
import { picklistSpelling } from '../bind/spelling.ts';
import { matchStatuses, type StatusMatches } from '../bind/status-match.ts';
import { foldText } from '../conversion/index.ts';
import type { MetadataLookup } from '../metadata/lookup.ts';
import type { StatusPlan, StatusRow } from './ir.ts';
import { originOf } from './origin.ts';

export function lowerStatus(item: BoundItem, status: BoundStatus, lookup: MetadataLookup): StatusPlan | undefined {
  const field = fieldOf(status.field);
  const { issueType } = item;
  if (field === undefined || issueType === undefined) return undefined;
  const toJira: StatusRow[] = [];
  const toSalesforce: StatusRow[] = [];
  let otherwise: StatusPlan['otherwise'];
  for (const row of status.table?.table.rows ?? []) {
    if (row.kind === 'table-otherwise') {
      const { action } = row.fallback;
      if (action.kind === 'name') otherwise ??= action.text === 'keep' ? 'keep' : 'skip';
      continue;
    }
    if (row.left.kind === 'missing' || row.right.kind === 'missing' || row.arrow.kind === 'missing') continue;
    const value = picklistSpelling(field.metadata, spelled(row.left));
    const name = lookup.status(issueType, spelled(row.right))?.name ?? spelled(row.right);
    const origin = originOf(status.table!.file, row.span);
    const { arrow } = row.arrow;
    if (writesJira(arrow)) toJira.push({ from: value, to: name, by: 'row', origin });
    if (writesSalesforce(arrow)) toSalesforce.push({ from: name, to: value, by: 'row', origin });
  }
  const origin = originOf(item.file, status.node.span);
  const matches = statusMatches(item, status, lookup);
  for (const match of matches?.toJira ?? []) toJira.push({ ...match, by: 'match', origin });
  for (const match of matches?.toSalesforce ?? []) toSalesforce.push({ ...match, by: 'match', origin });
  return { field: field.field, toJira, toSalesforce, ...(otherwise === undefined ? {} : { otherwise }), origin };
}

/** Nothing where the table's `otherwise` switches matching off, or where a name is not known. */
export function statusMatches(
  item: BoundItem,
  status: BoundStatus,
  lookup: MetadataLookup | undefined,
): StatusMatches | undefined {
  const field = fieldOf(status.field);
  if (lookup === undefined || field === undefined || item.issueType === undefined) return undefined;
  const givenValues = new Set<string>();
  const givenStatuses = new Set<string>();
  for (const row of status.table?.table.rows ?? []) {
    if (row.kind === 'table-otherwise') return undefined;
    const arrow = row.arrow.kind === 'arrow' ? row.arrow.arrow : '<->';
    if (writesJira(arrow) && row.left.kind !== 'missing') givenValues.add(foldText(spelled(row.left)));
    if (writesSalesforce(arrow) && row.right.kind !== 'missing') givenStatuses.add(foldText(spelled(row.right)));
  }
  return matchStatuses(field.metadata.values ?? [], lookup.statuses(item.issueType), givenValues, givenStatuses);
}
