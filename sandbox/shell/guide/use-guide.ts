/** What the guide remembers for this visit; it begins anew with a new world. */
import { useCallback, useEffect, useState } from 'react';
import type { World } from '../use-world.ts';
import type { Seen } from './steps.ts';

const key = 'bridge-sandbox-guide';
interface Kept extends Seen {
  readonly hidden: boolean;
  /** Numbers of the steps that were done once: a tick stays. */
  readonly ticked: readonly number[];
  /** Of the world that it began in. */
  readonly world: string;
}

const anew = ({ now, world }: World['state']): Kept => ({ since: now, why: false, hidden: false, ticked: [], world });

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
    if (world !== undefined && kept?.world !== world.state.world) setKept(anew(world.state));
  }, [world, kept]);
  const set = useCallback((change: Partial<Kept>) => setKept(before => before && { ...before, ...change }), []);
  return { kept, set };
}
