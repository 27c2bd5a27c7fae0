/** P-2: a record id as somebody pastes it, bare or inside the record's address, and what is wrong with one that is none. */
import { recordId } from '../../../compiler/conversion/identifier.ts';
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import { type Shape, text } from '../../shape.ts';
import type { AppDeps } from '../deps.ts';
import { objectNames } from '../live-metadata.ts';
import { Refused } from '../reply.ts';

const addresses = [
  /^https:\/\/\S+?\/lightning\/r\/(?:\w+\/)?([a-zA-Z0-9]{15,18})(?:[/?#]|$)/,
  /^https:\/\/\S+?\/([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?:[/?#]|$)/,
];

/** What stands for the id in a text; the text itself where it is no address. */
function candidate(pasted: string): string {
  const typed = pasted.trim();
  for (const address of addresses) {
    const found = address.exec(typed)?.[1];
    if (found !== undefined) return found;
  }
  return typed;
}

/** Of what was pasted only the id is taken, so that nothing else is kept of it. */
export const pastedId: Shape<string> = (value, path) => candidate(text(500)(value, path));

/** Words are no ids: every key prefix has a digit among its three characters. */
const meant = (typed: string): boolean =>
  /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(typed) && /\d/.test(typed.slice(0, 3));

/** The 18-character form, or nothing where the text is to be searched for; a wrong id is refused with the reason. */
export async function idIn(deps: AppDeps, item: ItemPlan, pasted: string): Promise<string | undefined> {
  const found = candidate(pasted);
  return meant(found) ? requireId(deps, item, found) : undefined;
}

/** The 18-character form of an id of the item's object; else it is refused, and the reason says what to do. */
export async function requireId(deps: AppDeps, item: ItemPlan, pasted: string): Promise<string> {
  const found = candidate(pasted);
  if (!/^[a-zA-Z0-9]*$/.test(found))
    throw refused('A Salesforce record id has letters and digits only. Copy it from the address of the record.');
  if (found.length !== 15 && found.length !== 18)
    throw refused(
      `A Salesforce record id has 15 or 18 characters, and this has ${found.length}. Copy it whole from the address of the record.`,
    );
  const id = recordId(found);
  if (id === undefined)
    throw refused(
      'The last three characters of this id do not fit the others. Copy it again, with its capital and small letters as they are.',
    );
  const { object, label, keyPrefix } = item.salesforce;
  if (keyPrefix === null || id.startsWith(keyPrefix)) return id;
  const other = (await objectNames(deps)).find(one => one.keyPrefix === id.slice(0, 3));
  const what = other === undefined || other.name === object ? 'is of another object' : `belongs to ${a(other.label)}`;
  throw refused(`This id ${what}, and “${item.name}” links ${label} records only.`);
}

const a = (label: string): string => `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label}`;
const refused = (message: string) => new Refused('invalid', message);
