/**
 * One run of one of the app's functions: its context, its time limit, its end. A run that is over, killed
 * or returned, is frozen as Forge freezes it: its calls and timers never come back.
 */
import { randomUUID } from 'node:crypto';
import type { HostClock } from './clock.ts';
import { type Manifest, type ManifestFunction, type ModuleKind, timeLimitMs } from './manifest.ts';
import type { CallDescriptor, installPlatform, PlatformInvocation } from './platform.ts';

/** How many queue pushes one first cause may have in all its descendants. */
export interface Chain {
  pushes: number;
}

export interface Invocation {
  readonly id: string;
  readonly moduleKey: string;
  /** For the ledger. */
  readonly why: string;
  readonly startedAt: number;
  readonly deadlineAt: number;
  readonly accountId?: string;
  readonly chain: Chain;
  /** A look of the sandbox's own, that neither the ledger nor a fault sees. */
  readonly unseen: boolean;
  /** External requests so far. */
  egress: number;
  alive: boolean;
  kill(reason: string): void;
}

export type Ending =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'killed'; readonly reason: string };

export interface InvocationRequest {
  readonly kind: ModuleKind;
  readonly moduleKey: string;
  readonly fn: ManifestFunction;
  readonly handler: (...args: unknown[]) => unknown;
  readonly args: readonly unknown[];
  readonly why: string;
  readonly accountId?: string;
  readonly chain?: Chain;
  readonly unseen?: boolean;
}

export interface InvocationSeam {
  platformFetch(invocation: Invocation, call: CallDescriptor, path: string, init?: RequestInit): Promise<Response>;
  egressFetch(invocation: Invocation, input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** A promise of the app that nobody caught. */
  unhandled(invocation: Invocation, reason: unknown): void;
  log(invocation: Invocation, line: string): void;
}

export const site = {
  cloudId: '7c1d2d53-6a54-4f0c-9a0e-0f3f1f6f1c55',
  environmentId: '2f3d6c1a-8f8e-4a58-9a2d-6f0f3d1c9b10',
  installationId: 'b6a1f6d2-3f4e-4c8e-8f43-6b7c2a9d0e21',
} as const;
export const installContext = `ari:cloud:jira::site/${site.cloudId}`;

/** As Forge gives it to a paid app in production; nothing elsewhere. */
export type Licence = { readonly active: boolean; readonly isActive: boolean } | undefined;
export const environmentOf = (licence: Licence): string => (licence === undefined ? 'DEVELOPMENT' : 'PRODUCTION');

const never = <T>(): Promise<T> => new Promise<T>(() => {});

export function createInvoker(options: {
  readonly platform: ReturnType<typeof installPlatform>;
  readonly clock: HostClock;
  readonly manifest: Manifest;
  readonly seam: InvocationSeam;
  /** Of a production installation; development installs have none and need none. */
  readonly licence: () => Licence;
}): (request: InvocationRequest) => Promise<Ending> {
  const { platform, clock, manifest, seam, licence } = options;

  return async request => {
    const limit = timeLimitMs(request.kind, request.fn);
    let stop: (ending: Ending) => void = () => {};
    const stopped = new Promise<Ending>(resolve => {
      stop = resolve;
    });
    const startedAt = clock.now();
    const invocation: Invocation = {
      id: randomUUID(),
      moduleKey: request.moduleKey,
      why: request.why,
      startedAt,
      deadlineAt: startedAt + limit,
      ...(request.accountId === undefined ? {} : { accountId: request.accountId }),
      chain: request.chain ?? { pushes: 0 },
      unseen: request.unseen ?? false,
      egress: 0,
      alive: true,
      kill(reason) {
        invocation.alive = false;
        stop({ kind: 'killed', reason });
      },
    };
    const clearDeadline = clock.deadline(limit, () => invocation.kill(`over its limit of ${limit / 1000} s`));
    try {
      const run = Promise.resolve().then(() =>
        platform.run(platformView(invocation), () => request.handler(...request.args)),
      );
      const ended = run.then(
        (value): Ending => ({ kind: 'returned', value }),
        (error): Ending => ({ kind: 'threw', error }),
      );
      return await Promise.race([ended, stopped]);
    } finally {
      invocation.alive = false;
      clearDeadline();
    }
  };

  function platformView(invocation: Invocation): PlatformInvocation {
    const { timers } = clock;
    return {
      now: () => clock.now(),
      runtime: runtimeOf(invocation),
      ...(timers === undefined
        ? {}
        : {
            timers: {
              set: (run, ms) => timers.set(() => invocation.alive && run(), ms),
              clear: timers.clear,
            },
          }),
      platformFetch: (call, path, init) =>
        invocation.alive ? frozen(invocation, seam.platformFetch(invocation, call, path, init)) : never(),
      egressFetch: (input, init) =>
        invocation.alive ? frozen(invocation, seam.egressFetch(invocation, input, init)) : never(),
      unhandled: reason => platform.outside(() => seam.unhandled(invocation, reason)),
      log: line => platform.outside(() => seam.log(invocation, line)),
    };
  }

  /** Settles only while the invocation lives. */
  function frozen<T>(invocation: Invocation, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(
        value => invocation.alive && resolve(value),
        error => invocation.alive && reject(error),
      );
    });
  }

  function runtimeOf(invocation: Invocation): object {
    const measured = { measure: () => ({ stop: () => {} }) };
    return {
      appContext: {
        appId: manifest.app.id.split('/').at(-1),
        appVersion: '1.0.0',
        environmentId: site.environmentId,
        environmentType: environmentOf(licence()),
        invocationId: invocation.id,
        installationId: site.installationId,
        moduleKey: invocation.moduleKey,
        license: licence(),
        installation: { ari: { installationId: site.installationId }, contexts: [{ cloudId: site.cloudId }] },
        permissions: {
          scopes: manifest.permissions.scopes,
          external: manifest.permissions.external ?? {},
        },
      },
      lambdaContext: { getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineAt - clock.now()) },
      contextAri: installContext,
      aaid: invocation.accountId,
      metrics: { counter: () => ({ incr: () => {}, decr: () => {} }), timing: () => measured },
    };
  }
}
