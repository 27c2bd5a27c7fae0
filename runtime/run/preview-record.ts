/**
 * One chosen record under one item: what its link would bring, or, where it has none, what a new issue of it would
 * take over. Nothing is written.
 */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { compileItem, decideCreation, recordFromRow, recordsQuery } from '../engine/index.ts';
import { linkKey } from '../ports.ts';
import type { Deps } from './deps.ts';
import { entryOf, newIssueEntries, type PreviewEntry, peopleFor, place } from './preview-entry.ts';
import { linkEntries } from './preview-links.ts';

export async function previewRecord(deps: Deps, own: ItemPlan, record: string): Promise<readonly PreviewEntry[]> {
  const item = compileItem(own);
  const key = { item: own.id, record };
  const link = (await deps.store.links([key])).get(linkKey(key))?.value;
  if (link !== undefined) return linkEntries(deps, item, [link]);
  const said = { record, side: 'jira', outcome: 'skipped', what: 'Issue', source: place(own.origin) } as const;
  const query = recordsQuery([own], [record]);
  const { answers } = await deps.salesforce.query([{ soql: query.soql }]);
  const [found] = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(query.object, row) ?? []);
  if (found === undefined) return [{ ...said, reason: 'the record is gone, or the Run As user may not see it' }];
  // As if it were new, and as if the item made issues: which fields then travel is asked for either way.
  const makes = own.create.records !== 'off';
  const asked = makes ? item : compileItem({ ...own, create: { ...own.create, records: 'all' } });
  const creation = decideCreation(asked, found, { item: own.id, createSince: 0 }, await peopleFor(deps, item, [found]));
  if (creation.kind === 'none') return [{ ...said, reason: creation.reason }];
  if (creation.kind === 'problem') return creation.decisions.map(each => entryOf(each, { record }, 'failed'));
  const issue = makes
    ? ({
        ...said,
        outcome: 'created',
        reason: 'the item covers the record: were it new, it would become an issue',
      } as const)
    : { ...said, reason: 'auto-create is off: a person links the record; on a new issue it would fill these fields' };
  return [issue, ...newIssueEntries(asked, found, creation)];
}
