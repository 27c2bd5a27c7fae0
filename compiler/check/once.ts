/**
 * Items share tables, and what a rule says of a row depends on nothing but the field that the row is for: each named
 * table is walked once for each field, however many mappings use it.
 */
import type { Literal } from '../../dsl/ast.ts';
import type { BoundTable } from '../bind/bound.ts';

/** Whether a table is met for the first time with this field. One that stands on its mapping always is. */
export type Once = (table: BoundTable, field: unknown) => boolean;

export function createOnce(): Once {
  const met = new Map<BoundTable, Set<unknown>>();
  return (table, field) => {
    if (table.node === undefined) return true;
    const fields = met.get(table);
    if (fields === undefined) met.set(table, new Set([field]));
    else if (fields.has(field)) return false;
    else fields.add(field);
    return true;
  };
}

/** What a table lists for a field on one of its sides; nothing where there is none, or it was given out before. */
export function* literalsFor(
  once: Once,
  table: BoundTable | undefined,
  side: 'left' | 'right',
  field: object | undefined,
): Generator<Literal> {
  if (table === undefined || field === undefined || !once(table, field)) return;
  for (const row of table.table.rows) {
    if (row.kind !== 'row') continue;
    const literal = row[side];
    if (literal.kind !== 'missing') yield literal;
  }
}
