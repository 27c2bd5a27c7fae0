/** One configuration for every room: plain Node, two workers, and the Forge platform before any @forge package. */
import { defineConfig } from 'vitest/config';

const counts = process.env.BRIDGE_TEST_COUNTS;

export default defineConfig({
  test: {
    include: ['{dsl,compiler,runtime,editor,sandbox,test,tools}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // The host replaces globals of the process, so that each file has one of its own.
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['./sandbox/forge/setup.ts', './test/kit/same-dice.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // For `.ci/run`, which ends with a line that counts.
    ...(counts ? { reporters: ['default', 'json'], outputFile: { json: counts } } : {}),
  },
});
