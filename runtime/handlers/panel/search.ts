/**
 * P-2: records to link, as somebody types: within the item's `where`, each word in one of the object's search
 * fields, or the one whose id was pasted. What was typed is escaped and can be nothing but text.
 */
import { searchedFields } from '../../../compiler/catalogue/index.ts';
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import { compileItem, pushed } from '../../engine/index.ts';
import { escapeLike } from '../../engine/soql.ts';
import { leftOut } from '../../run/index.ts';
import type { AppDeps } from '../deps.ts';
import { describedObject } from '../live-metadata.ts';
import { Refused } from '../reply.ts';
import { idIn } from './record-id.ts';
import { labelling } from './records.ts';

const most = 20;
const mostWords = 6;

export interface FoundRecord {
  readonly recordId: string;
  readonly label: string;
}

/** For the panel: an active item's records, those that its `where` covers. */
export async function searchRecords(deps: AppDeps, itemId: string, query: string): Promise<readonly FoundRecord[]> {
  const item = (await deps.store.program())?.plan.items.find(({ id }) => id === itemId);
  if (item === undefined) throw new Refused('gone', 'This item does not exist any more. Reload the page.');
  const found = await recordsLike(deps, item, query, 'covered');
  if (found.length > 0 || (await idIn(deps, item, query.trim())) === undefined) return found;
  // Whoever pastes an id knows that the record is there: that nothing was found would be no answer.
  if ((await recordsLike(deps, item, query, 'any')).length > 0) throw new Refused('out-of-scope', leftOut(item));
  return found;
}

/** `any` also finds what the item does not cover, for whoever wants to see why. */
export async function recordsLike(
  deps: AppDeps,
  item: ItemPlan,
  query: string,
  which: 'covered' | 'any',
): Promise<readonly FoundRecord[]> {
  const typed = query.trim();
  const { object } = item.salesforce;
  const found = await idIn(deps, item, typed);
  if (found === undefined && typed.length < 2) return [];
  const [described, label] = await Promise.all([describedObject(deps, object), labelling(deps, object)]);
  if (described === undefined)
    throw new Refused(
      'gone',
      `Salesforce does not show the object \`${object}\` any more. Ask an admin to check what the Run As user may read.`,
    );
  const fields = searchedFields(described);
  if (found === undefined && fields.length === 0) return [];

  const words = typed.split(/\s+/).slice(0, mostWords);
  const wanted =
    found === undefined
      ? words.map(word => `(${fields.map(({ name }) => `${name} LIKE '%${escapeLike(word)}%'`).join(' OR ')})`)
      : [`Id = '${found}'`];
  const where = item.where === undefined || which === 'any' ? '' : pushed(item.where);
  const columns = new Set([...label.columns, ...item.salesforce.reads.map(({ path }) => path.join('.'))]);
  const conditions = [...wanted, ...(where === '' ? [] : [`(${where})`])].join(' AND ');
  const soql = `SELECT ${[...columns].join(', ')} FROM ${object} WHERE ${conditions} ORDER BY Id DESC LIMIT ${most}`;
  const { answers } = await deps.salesforce.query([{ soql }]);
  // SOQL lets through at least what the item covers; the item's own condition decides.
  const covers = which === 'any' ? () => true : compileItem(item).where;
  return (answers[0]?.rows ?? []).filter(covers).map(row => ({ recordId: String(row.Id), label: label.label(row) }));
}
