/**
 * The property that travels with an issue in the request that creates it. Who may edit the issue may
 * change it, so it only points: it counts when it matches the claim that the store holds.
 */
import type { IssueMarker } from '../ports.ts';
import { literal, object, type Shape, ShapeError, text } from '../shape.ts';

/** The manifest's `jira:entityProperty` indexes its path `claim` for search. */
export const markerKey = 'salesforce-bridge';

const short = text(500);
const shape: Shape<IssueMarker> = object({
  v: literal(1),
  org: short,
  object: short,
  record: short,
  item: short,
  claim: short,
});

/** `undefined` for anything that this app did not write. */
export function readMarker(value: unknown): IssueMarker | undefined {
  try {
    return shape(value, '');
  } catch (problem) {
    if (problem instanceof ShapeError) return undefined;
    throw problem;
  }
}

export const markerQuery = (claims: readonly string[]): string =>
  `issue.property[${markerKey}].claim IN (${claims.map(quoted).join(', ')})`;

/** A JQL string; the two characters that could end it are escaped. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&').replace(/[\r\n\t]/g, ' ')}"`;
