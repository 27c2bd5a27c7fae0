/** What the guide remembers for this visit; it begins anew with a new world. */
import { useCallback, useEffect, useState } from 'react';
import type { World } from '../use-world.ts';
import { made, type Seen } from './steps.ts';

const key = 'bridge-sandbox-guide';
interface Kept extends Seen {
  readonly hidden: boolean;
  /** Numbers of the steps that were done once: a tick stays. */
  readonly ticked: readonly number[];
  /** Of the world that it began in. */
  readonly resets: number;
}

const anew = ({ now, resets }: World['state']): Kept => ({ since: now, why: false, hidden: false, ticked: [], resets });

function stored(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function useGuide(world: World | undefined) {
  const [kept, setKept] = useState<Kept | undefined>(stored);
  useEffect(() => {
    if (kept !== undefined) sessionStorage.setItem(key, JSON.stringify(kept));
  }, [kept]);
  useEffect(() => {
    if (world === undefined) return;
    const { now, runs, resets } = world.state;
    // Other resets, a clock that is behind the guide's, or ticks without anything that happened: it is another world.
    const isOther = (one: Kept) =>
      one.resets !== resets ||
      one.since > now + 60_000 ||
      (one.ticked.length > 0 && runs.length === 0 && made(world, one).length === 0);
    if (kept === undefined || isOther(kept)) setKept(anew(world.state));
  }, [world, kept]);
  const set = useCallback((change: Partial<Kept>) => setKept(before => before && { ...before, ...change }), []);
  const restart = useCallback((state: World['state']) => setKept(anew(state)), []);
  return { kept, set, restart };
}
