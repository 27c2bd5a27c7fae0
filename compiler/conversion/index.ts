/**
 * The conversion table's front: finds conversions, and gives every value its normal form and its text for
 * people. No JSON value makes any of it throw.
 */
import type { JiraType, SalesforceType, Scalar } from '../plan/ir.ts';
import type { Conversion, ConversionContext, Converted, Direction } from './conversion.ts';
import { done, failed } from './conversion.ts';
import { normalJira, normalSalesforce } from './normal.ts';
import type { Row } from './table.ts';
import { rows } from './table.ts';

export type { Conversion, ConversionContext, Converted, Direction, Safety } from './conversion.ts';
export { normalJira, normalSalesforce, sameValue } from './normal.ts';
export { jiraText, normalText, salesforceText } from './people.ts';
export { foldsTo, foldText } from './text.ts';

const byName: ReadonlyMap<string, Conversion> = new Map(
  rows.flatMap(row =>
    row.salesforce.flatMap(salesforce =>
      row.jira.map((jira): [string, Conversion] => {
        const conversion = conversionOf(row, salesforce, jira);
        return [conversion.name, conversion];
      }),
    ),
  ),
);

const byTypes: Readonly<Record<Direction, ReadonlyMap<SalesforceType, ReadonlyMap<JiraType, Conversion>>>> = {
  'to-jira': typesOf('to-jira'),
  'to-salesforce': typesOf('to-salesforce'),
};

/** Nothing where the two types cannot meet. */
export const conversionFor = (
  direction: Direction,
  salesforce: SalesforceType,
  jira: JiraType,
): Conversion | undefined => byTypes[direction].get(salesforce)?.get(jira);

/** The conversion that a plan names; throws for a name that this version does not have. */
export function conversionNamed(name: string): Conversion {
  const conversion = byName.get(name);
  if (conversion === undefined) throw new Error(`the plan names a conversion that does not exist: ${name}`);
  return conversion;
}

/** All of them, in the table's order. */
export const conversions = (): readonly Conversion[] => [...byName.values()];

/** What a value table or an `or else` gives, as the target takes it: it is read as a text of the other side. */
export function writeScalar(
  direction: Direction,
  target: SalesforceType | JiraType,
  value: Scalar,
  context: ConversionContext,
): Converted {
  const conversion =
    direction === 'to-jira'
      ? conversionFor('to-jira', 'string', target as JiraType)
      : conversionFor('to-salesforce', target as SalesforceType, 'text');
  return conversion === undefined
    ? failed(`a field of type ${target} cannot be set to a text`)
    : conversion.convert(String(value), context);
}

/** What empties a field of Jira: most take null, lists take none. */
export const emptyJira = (type: JiraType): unknown => (lists.has(type) ? [] : null);
const lists: ReadonlySet<JiraType> = new Set(['labels', 'components', 'versions', 'groups', 'users']);

function conversionOf(row: Row, salesforce: SalesforceType, jira: JiraType): Conversion {
  const { direction, safety, step } = row;
  const toJira = direction === 'to-jira';
  const types = { direction, salesforce, jira };
  const convertNormal: Conversion['convertNormal'] = (normal, context) => {
    if (normal === null) return empty(types);
    const result = step(normal, context, types);
    return result.ok && (result.value === '' || result.value === null) ? empty(types) : result;
  };
  return {
    name: nameOf(direction, salesforce, jira),
    direction,
    from: toJira ? salesforce : jira,
    to: toJira ? jira : salesforce,
    safety,
    convert: (value, context) =>
      convertNormal(toJira ? normalSalesforce(salesforce, value) : normalJira(jira, value), context),
    convertNormal,
  };
}

function empty({
  direction,
  salesforce,
  jira,
}: {
  direction: Direction;
  salesforce: SalesforceType;
  jira: JiraType;
}): Converted {
  if (direction === 'to-jira') return done(emptyJira(jira));
  return salesforce === 'boolean' ? failed('a checkbox is either true or false and cannot be empty') : done(null);
}

function typesOf(direction: Direction): ReadonlyMap<SalesforceType, ReadonlyMap<JiraType, Conversion>> {
  const found = new Map<SalesforceType, Map<JiraType, Conversion>>();
  for (const conversion of byName.values()) {
    if (conversion.direction !== direction) continue;
    const { from, to } = conversion;
    const salesforce = (direction === 'to-jira' ? from : to) as SalesforceType;
    const jira = (direction === 'to-jira' ? to : from) as JiraType;
    const row = found.get(salesforce) ?? new Map<JiraType, Conversion>();
    found.set(salesforce, row.set(jira, conversion));
  }
  return found;
}

function nameOf(direction: Direction, salesforce: SalesforceType, jira: JiraType): string {
  return `${salesforce} ${direction === 'to-jira' ? '->' : '<-'} ${jira}`;
}
