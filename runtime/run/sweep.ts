/**
 * Once a day everything is looked at, a slice a cycle: links, for what neither a stamp nor an event tells (formula
 * fields, restored rights, events lost for good), and records that should have an issue and have none.
 */
import { eligibleQuery, type Item } from '../engine/index.ts';
import type { Activation, Instant, Sweep } from '../ports.ts';
import { takeOver } from './moved.ts';
import { isSynchronized } from './named.ts';
import { formerId, type Run } from './run.ts';
import type { Slice } from './slice.ts';

const day = 24 * 60 * 60_000;
/** Twelve slices an hour, each with a point for each issue: within a twentieth of Jira's 65,000. */
export const sliceSize = 250;

/** Nothing while no sweep is due. The first one begins a day after the first cycle. */
export async function openSweep(
  run: Run,
  activations: ReadonlyMap<string, Activation>,
  stored: Sweep | undefined,
): Promise<Slice<Sweep> | undefined> {
  const { store, clock } = run.deps;
  const now = clock.now();
  if (stored === undefined) {
    await store.saveSweep({ startedAt: now, done: true });
    return undefined;
  }
  if (stored.done && now - stored.startedAt < day) return undefined;
  const sweep: Sweep = stored.done ? { startedAt: now } : stored;
  const creating = [...run.items.values()].flatMap(item => {
    const since = activations.get(item.plan.id)?.createSince;
    return !isSynchronized(item) || item.plan.create.records === 'off' || since === undefined ? [] : [{ item, since }];
  });
  return sweep.item === undefined ? linksAfter(run, sweep, creating) : recordsAfter(sweep, creating);
}

const isOver = ({ done }: Sweep): boolean => done === true;

interface Creating {
  readonly item: Item;
  readonly since: Instant;
}

async function linksAfter(run: Run, sweep: Sweep, creating: readonly Creating[]): Promise<Slice<Sweep>> {
  const { startedAt, after } = sweep;
  const page = await run.deps.store.linksFrom(after, sliceSize);
  // One that came while its item was renamed was not listed when all others followed.
  const renamed = new Map(
    [...run.items.values()].flatMap(item => {
      const was = formerId(run, item);
      return was === undefined ? [] : [[was, item.plan.id] as const];
    }),
  );
  const late = page.links.filter(link => renamed.has(link.item));
  if (late.length > 0) {
    await takeOver(run, renamed, late);
    await run.deps.store.addDirty(late.map(({ issueId }) => issueId));
  }
  return {
    links: page.links.filter(link => !renamed.has(link.item)),
    eligible: [],
    done: isOver,
    next: () => (page.next === undefined ? itemAfter(startedAt, creating, -1) : { startedAt, after: page.next }),
  };
}

function recordsAfter({ startedAt, item: id, after }: Sweep, creating: readonly Creating[]): Slice<Sweep> {
  const at = creating.findIndex(({ item }) => item.plan.id === id);
  const found = creating[at];
  // An item that went away meanwhile, or rests: its turn comes with the next sweep.
  if (found === undefined) return { links: [], eligible: [], done: isOver, next: () => ({ startedAt, done: true }) };
  const { item, since } = found;
  const query = (readers: readonly Item[]) =>
    eligibleQuery(
      item.plan,
      readers.map(({ plan }) => plan),
      since,
      sliceSize,
      after,
    );
  return {
    links: [],
    eligible: [{ item, query }],
    done: isOver,
    next(came) {
      const records = came(item.plan.id);
      return records.length < sliceSize
        ? itemAfter(startedAt, creating, at)
        : { startedAt, item: item.plan.id, after: [...records].sort().at(-1)! };
    },
  };
}

function itemAfter(startedAt: Instant, creating: readonly Creating[], at: number): Sweep {
  const next = creating[at + 1];
  return next === undefined ? { startedAt, done: true } : { startedAt, item: next.item.plan.id };
}
