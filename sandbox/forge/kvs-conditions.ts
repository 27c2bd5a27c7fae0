/** The conditions that queries, filters and transactions send, decided on one attribute's value. */

export interface WireCondition {
  readonly property: string;
  readonly condition: string;
  readonly values: readonly unknown[];
}

/** By code unit for text, by size for numbers; other kinds and mixtures are incomparable (NaN). */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return Number.NaN;
}

const table: Readonly<Record<string, (value: unknown, values: readonly unknown[]) => boolean>> = {
  EXISTS: value => value !== undefined,
  NOT_EXISTS: value => value === undefined,
  EQUAL_TO: (value, [wanted]) => value !== undefined && value === wanted,
  NOT_EQUAL_TO: (value, [wanted]) => value !== wanted,
  BEGINS_WITH: (value, [start]) => typeof value === 'string' && value.startsWith(String(start)),
  CONTAINS: (value, [part]) =>
    Array.isArray(value) ? value.includes(part) : typeof value === 'string' && value.includes(String(part)),
  NOT_CONTAINS: (value, values) => !table.CONTAINS!(value, values),
  GREATER_THAN: (value, [bound]) => compare(value, bound) > 0,
  GREATER_THAN_EQUAL_TO: (value, [bound]) => compare(value, bound) >= 0,
  LESS_THAN: (value, [bound]) => compare(value, bound) < 0,
  LESS_THAN_EQUAL_TO: (value, [bound]) => compare(value, bound) <= 0,
  BETWEEN: (value, [low, high]) => compare(value, low) >= 0 && compare(value, high) <= 0,
};

export function matches(value: unknown, { condition, values }: WireCondition): boolean {
  const holds = table[condition];
  if (!holds) throw new Error(`The condition ${condition} is not modelled here.`);
  return holds(value, values);
}
