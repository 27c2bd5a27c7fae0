/**
 * Faults at the seam between the app and everything outside it: which call or event they hit (each fires
 * once), and what each does to it. `nth` counts the matching calls from 1 since the list was put.
 */
import type { System } from './ledger.ts';

export const callEffects = [
  '429',
  '503',
  '500',
  '401',
  'timeout',
  'timeout-after-apply',
  'reset',
  'kill',
  'slow',
  'partial',
] as const;
export const eventEffects = ['duplicate-event', 'reorder-events', 'lose-event'] as const;
export type CallEffect = (typeof callEffects)[number];
export type EventEffect = (typeof eventEffects)[number];

export interface Fault {
  readonly system: System;
  /** `path` is a prefix; of an event it is the event's name or the queue's. */
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly nth: number;
  readonly effect: CallEffect | EventEffect;
}

/** Decides about every call and event beside the list; a simulation's dice. */
export interface FaultSource {
  call(system: System, method: string, path: string): CallEffect | undefined;
  event(system: 'jira' | 'queue', name: string): EventEffect | undefined;
}

export interface Faults {
  put(faults: readonly Fault[]): void;
  /** Asked about what no fault of the list hits; until it is taken away by `undefined`. */
  follow(source: FaultSource | undefined): void;
  list(): readonly Fault[];
  /** Places in the list of those that have struck. */
  struck(): readonly number[];
  onCall(system: System, method: string, path: string): CallEffect | undefined;
  onEvent(system: 'jira' | 'queue', name: string): EventEffect | undefined;
}

export function createFaults(): Faults {
  let armed: { readonly fault: Fault; seen: number }[] = [];
  let source: FaultSource | undefined;

  const next = (effects: readonly string[], system: System, method: string, path: string): string | undefined => {
    let effect: string | undefined;
    for (const entry of armed) {
      const { fault } = entry;
      if (fault.system !== system || !effects.includes(fault.effect)) continue;
      if (fault.match?.method !== undefined && fault.match.method.toUpperCase() !== method) continue;
      if (fault.match?.path !== undefined && !path.startsWith(fault.match.path)) continue;
      entry.seen++;
      if (entry.seen === fault.nth) effect ??= fault.effect;
    }
    return effect;
  };

  return {
    put: faults => {
      armed = faults.map(fault => ({ fault, seen: 0 }));
    },
    follow: other => {
      source = other;
    },
    list: () => armed.map(({ fault }) => fault),
    struck: () => armed.flatMap(({ fault, seen }, at) => (seen >= fault.nth ? [at] : [])),
    onCall: (system, method, path) =>
      (next(callEffects, system, method, path) as CallEffect | undefined) ?? source?.call(system, method, path),
    onEvent: (system, name) =>
      (next(eventEffects, system, '', name) as EventEffect | undefined) ?? source?.event(system, name),
  };
}

/** What is wrong with a list that somebody sent, in a sentence; undefined when nothing is. */
export function faultsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'Send a list of faults.';
  for (const [at, entry] of value.entries()) {
    const { system, nth, effect, match } = (entry ?? {}) as Record<string, unknown>;
    const where = `Fault ${at + 1}`;
    if (!['jira', 'salesforce', 'kvs', 'queue'].includes(system as string)) {
      return `${where}: "system" is jira, salesforce, kvs or queue.`;
    }
    if (!Number.isInteger(nth) || (nth as number) < 1) return `${where}: "nth" counts from 1.`;
    if (![...callEffects, ...eventEffects].includes(effect as CallEffect)) {
      return `${where}: "effect" is one of ${[...callEffects, ...eventEffects].join(', ')}.`;
    }
    const { method = '', path = '', ...rest } = (match ?? {}) as Record<string, unknown>;
    if (
      (match !== undefined && (typeof match !== 'object' || match === null)) ||
      typeof method !== 'string' ||
      typeof path !== 'string' ||
      Object.keys(rest).length > 0
    ) {
      return `${where}: "match" is an object with "method" and "path", both texts and optional.`;
    }
  }
  return undefined;
}

/** What will never strike, in a sentence each: only Jira and the queue send events. */
export const faultsInVain = (faults: readonly Fault[]): readonly string[] =>
  faults.flatMap(({ system, effect }, at) =>
    (eventEffects as readonly string[]).includes(effect) && system !== 'jira' && system !== 'queue'
      ? [`Fault ${at + 1} never strikes: ${system} sends no events, so ${effect} is for jira and queue.`]
      : [],
  );
