/** Careful reading of JSON that others wrote: a value of the wrong kind counts as absent. */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const objectsOf = (value: unknown): readonly Json[] => listOf(value).filter(isObject);
/** Jira gives ids as texts, and here and there as numbers. */
export const idOf = (value: unknown): string => (typeof value === 'number' ? String(value) : textOf(value));

/** By code units: the same order on every machine. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const sortedBy = <T>(values: readonly T[], key: (value: T) => string): readonly T[] =>
  [...values].sort((a, b) => compare(key(a), key(b)));
