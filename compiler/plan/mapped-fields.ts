import type { MappingPlan, SalesforceField } from './ir.ts';
import { pathText } from './words.ts';

/** Without `show` a card shows what the item maps, in its order. */
export function mappedFields(mappings: readonly MappingPlan[]): readonly SalesforceField[] {
  const byKey = new Map<string, SalesforceField>();
  const add = (field: SalesforceField) => byKey.set(pathText(field), field);
  for (const { source } of mappings) {
    if (source.kind === 'field') add(source.field);
    else for (const part of source.parts) if (part.kind === 'field') add(part.field);
  }
  return [...byKey.values()];
}
