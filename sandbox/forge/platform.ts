/**
 * What Forge's Node runtime gives to the code inside it: two globals that the @forge packages look up at
 * each call, a guarded `fetch`, and, under a virtual clock, time itself. Installed once a process; every
 * call finds its own host by the invocation that it stands in, so several hosts live side by side.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { format } from 'node:util';

/** What `__forge_fetch__` is told about a call: forge/api names the fields. */
export interface CallDescriptor {
  readonly type: string;
  readonly provider?: 'app' | 'user' | 'none';
  readonly remote?: string;
  readonly accountId?: string;
}

export type TimerHandle = { readonly virtual: number };

/** Timers that pass as soon as nothing else goes on, and move the clock by their length. */
export interface TimerSource {
  set(run: () => void, ms: number): TimerHandle;
  clear(handle: TimerHandle): void;
}

/** One invocation as the globals see it. */
export interface PlatformInvocation {
  /** The host's time, where it is not the machine's. */
  readonly now?: () => number;
  /** `__forge_runtime__`. */
  readonly runtime: object;
  readonly timers?: TimerSource;
  platformFetch(call: CallDescriptor, path: string, init?: RequestInit): Promise<Response>;
  egressFetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  unhandled(reason: unknown): void;
  /** A line of the app's log. */
  log(line: string): void;
}

interface Platform {
  readonly run: <T>(invocation: PlatformInvocation, body: () => T) => T;
  readonly outside: <T>(body: () => T) => T;
  /** The process's own time, whatever is virtual for the app. */
  readonly machine: Machine;
}
interface Machine {
  readonly now: () => number;
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
}

const installed = Symbol.for('salesforce-bridge.sandbox.platform');

/**
 * Must come before anything loads @forge/api, which keeps the `fetch` that it finds: a host that came too
 * late would let the app's calls out. It refuses to.
 */
export function installPlatform(): Platform {
  const scope = globalThis as unknown as Record<PropertyKey, unknown>;
  const existing = scope[installed] as Platform | undefined;
  if (existing) return existing;

  const require = createRequire(import.meta.url);
  if (require.cache[require.resolve('@forge/api')]) {
    throw new Error(
      '@forge/api was loaded before the Forge host; import sandbox/forge first, so that no call escapes it.',
    );
  }

  const invocations = new AsyncLocalStorage<PlatformInvocation | undefined>();
  const current = () => invocations.getStore();
  const inside = (): PlatformInvocation => {
    const invocation = current();
    if (!invocation) throw new Error('Forge runtime not found.');
    return invocation;
  };

  scope.__forge_fetch__ = (call: CallDescriptor, path: string, init?: RequestInit) =>
    inside().platformFetch(call, path, init);
  Object.defineProperty(globalThis, '__forge_runtime__', { configurable: true, get: () => current()?.runtime });
  const nativeFetch = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    current()?.egressFetch(input as string | URL | Request, init) ?? nativeFetch(input, init);

  const machine = virtualiseTime(current);
  captureConsole(current);
  process.on('unhandledRejection', (reason: unknown) => {
    const invocation = current();
    if (invocation) invocation.unhandled(reason);
    else if (process.listenerCount('unhandledRejection') === 1) throw reason;
  });

  const platform: Platform = {
    run: (invocation, body) => invocations.run(invocation, body),
    outside: body => invocations.run(undefined, body),
    machine,
  };
  scope[installed] = platform;
  return platform;
}

/** What the app prints is its log, not the sandbox's. */
function captureConsole(current: () => PlatformInvocation | undefined): void {
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    // biome-ignore lint/suspicious/noConsole: this is where the app's console is taken from it.
    const print = console[method];
    console[method] = (...args: unknown[]) => {
      const invocation = current();
      if (invocation) invocation.log(format(...args));
      else print.apply(console, args);
    };
  }
}

/** The app sees its host's time; everything else in the process keeps the machine's. */
function virtualiseTime(current: () => PlatformInvocation | undefined): Machine {
  const RealDate = globalThis.Date;
  const realNow = RealDate.now;
  RealDate.now = () => current()?.now?.() ?? realNow();
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args, newTarget) {
      const now = args.length === 0 ? current()?.now?.() : undefined;
      return Reflect.construct(target, now === undefined ? args : [now], newTarget) as object;
    },
  });

  const { setTimeout: realSet, clearTimeout: realClear } = globalThis;
  const realTimeout = AbortSignal.timeout;
  const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const timers = current()?.timers;
    return timers ? timers.set(() => run(...args), ms) : realSet(run, ms, ...args);
  };
  // promisify(setTimeout) keeps working for code outside.
  globalThis.setTimeout = Object.assign(set, realSet) as unknown as typeof globalThis.setTimeout;
  Object.defineProperties(globalThis.setTimeout, Object.getOwnPropertyDescriptors(realSet));
  globalThis.clearTimeout = ((handle?: unknown) => {
    if (typeof handle === 'object' && handle !== null && 'virtual' in handle) {
      current()?.timers?.clear(handle as TimerHandle);
    } else {
      realClear(handle as NodeJS.Timeout);
    }
  }) as typeof globalThis.clearTimeout;
  AbortSignal.timeout = ms => {
    const timers = current()?.timers;
    if (!timers) return realTimeout.call(AbortSignal, ms);
    const controller = new AbortController();
    timers.set(
      () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      ms,
    );
    return controller.signal;
  };
  return { now: realNow, setTimeout: realSet, clearTimeout: realClear };
}
