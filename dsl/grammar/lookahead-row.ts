/** A row of `lookahead-table.ts`: what tells the alternatives of one construct of a rule apart. */

/** What in a rule has to be decided, by the name of the method that says it. */
export type Construct = 'OR' | 'OPTION' | 'MANY' | 'AT_LEAST_ONE' | 'MANY_SEP' | 'AT_LEAST_ONE_SEP';
/**
 * Of a construct, the occurrence that tells it from others of its kind in the rule, and of each of its alternatives
 * what it begins with: token names with blanks between them, and ` | ` between the ways to begin.
 */
export type LookaheadRow = readonly [rule: string, Construct, occurrence: number, ...alternatives: readonly string[]];
