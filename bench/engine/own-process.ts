/** The world's side of functions that run in a process of their own. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { builtFunctions } from '../../sandbox/forge/handlers.ts';
import type { Handlers } from '../../sandbox/forge/host.ts';
import type { Ask, FromFunctions, ToFunctions } from './functions-process.ts';

interface Own {
  readonly loadHandlers: () => Promise<Handlers>;
  /** From now on the functions run in a new process. */
  begin(): Promise<void>;
  /** The most that was resident in it so far, in bytes. */
  mostResident(): Promise<number>;
  stop(): void;
}

/**
 * As V8 sizes its heap where there are 512 MB, which is what Forge gives: half of them for old objects, and a 128th of that
 * for a half of the young ones. By itself it would go by this machine's memory, and collect later.
 */
const asOnForge = ['--max-old-space-size=256', '--max-semi-space-size=2'];

interface Running {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Within the invocation, where its calls find their host. */
  readonly within: <T>(body: () => T) => T;
}

type Scope = {
  readonly __forge_fetch__: (call: unknown, path: string, init: unknown) => Promise<Response>;
  readonly __forge_runtime__: object;
};
const scope = globalThis as unknown as Scope;

function onward(ask: Ask): Promise<Response> {
  if (ask.kind === 'platform') return scope.__forge_fetch__(ask.call, ask.path, ask.init);
  if (ask.kind === 'egress') return fetch(ask.url, ask.init);
  return new Promise(resolve => setTimeout(() => resolve(new Response()), ask.ms));
}

export async function functionsInOwnProcess(): Promise<Own> {
  // As JavaScript: what takes the types out of a text would be resident too.
  const program = fileURLToPath(new URL('../../build/bench/functions.mjs', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL('functions-process.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
  const running = new Map<number, Running>();
  let child: ChildProcess | undefined;
  let begun = 0;
  let told: ((most: number) => void) | undefined;
  const send = (message: ToFunctions) => child?.send(message);

  async function answer(id: number, { within }: Running, ask: Ask): Promise<void> {
    try {
      const { status, headers, body } = await within(async () => {
        const response = await onward(ask);
        return { status: response.status, headers: [...response.headers], body: await response.text() };
      });
      send({ kind: 'answer', id, now: within(Date.now), answer: { status, headers, body } });
    } catch (error) {
      send({ kind: 'answer', id, now: within(Date.now), error: String(error) });
    }
  }

  function hear(message: FromFunctions): void {
    if (message.kind === 'memory') told?.(message.most);
    if (message.kind === 'ask') void answer(message.id, running.get(message.invocation)!, message.ask);
    if (message.kind !== 'done') return;
    const { resolve, reject } = running.get(message.invocation)!;
    running.delete(message.invocation);
    if (message.error === undefined) resolve(message.value);
    else reject(new Error(message.error));
  }

  async function begin(): Promise<void> {
    child?.disconnect();
    child = fork(program, [builtFunctions], { serialization: 'advanced', execArgv: asOnForge });
    await once(child, 'message');
    child.on('message', hear);
  }
  await begin();

  const handler =
    (name: string) =>
    (...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const invocation = begun++;
        running.set(invocation, { resolve, reject, within: AsyncLocalStorage.snapshot() });
        // What of it are functions, the other side makes itself.
        const { lambdaContext: _, metrics: __, ...runtime } = scope.__forge_runtime__ as Record<string, unknown>;
        send({ kind: 'invoke', invocation, name, args, runtime, now: Date.now() });
      });
  return {
    // Awaited like a promise, it must not have a `then`.
    loadHandlers: async () =>
      new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : handler(String(name))) }) as Handlers,
    begin,
    mostResident: () =>
      new Promise(resolve => {
        told = resolve;
        send({ kind: 'memory' });
      }),
    stop: () => child?.disconnect(),
  };
}
