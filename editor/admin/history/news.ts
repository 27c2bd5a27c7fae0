/**
 * Whether another run has ended, asked of the app by one small call: often while one is due or was asked for, now and then
 * otherwise. What the page shows is read again when there is one; and every while, for what others do. No React.
 */
import type { RunSummary } from '../../bridge/contract.ts';

export interface NewsSources {
  /** Some of the last runs, newest first. */
  runs(): Promise<readonly RunSummary[]>;
  /** Reads again what the page shows; `ran` where there is another run. */
  look(ran: boolean): Promise<unknown>;
  /** Epoch ms. */
  now(): number;
  /** Ms since some beginning, whatever is done to the clock. */
  elapsed(): number;
}

export interface News {
  turn(): Promise<void>;
  /** Before the next turn; `changedAt` is when the program, or what it works on, was last changed by hand. */
  pauseMs(changedAt: number): number;
}

/** As quick as a person notices, and far below what the platform counts. */
const calmMs = 10_000;
const promptMs = 2_000;
/** The platform's schedule, and how late it may be. */
const cycleMs = 300_000;
const lateMs = 60_000;
/** Two clocks never agree. */
const earlyMs = 5_000;

export function createNews({ runs, look, now, elapsed }: NewsSources): News {
  let last: readonly RunSummary[] = [];
  let said: string | undefined;
  let lookedAt = elapsed();
  return {
    async turn() {
      // Whoever cannot be asked says so where the page's own calls are read.
      last = await runs().catch(() => last);
      const says = last.map(({ id }) => id).join();
      const ran = said !== undefined && says !== said;
      said = says;
      if (!ran && elapsed() - lookedAt < calmMs) return;
      lookedAt = elapsed();
      await look(ran);
    },
    pauseMs(changedAt) {
      const isWithin = (from: number, forMs: number) => now() >= from - earlyMs && now() < from + forMs;
      const cycle = last.find(run => run.cause === 'schedule');
      const isDue = cycle !== undefined && isWithin(cycle.startedAt + cycleMs, lateMs);
      // What was changed is worked on by the queue soon, and by the next cycle at the latest.
      const isAwaited = isWithin(changedAt, cycle === undefined ? cycleMs + lateMs : lateMs);
      return isDue || isAwaited ? promptMs : calmMs;
    },
  };
}
