/** The values that can occur on a side of a mapping, where they can be counted. */
import { type BoundMapping, jiraFieldOf, sourceFieldOf } from '../bind/bound.ts';

/** Salesforce's active values (`toJira`), or those that the Jira field offers. */
export function enumerated(mapping: BoundMapping, toJira: boolean): readonly string[] | undefined {
  if (!toJira) {
    const values = jiraFieldOf(mapping.target)?.screen?.allowedValues?.map(allowed => allowed.name);
    return values && values.length > 0 ? values : undefined;
  }
  const metadata = sourceFieldOf(mapping)?.metadata;
  if (metadata?.type !== 'picklist' && metadata?.type !== 'multipicklist') return undefined;
  const values = metadata.values?.filter(value => value.active).map(value => value.value);
  return values && values.length > 0 ? values : undefined;
}

const truth: readonly string[] = ['true', 'false'];

/** All that a table has to have rows for, as they are written there: of a checkbox too. */
export const valuesToCover = (mapping: BoundMapping, toJira: boolean): readonly string[] | undefined =>
  toJira && sourceFieldOf(mapping)?.field.type === 'boolean' ? truth : enumerated(mapping, toJira);
