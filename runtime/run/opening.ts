/**
 * What a cycle reads of the store before it can tell what to look at. Nothing of it depends on the rest, so that it is
 * asked for together and travels in few batches: first what is there whatever the program says, then what its items
 * need. All is read under the cycle's lease. Events add marks and people dismiss trouble meanwhile: that waits for the
 * next cycle.
 */
import type { Activation, Store, Sweep, Watermark } from '../ports.ts';
import { activationsOf, type Known } from './activation.ts';
import { watermarkOfEvents } from './lost-events.ts';
import { isSynchronized } from './named.ts';
import type { Run } from './run.ts';
import { streamsOf, watermarkOfStream } from './streams.ts';

/** Marked issues that one cycle looks at. */
export const mostMarks = 1_000;

export interface Ahead {
  readonly sweep: Sweep | undefined;
  readonly marked: readonly string[];
  /** Up to where lost events were looked for. */
  readonly events: Watermark | undefined;
}

export async function readAhead(store: Store): Promise<Ahead> {
  const [sweep, events, marked] = await Promise.all([
    store.sweep(),
    store.watermark(watermarkOfEvents),
    store.dirty(mostMarks),
  ]);
  return { sweep, events, marked };
}

export interface Opening {
  readonly activations: Known<Activation>;
  /** By the names of objects and streams. */
  readonly watermarks: Known<Watermark>;
}

export async function readOpening(run: Run): Promise<Opening> {
  const items = [...run.items.values()];
  const synchronized = items.filter(isSynchronized);
  const names = [
    ...new Set(synchronized.map(({ plan }) => plan.salesforce.object)),
    ...[...streamsOf(synchronized).keys()].map(watermarkOfStream),
  ];
  const [activations, watermarks] = await Promise.all([
    activationsOf(run, items),
    Promise.all(names.map(async name => [name, await run.deps.store.watermark(name)] as const)),
    // The run keeps it.
    run.allAttention(),
  ]);
  return { activations, watermarks: new Map(watermarks) };
}
