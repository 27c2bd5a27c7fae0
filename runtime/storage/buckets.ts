/**
 * A set of things spread over a fixed number of rows, so that all of it is read in one batch however
 * long it is, and writers rarely meet.
 */
import { keyPart } from './keys.ts';

export const buckets = 16;

export const allBuckets: readonly number[] = Array.from({ length: buckets }, (_, index) => index);

/** Steady: the same id is always in the same row. */
export function bucketOf(id: string): number {
  let hash = 0;
  for (const char of keyPart(id)) hash = (Math.imul(hash, 31) + char.codePointAt(0)!) | 0;
  return (hash >>> 0) % buckets;
}
