/**
 * One configuration for every room: plain Node, two workers, and the Forge platform before any @forge package. Modules
 * are loaded once for all the test files of a worker: a host takes what it changed with it when it stops, and hosts live
 * side by side.
 */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const counts = process.env.BRIDGE_TEST_COUNTS;

/** What runs the product as a whole takes longest and begins first, so that no core waits for the last file. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { whole = [], rooms = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      /\/test\/(browser|simulation)\//.test(moduleId) ? 'whole' : 'rooms',
    );
    return [...whole, ...rooms];
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{dsl,compiler,runtime,editor,sandbox,test,tools}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Most of what a test makes is gone before it would be copied: the collector, which has no core of its own, does less.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
    setupFiles: ['./sandbox/forge/setup.ts', './test/kit/same-dice.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // Longer than the second that is usual: what a page shows comes when it comes, also on a machine that is busy.
    expect: { poll: { timeout: 10_000 } },
    // For `.ci/run`, which ends with a line that counts.
    ...(counts ? { reporters: ['default', 'json'], outputFile: { json: counts } } : {}),
  },
});
