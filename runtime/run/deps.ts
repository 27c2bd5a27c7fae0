/** What every run is handed: the two systems, what it remembers, and the world's clock, log and dice. */
import type { Clock, JiraPort, Log, Queue, SalesforcePort, Store } from '../ports.ts';

export interface Deps {
  readonly salesforce: SalesforcePort;
  readonly jira: JiraPort;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** A new id that nobody else has: of runs, and of lease holders. */
  newId(): string;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** How long a cycle may work before it stops at a checkpoint; its lease lives a minute longer. */
  readonly cycleMs: number;
  /** The same for what a person waits for: a function for people may take 25 seconds, with one more call begun just before. */
  readonly personMs: number;
  /** Longer than a function may live while it holds an issue. */
  readonly leaseMs: number;
  /** Issues that are worked on together: one bulk read, one Salesforce collection. */
  readonly page: number;
  /** Jira writes under way at once. */
  readonly lanes: number;
}

const defaults: Limits = { cycleMs: 240_000, personMs: 15_000, leaseMs: 5 * 60_000, page: 100, lanes: 8 };

export const limitsOf = (deps: Deps): Limits => ({ ...defaults, ...deps.limits });

/** Works on all with at most `lanes` under way; in order within a lane. */
export async function inLanes<T>(all: readonly T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < all.length) await work(all[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, all.length) }, lane));
}
