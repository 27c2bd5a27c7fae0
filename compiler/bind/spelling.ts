/** A value as the org or the site spells it: texts compare without case, and what is written is what is listed. */
import { foldText } from '../conversion/index.ts';
import type { FieldMetadata, IssueTypeField } from '../metadata/model.ts';

/** By what is listed and by what that folds to; each list is folded once, as long as its metadata is there. */
const known = new WeakMap<readonly unknown[], ReadonlyMap<string, string>>();

function spellingsOf<T>(list: readonly T[], nameOf: (entry: T) => string): ReadonlyMap<string, string> {
  const before = known.get(list);
  if (before !== undefined) return before;
  const spellings = new Map<string, string>();
  for (const entry of list) {
    const name = nameOf(entry);
    const folded = foldText(name);
    if (!spellings.has(folded)) spellings.set(folded, name);
  }
  for (const entry of list) spellings.set(nameOf(entry), nameOf(entry));
  known.set(list, spellings);
  return spellings;
}

const find = (spellings: ReadonlyMap<string, string>, value: string): string | undefined =>
  spellings.get(value) ?? spellings.get(foldText(value));

/** Nothing where the field lists values and this is none of them; whatever is written where it lists none. */
export const asListed = ({ values }: FieldMetadata, value: string): string | undefined =>
  values === undefined
    ? value
    : find(
        spellingsOf(values, entry => entry.value),
        value,
      );

/** Nothing where the issue type offers values and this is none of them. */
export const asOffered = ({ allowedValues }: IssueTypeField, value: string): string | undefined =>
  allowedValues === undefined
    ? value
    : find(
        spellingsOf(allowedValues, entry => entry.name),
        value,
      );

/** `"hot"` of the program is the org's `Hot`; what the field does not list stays as it is. */
export const picklistSpelling = <T>(field: FieldMetadata | undefined, value: T): T | string =>
  typeof value === 'string' && field !== undefined ? (asListed(field, value) ?? value) : value;

/** The same of what the issue type offers. */
export const offeredSpelling = <T>(screen: IssueTypeField | undefined, value: T): T | string =>
  typeof value === 'string' && screen !== undefined ? (asOffered(screen, value) ?? value) : value;
