/** The tests that tell mutants apart: those of the two rooms that decide and convert, each property in fewer runs. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Instrumented } from './mutants.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const fewRuns = path('few-runs.ts');
const { files } = JSON.parse(readFileSync(process.env.MUTATION_CODE!, 'utf8')) as Instrumented;
const changed = new Map(files.map(({ name, content }) => [name, content]));
const more = process.env.MUTATION_TESTS?.split(' ') ?? [];

export default defineConfig({
  root: path('../..'),
  plugins: [
    {
      name: 'mutation',
      enforce: 'pre',
      resolveId: (name, importer) => (name === 'fast-check' && importer !== fewRuns ? fewRuns : undefined),
      load: id => changed.get(id),
    },
  ],
  test: {
    include: ['{compiler/conversion,runtime/engine}/**/*.test.ts', ...more],
    environment: 'node',
    // It keeps what a file became by what stands in it, and would give the file without the changes, or later with them.
    fsModuleCache: false,
    pool: 'forks',
    maxWorkers: 1,
    setupFiles: ['./test/kit/same-dice.ts', ...(more.length > 0 ? ['./sandbox/forge/setup.ts'] : [])],
    testTimeout: 600_000,
    ...(process.env.__STRYKER_ACTIVE_MUTANT__ === undefined ? { runner: path('runner.ts') } : { bail: 1 }),
  },
});
