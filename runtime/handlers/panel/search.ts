/**
 * P-2: records to link, as somebody types: within the item's `where`, over the object's search fields, or
 * the one whose id was pasted.
 */
import { searchFields } from '../../../compiler/catalogue/index.ts';
import { recordId } from '../../../compiler/conversion/identifier.ts';
import { compileItem, pushed } from '../../engine/index.ts';
import { escapeLike } from '../../engine/soql.ts';
import type { AppDeps } from '../deps.ts';
import { describedObject } from '../live-metadata.ts';
import { Refused } from '../reply.ts';
import { labelling } from './records.ts';

const most = 20;

export async function searchRecords(deps: AppDeps, itemId: string, query: string) {
  const item = (await deps.store.program())?.plan.items.find(({ id }) => id === itemId);
  if (item === undefined) throw new Refused('gone', 'This item does not exist any more.');
  const typed = query.trim();
  const { object } = item.salesforce;
  const [described, label] = await Promise.all([describedObject(deps, object), labelling(deps, object)]);
  const found = idIn(typed);
  const fields = (described === undefined ? [] : searchFields(described)).filter(
    name => described?.fields?.find(field => field.name === name)?.filterable === true,
  );
  if (found === undefined && (typed.length < 2 || fields.length === 0)) return [];

  const wanted =
    found === undefined
      ? `(${fields.map(name => `${name} LIKE '%${escapeLike(typed)}%'`).join(' OR ')})`
      : `Id = '${found}'`;
  const where = item.where === undefined ? '' : pushed(item.where);
  const columns = new Set([...label.columns, ...item.salesforce.reads.map(({ path }) => path.join('.'))]);
  const soql = `SELECT ${[...columns].join(', ')} FROM ${object} WHERE ${wanted}${where === '' ? '' : ` AND (${where})`} ORDER BY Id DESC LIMIT ${most}`;
  const { answers } = await deps.salesforce.query([{ soql }]);
  // SOQL lets through at least what the item covers; the item's own condition decides.
  const covers = compileItem(item).where;
  return (answers[0]?.rows ?? []).filter(covers).map(row => ({ recordId: String(row.Id), label: label.label(row) }));
}

/** The 18-character form; a wrong checksum is no id. */
export const fullId = (text: string): string | undefined => recordId(text.trim());

/** An id as it is, or inside a pasted address of the record. */
function idIn(text: string): string | undefined {
  const inUrl = /^https:\/\/\S+?\/([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?:[/?#]|$)/.exec(text)?.[1];
  const lightning = /^https:\/\/\S+?\/lightning\/r\/(?:\w+\/)?([a-zA-Z0-9]{15,18})\//.exec(text)?.[1];
  return fullId(lightning ?? inUrl ?? text);
}
