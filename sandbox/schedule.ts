/** Fires the cycle every five minutes of a real clock, also when the clock is put ahead. */
import type { World } from './world.ts';

const FIVE_MINUTES_MS = 300_000;

export interface Schedule {
  /** When the next cycle is due; nothing where only the control API fires it. */
  nextAt(): number | undefined;
  /** Runs the cycle if its time has come. */
  due(): Promise<void>;
  stop(): void;
}

export function createSchedule(world: World, onTrouble: (line: string) => void = () => {}): Schedule {
  if (world.clock.kind === 'manual') return { nextAt: () => undefined, due: async () => {}, stop: () => {} };
  let next = world.clock.now() + FIVE_MINUTES_MS;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void due(), Math.max(0, next - world.clock.now()));
    timer.unref();
  };
  const due = async () => {
    if (world.clock.now() >= next) {
      next = world.clock.now() + FIVE_MINUTES_MS;
      await world.cycle().catch(error => onTrouble(String(error)));
    }
    wait();
  };
  wait();
  return { nextAt: () => next, due, stop: () => clearTimeout(timer) };
}
