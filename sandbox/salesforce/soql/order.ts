/** ORDER BY without groups: nulls first unless asked otherwise, picklists in the order of Setup. */
import type { Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { notModelled } from '../errors.ts';
import type { Row, Scalar } from '../state.ts';
import { soqlError } from './parse.ts';
import { type Path, valueAt } from './paths.ts';
import { path, type Scope } from './scope.ts';

export function bindOrder(scope: Scope, query: Query | Subquery): ((a: Row, b: Row) => number) | undefined {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  if (clauses.length === 0) return undefined;
  const keys = clauses.map(clause => {
    if (!('field' in clause)) throw notModelled('functions in ORDER BY without GROUP BY');
    const bound = path(scope, clause.field);
    if (!bound.field.sortable)
      throw soqlError(
        'INVALID_FIELD',
        scope.text,
        clause.field,
        `field '${bound.field.name}' can not be sorted in a query call`,
      );
    return {
      value: sortValue(scope, bound),
      sign: clause.order === 'DESC' ? -1 : 1,
      nulls: clause.nulls === 'LAST' ? 1 : -1,
    };
  });
  return (a, b) => {
    for (const key of keys) {
      const difference = compareNullable(key.value(a), key.value(b), key.sign, key.nulls);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Nulls stand first unless asked otherwise, whichever the direction. */
export function compareNullable(left: Scalar, right: Scalar, sign: number, nulls: number): number {
  if (left === right) return 0;
  if (left === null) return nulls;
  if (right === null) return -nulls;
  return left < right ? -sign : sign;
}

/** Picklists sort in the order of their values in Setup, texts without regard to case. */
function sortValue({ context }: Scope, bound: Path): (row: Row) => Scalar {
  const { field } = bound;
  const places =
    field.type === 'picklist' ? new Map(field.values.map((entry, at) => [entry.value.toLowerCase(), at])) : undefined;
  return row => {
    const value = valueAt(context, row, bound) as Scalar;
    if (typeof value !== 'string') return value;
    if (places) return String(places.get(value.toLowerCase()) ?? 9999).padStart(4, '0') + value.toLowerCase();
    return field.type === 'id' || field.type === 'reference' ? value : value.toLowerCase();
  };
}
