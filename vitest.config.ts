/**
 * One configuration for every room: plain Node, two workers, and the Forge platform before any @forge package. Rooms
 * that only reckon load their modules once for all their test files; where a host stands, each file has a process.
 */
import { defineConfig } from 'vitest/config';

const counts = process.env.BRIDGE_TEST_COUNTS;

/** Nothing in them changes the process, so that one file's tests cannot feel another's. */
const reckoning = ['dsl', 'compiler', 'runtime', 'editor'].map(room => `${room}/**/*.test.{ts,tsx}`);
/** Of those, what runs the product between two systems. */
const hosting = ['compiler/cli/**/*.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['./sandbox/forge/setup.ts', './test/kit/same-dice.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // Longer than the second that is usual: what a page shows comes when it comes, also on a machine that is busy.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        // The host replaces globals of the process, so that each file has one of its own.
        test: {
          name: 'hosting',
          include: ['{sandbox,test,tools}/**/*.test.{ts,tsx}', ...hosting],
        },
      },
      { extends: true, test: { name: 'reckoning', isolate: false, include: reckoning, exclude: hosting } },
    ],
    // For `.ci/run`, which ends with a line that counts.
    ...(counts ? { reporters: ['default', 'json'], outputFile: { json: counts } } : {}),
  },
});
