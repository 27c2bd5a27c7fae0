/**
 * The deployed functions in a process of their own, as Forge runs them: nothing of the stand-ins is in its memory. All
 * that they ask for goes to the process that began this one, which answers in the invocation's place.
 */
import { createRequire } from 'node:module';
import process from 'node:process';
import { installPlatform, type PlatformInvocation, type TimerSource } from '../../sandbox/forge/platform.ts';

export type Ask =
  | { readonly kind: 'platform'; readonly call: unknown; readonly path: string; readonly init: Init }
  | { readonly kind: 'egress'; readonly url: string; readonly init: Init }
  | { readonly kind: 'sleep'; readonly ms: number };
export interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface Answered {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}
export type FromFunctions =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ask'; readonly invocation: number; readonly id: number; readonly ask: Ask }
  | { readonly kind: 'done'; readonly invocation: number; readonly value?: unknown; readonly error?: string }
  /** In bytes: the most that was resident so far. */
  | { readonly kind: 'memory'; readonly most: number };
export type ToFunctions =
  | {
      readonly kind: 'invoke';
      readonly invocation: number;
      readonly name: string;
      readonly args: readonly unknown[];
      readonly runtime: object;
      readonly now: number;
    }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly now: number;
      readonly answer?: Answered;
      readonly error?: string;
    }
  | { readonly kind: 'memory' };

const platform = installPlatform();
const [, , builtFunctions] = process.argv;
const functions = createRequire(builtFunctions!)(builtFunctions!) as Record<string, (...args: unknown[]) => unknown>;
const send = (message: FromFunctions) => process.send?.(message);

interface Waiting {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}
const waiting = new Map<number, Waiting>();
let asked = 0;
let now = 0;

const plain = (init: RequestInit = {}): Init => ({
  ...(init.method === undefined ? {} : { method: init.method }),
  headers: Object.fromEntries(new Headers(init.headers)),
  ...(typeof init.body === 'string' ? { body: init.body } : {}),
});

function asking(invocation: number, ask: Ask): Promise<Response> {
  const id = asked++;
  send({ kind: 'ask', invocation, id, ask });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

/** Time passes where the clock is. Nothing hangs there, so what waits for long is a time limit that nobody meets. */
const longestWait = 5_000;

function sleeping(invocation: number): TimerSource {
  const cleared = new Set<number>();
  let begun = 0;
  return {
    set(run, ms) {
      const virtual = begun++;
      if (ms < longestWait) {
        void asking(invocation, { kind: 'sleep', ms }).then(() => {
          if (!cleared.has(virtual)) run();
        });
      }
      return { virtual };
    },
    clear: ({ virtual }) => void cleared.add(virtual),
  };
}

const measured = { measure: () => ({ stop: () => {} }) };

async function invoke({ invocation, name, args, runtime }: Extract<ToFunctions, { kind: 'invoke' }>): Promise<void> {
  const view: PlatformInvocation = {
    now: () => now,
    runtime: {
      ...runtime,
      lambdaContext: { getRemainingTimeInMillis: () => 900_000 },
      metrics: { counter: () => ({ incr: () => {}, decr: () => {} }), timing: () => measured },
    },
    timers: sleeping(invocation),
    platformFetch: (call, path, init) => asking(invocation, { kind: 'platform', call, path, init: plain(init) }),
    egressFetch: (input, init) => asking(invocation, { kind: 'egress', url: String(input), init: plain(init) }),
    unhandled: reason => console.error(reason),
    log: () => {},
  };
  try {
    const value = await platform.run(view, () => functions[name]!(...args));
    send({ kind: 'done', invocation, value });
  } catch (error) {
    send({ kind: 'done', invocation, error: String(error) });
  }
}

process.on('message', (message: ToFunctions) => {
  if ('now' in message) now = message.now;
  if (message.kind === 'invoke') void invoke(message);
  else if (message.kind === 'memory') send({ kind: 'memory', most: process.resourceUsage().maxRSS * 1024 });
  else {
    const { resolve, reject } = waiting.get(message.id)!;
    waiting.delete(message.id);
    const { answer, error } = message;
    if (answer === undefined) reject(new Error(error));
    else {
      const { status, headers, body } = answer;
      const none = status === 204 || status === 304;
      resolve(new Response(none ? null : body, { status, headers: headers.map(([name, value]) => [name, value]) }));
    }
  }
});
send({ kind: 'ready' });
