/**
 * Vitest's runner, which after each test plays it once more for every change that it came by, in the same process:
 * what decides and converts keeps nothing between two calls, and so a change costs a call and not a start.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { type RunnerTestCase, TestRunner } from 'vitest';

/** What the switches read and write. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}
const place: { __stryker__?: Switches } = globalThis as object;
place.__stryker__ ??= {};
const switches = place.__stryker__;

/** Lines of what happened, read by `main.ts`: `try`, `caught`, `met` by a test, `loaded` with its file. */
const log = process.env.MUTATION_LOG!;
const tell = (what: string, id: string) => appendFileSync(log, `${what} ${id}\n`);
const done = new Set(
  readFileSync(log, 'utf8')
    .matchAll(/^caught (\d+)$/gm)
    .map(([, id]) => id!),
);
const told = new Set<string>();
const once = (what: string, id: string) => {
  if (told.has(`${what} ${id}`)) return;
  told.add(`${what} ${id}`);
  tell(what, id);
};

export default class MutationRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const play = TestRunner.getTestFn(test);
    switches.currentTestId = test.id;
    try {
      await play();
    } catch {
      // One that counts what its many runs met; with fewer of them it tells nothing.
      return;
    } finally {
      switches.currentTestId = undefined;
    }
    for (const id of Object.keys(switches.mutantCoverage?.static ?? {})) once('loaded', id);
    for (const [id, hits] of Object.entries(switches.mutantCoverage?.perTest[test.id] ?? {})) {
      once('met', id);
      if (done.has(id)) continue;
      tell('try', id);
      // Whoever goes round a hundred times as often goes round for ever.
      Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: hits * 100 + 1000 });
      try {
        await play();
      } catch {
        done.add(id);
        tell('caught', id);
      }
      Object.assign(switches, { activeMutant: undefined, hitCount: undefined });
    }
    // Nothing of all that may be left behind, or what was caught since proves nothing.
    await play();
  }
}
