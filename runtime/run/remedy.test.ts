/** What a person reads of trouble, while the bridge tries again by itself and once it does no more. */
import { describe, expect, it } from 'vitest';
import type { Failure } from '../ports.ts';
import { type Attempt, remedyFor } from './remedy.ts';

const systems = ['salesforce', 'jira', 'store', 'queue'] as const;
const kinds = ['limited', 'unavailable', 'unauthorized', 'forbidden', 'refused', 'gone', 'unknown'] as const;
const attempts: readonly Attempt[] = ['fields', 'creation', 'talk'];
const all = systems.flatMap(system =>
  kinds.flatMap(kind => attempts.map((attempt): [Failure, Attempt] => [failureOf(system, kind), attempt])),
);
function failureOf(system: Failure['system'], kind: Failure['kind'], code = 'CODE'): Failure {
  return { system, kind, code, message: 'said', fields: [] };
}

describe('the remedy', () => {
  it.each(all)('A-4 promises no further try once there is none: %o, %s', (failure, attempt) => {
    const given = remedyFor(failure, attempt, 'given up');
    expect(given).not.toMatch(/by itself|nothing to do|tried again|next cycle/i);
    expect(given).toMatch(/^[A-Z].*\.$/);
  });

  it.each(all)('A-4 sends nobody to retry what is tried anyway: %o, %s', (failure, attempt) => {
    expect(remedyFor(failure, attempt, 'again')).not.toMatch(/then retry/i);
  });

  it('A-4 says how large a stored value may be, whatever comes next', () => {
    for (const next of ['again', 'given up'] as const)
      expect(remedyFor(failureOf('store', 'refused', 'MAX_SIZE'), 'fields', next)).toMatch(/240 KB/);
  });
});
