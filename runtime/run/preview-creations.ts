/** Issues that the next cycle would make: the first ones, decided as a run decides. */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { decideCreation, eligibleQuery, type Item, recordFromRow } from '../engine/index.ts';
import { type Activation, linkKey } from '../ports.ts';
import type { Deps } from './deps.ts';
import type { Creations } from './flood.ts';
import { entryOf, newIssueEntries, type PreviewEntry, peopleFor, place } from './preview-entry.ts';

const creationsShown = 20;

/** Since when an item creates is fixed once it does; a day that is written later changes nothing, and that is told. */
export function lateDay(
  { create, origin }: ItemPlan,
  activation: Pick<Activation, 'createSince'> | undefined,
): readonly PreviewEntry[] {
  const { since: day, records } = create;
  const fixed = activation?.createSince;
  if (day === undefined || records === 'off' || fixed === undefined) return [];
  const meant = Date.parse(`${day}T00:00:00Z`);
  if (meant === fixed) return [];
  const began = new Date(fixed).toISOString().slice(0, 16).replace('T', ' ');
  return [
    {
      record: '',
      side: 'jira',
      outcome: 'skipped',
      what: 'New issues',
      reason: `\`since ${day}\` changes nothing: this item counts records from ${began} UTC on, and keeps that moment; an item with another id begins anew`,
      source: place(create.origin ?? origin),
    },
  ];
}

export async function creationEntries(
  deps: Deps,
  item: Item,
  creations: Creations | undefined,
  until: number,
): Promise<readonly PreviewEntry[]> {
  if (creations === undefined || creations.atMost === 0 || deps.clock.now() >= until) return [];
  const query = eligibleQuery(item.plan, [item.plan], creations.since, creationsShown);
  const { answers } = await deps.salesforce.query([{ soql: query.soql }]);
  const records = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(query.object, row) ?? []);
  const keys = records.map(({ id }) => ({ item: item.plan.id, record: id }));
  const links = await deps.store.links(keys);
  const people = await peopleFor(deps, item, records);
  const entries: PreviewEntry[] = [];
  for (const record of records) {
    if (links.has(linkKey({ item: item.plan.id, record: record.id }))) continue;
    const activation = { item: item.plan.id, createSince: creations.since };
    const creation = decideCreation(item, record, activation, people);
    const about = { record: record.id };
    const origin = item.plan.create.origin ?? item.plan.origin;
    if (creation.kind === 'create') {
      const source = place(origin);
      const reason = 'a new record that the item covers';
      entries.push({ ...about, side: 'jira', outcome: 'created', what: 'Issue', reason, source });
      entries.push(...newIssueEntries(item, record, creation));
    } else if (creation.kind === 'problem')
      for (const decision of creation.decisions) entries.push(entryOf(decision, about, 'failed'));
  }
  return entries;
}
