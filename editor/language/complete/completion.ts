import type { Span } from '../../../dsl/index.ts';
import type { Completion } from '../types.ts';
import type { Candidate } from './candidates.ts';

/** A candidate, as it is written in its notation. */
export function completion(
  { label, kind, detail, about, filter, preferred }: Candidate,
  span: Span,
  insert: string,
): Completion {
  return {
    label,
    kind,
    insert,
    span,
    ...(detail === undefined ? {} : { detail }),
    ...(about === undefined ? {} : { about }),
    ...(filter === undefined ? {} : { filter }),
    ...(preferred ? { preferred } : {}),
  };
}
