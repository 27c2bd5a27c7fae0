/**
 * What two parts of a plan have to share to mean the same: all of them but the places in the text, and but the
 * orders that nothing goes by (of mappings, rows, settings, the parts of a condition). As a text, so that equal
 * meanings are equal texts.
 */
import type { ItemPlan, JiraField, SalesforceField } from './ir.ts';

export interface MeaningOptions {
  /** A field is told by its path or id alone, whatever the org or the site says of it. */
  readonly namesOnly?: boolean;
}

export function meaningOf(part: unknown, options: MeaningOptions = {}, key = ''): string {
  if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? 'null';
  if (Array.isArray(part)) {
    const parts = part.map(each => meaningOf(each, options));
    return `[${(unordered.has(key) ? parts.sort() : parts).join(',')}]`;
  }
  if (options.namesOnly && isSalesforceField(part)) return JSON.stringify(part.path.join('.'));
  if (options.namesOnly && isJiraField(part)) return JSON.stringify(part.id);
  const record = part as Readonly<Record<string, unknown>>;
  const entries = Object.keys(record)
    .filter(name => record[name] !== undefined && !places.has(name))
    .sort()
    .map(name => `${JSON.stringify(name)}:${meaningOf(record[name], options, name)}`);
  return `{${entries.join(',')}}`;
}

/** What an item does; what it was called before is no part of that. */
export const meaningOfItem = ({ was: _, ...item }: ItemPlan): string => meaningOf(item);

const places: ReadonlySet<string> = new Set(['origin', 'attachmentsClause']);
/** By the name that a list stands under. Branches, columns and the parts of a template keep their order. */
const unordered: ReadonlySet<string> = new Set([
  ...['items', 'projects', 'reads', 'mappings', 'newIssue', 'toJira', 'toSalesforce', 'of', 'values'],
]);

export const isSalesforceField = (part: object): part is SalesforceField => 'path' in part && 'filterable' in part;
export const isJiraField = (part: object): part is JiraField => 'required' in part && 'name' in part;
