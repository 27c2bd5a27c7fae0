/**
 * Everything that can go wrong between the app and the rest of the world, at rates that each story draws for
 * itself. Whether a call is struck depends on what kind of call it is and on how many of that kind there were,
 * so a fault stays the same fault when others are taken out of the story.
 */
import type { CallEffect, EventEffect, FaultSource } from '../../sandbox/forge/faults.ts';
import type { Dice } from './dice.ts';

export interface Strike {
  /** `jira PUT /rest/api/3/issue/*`. */
  readonly call: string;
  /** The how-manieth of its kind, from 1. */
  readonly nth: number;
  readonly effect: CallEffect | EventEffect;
}

export interface Mayhem extends FaultSource {
  /** What struck, in order. */
  readonly strikes: readonly Strike[];
  /** How many calls of each kind there were. */
  readonly calls: ReadonlyMap<string, number>;
}

const callEffects = ['429', '503', '500', '401', 'timeout', 'timeout-after-apply', 'reset', 'kill', 'slow', 'partial'];
const eventEffects = ['duplicate-event', 'reorder-events', 'lose-event'];
const rates = [0, 0, 0.02, 0.08, 0.2];

/** Of each system, what happens to it in the world outside. */
const possible: Readonly<Record<string, readonly string[]>> = {
  jira: callEffects.filter(effect => effect !== '401'),
  salesforce: callEffects,
  kvs: ['429', '503', '500', 'timeout', 'timeout-after-apply', 'kill'],
  queue: ['503', '500', 'kill'],
};

/** A cycle asks the store thirty times and Jira once: struck alike, few runs would live to see Jira. */
const shares: Readonly<Record<string, number>> = { kvs: 0.25, queue: 1, jira: 3, salesforce: 3 };

export type Chosen = (strike: Strike) => boolean;

/** `chosen`: of all that would strike, what does; a story is made shorter by choosing fewer. */
export function createMayhem(dice: Dice, chosen: Chosen): Mayhem {
  const strikes: Strike[] = [];
  const calls = new Map<string, number>();
  const rate = (effect: string): number => {
    // A run that dies half-way or meets one odd answer is common; a whole hour of them is not.
    const drawn = dice.pick(`rate of ${effect}`, rates);
    return effect === 'kill' || effect.startsWith('timeout') ? drawn / 4 : drawn / 8;
  };
  const drawn = new Map([...callEffects, ...eventEffects].map(effect => [effect, rate(effect)]));

  const strike = (call: string, effects: readonly string[], share = 1) => {
    const nth = (calls.get(call) ?? 0) + 1;
    calls.set(call, nth);
    let left = dice.of('strike', call).unit(nth);
    const effect = effects.find(one => {
      left -= drawn.get(one)! * share;
      return left < 0;
    });
    if (effect === undefined) return undefined;
    const found: Strike = { call, nth, effect: effect as Strike['effect'] };
    if (!chosen(found)) return undefined;
    strikes.push(found);
    return found.effect;
  };

  return {
    strikes,
    calls,
    call: (system, method, path) =>
      strike(`${system} ${method} ${kindOf(path)}`, possible[system]!, shares[system]) as CallEffect | undefined,
    event: (system, name) => strike(`${system} event ${name}`, eventEffects) as EventEffect | undefined,
  };
}

/** A path without what differs from one record to the next. */
export const kindOf = (path: string): string =>
  path
    .split('?')[0]!
    .split('/')
    .map(part => (/\d/.test(part) && !/^v?\d+(\.\d+)?$/.test(part) ? '*' : /^\d{4,}$/.test(part) ? '*' : part))
    .join('/');
