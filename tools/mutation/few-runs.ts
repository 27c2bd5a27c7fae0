/**
 * What tests get for `fast-check` while mutants are tried: the first failure of a property is enough, nobody reads the
 * smallest one, and what 60 runs do not find is looked at by a person (or with MUTATION_RUNS=2000).
 */
import process from 'node:process';
import fc from 'fast-check';

export * from 'fast-check';

const most = Number(process.env.MUTATION_RUNS ?? 60);

const assert: typeof fc.assert = (property, params = {}) =>
  fc.assert(property, { ...params, numRuns: Math.min(params.numRuns ?? 100, most), endOnFailure: true }) as never;

export default { ...fc, assert };
