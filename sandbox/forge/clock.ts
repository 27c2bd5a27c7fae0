/**
 * The host's two clocks. The real one is the machine's, and can be put ahead. The manual one stands still until it is moved;
 * waiting inside an invocation passes at once, as soon as nothing else goes on, and moves it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { installPlatform, type TimerHandle, type TimerSource } from './platform.ts';

export interface HostClock {
  readonly kind: 'real' | 'manual';
  now(): number;
  /** Waits in real time, or passes at once and moves the clock. */
  sleep(ms: number): Promise<void>;
  advance(ms: number): void;
  /** Back to a moment, for a world that begins anew; nothing may wait then. */
  rewind(to: number): void;
  /** Runs `stop` when the time has passed while `until` is still pending. */
  deadline(ms: number, stop: () => void): () => void;
  /** Counts work that goes on now, during which a virtual timer must not fire. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** What invocations use for `setTimeout`; undefined when the machine's timers serve. */
  readonly timers: TimerSource | undefined;
}

/** Never earlier than `from`: what was kept when the clock was ahead must not lie in the future. */
export function realClock(from = 0, moved: (time: number) => void = () => {}): HostClock {
  const { now, setTimeout: realTimeout, clearTimeout: realClear } = installPlatform().machine;
  let ahead = Math.max(0, from - now());
  return {
    kind: 'real',
    now: () => now() + ahead,
    sleep: ms => new Promise(done => realTimeout(done, ms)),
    advance: ms => {
      ahead += ms;
      moved(now() + ahead);
    },
    rewind: () => {
      throw new Error('The clock is real and only goes forward.');
    },
    deadline: (ms, stop) => {
      const timer = realTimeout(stop, ms);
      return () => realClear(timer);
    },
    busy: work => work(),
    timers: undefined,
  };
}

interface Waiting {
  readonly id: number;
  readonly due: number;
  /** A deadline kills, so it takes longer silence to believe that nothing else goes on. */
  readonly patient: boolean;
  readonly run: () => void;
}

const QUIET_TURNS = 6;
/** A deadline kills, so it waits long before it believes in silence. */
const PATIENCE_MS = 30_000;
const SLICE_MS = 20;

/**
 * Whether a file is read, such as a module that the app loads late: beside calls, which are counted, the only work of
 * an invocation that outlasts a turn of the event loop. So silence is known, and not guessed from how long it lasts,
 * which is another on a busy machine.
 */
const reading = (): boolean => process.getActiveResourcesInfo().some(name => name.startsWith('FSReq'));

export function manualClock(
  start: number,
  patienceMs = PATIENCE_MS,
  moved: (time: number) => void = () => {},
): HostClock {
  const { setTimeout: realTimeout } = installPlatform().machine;
  let time = start;
  let serial = 0;
  let working = 0;
  let activity = 0;
  let watching = false;
  const waiting = new Map<number, Waiting>();
  const move = (to: number): void => {
    if (to <= time) return;
    time = to;
    moved(time);
  };

  const next = (): Waiting | undefined => {
    let first: Waiting | undefined;
    for (const timer of waiting.values()) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.id < first.id)) first = timer;
    }
    return first;
  };

  /** Resolves to true when nothing happened for a while. */
  const quiet = async (patient: boolean): Promise<boolean> => {
    const before = activity;
    for (let turn = 0; turn < QUIET_TURNS; turn++) {
      await new Promise(done => setImmediate(done));
      if (working > 0 || activity !== before || reading()) return false;
    }
    for (let waited = 0; patient && waited < patienceMs; waited += SLICE_MS) {
      await new Promise(done => realTimeout(done, SLICE_MS));
      if (working > 0 || activity !== before) return false;
    }
    return true;
  };

  const watch = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    try {
      while (waiting.size > 0) {
        if (working > 0) return; // the end of the work watches again
        const timer = next()!;
        // Where somebody sleeps for longer, time passes in any case: the silence needs no more proof than for the sleep.
        const patient = timer.patient && [...waiting.values()].every(one => one.patient);
        if (!(await quiet(patient)) || next() !== timer) continue;
        waiting.delete(timer.id);
        move(timer.due);
        timer.run();
      }
    } finally {
      watching = false;
    }
  };

  const set = (run: () => void, ms: number, patient = false): TimerHandle => {
    const id = ++serial;
    activity++;
    waiting.set(id, { id, due: time + Math.max(0, ms), patient, run: AsyncLocalStorage.bind(run) });
    void watch();
    return { virtual: id };
  };
  const clear = (handle: TimerHandle) => {
    activity++;
    waiting.delete(handle.virtual);
  };

  return {
    kind: 'manual',
    now: () => time,
    sleep: ms => new Promise(done => set(done, ms)),
    advance: ms => move(time + ms),
    rewind(to) {
      if (waiting.size > 0 || working > 0) throw new Error('The clock cannot go back while something waits for it.');
      time = to;
    },
    deadline: (ms, stop) => {
      const handle = set(stop, ms, true);
      return () => clear(handle);
    },
    busy: async work => {
      working++;
      activity++;
      try {
        return await work();
      } finally {
        working--;
        activity++;
        if (working === 0) void watch();
      }
    },
    timers: { set: (run, ms) => set(run, ms), clear },
  };
}
