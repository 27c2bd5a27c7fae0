/** A value that goes round over ways one after the other, and what the round makes of it. */
import { samplesFor, shortened } from './samples.ts';
import { isSame, type Kind, textOf, type Way } from './travel.ts';

export interface Change {
  /** From the first value to the last of the first round, as people read them. */
  readonly stops: readonly string[];
  /** It changes again in every round, and not only in the first. */
  readonly endless: boolean;
}

/** Rounds after which a value that still changes will not come to rest. */
const ROUNDS = 4;

/** How a value gets over one way; nothing where it stays behind. */
export type Step<W extends Way = Way> = (way: W, value: unknown) => unknown;
export const carrying: Step = (way, value) => way.carry(value);

/** The first value that a round of ways changes. */
export function changeBy<W extends Way>(ways: readonly W[], start: Kind, step: Step<W>): Change | undefined {
  for (const sample of samplesFor(ways[0]!)) {
    const first = roundOf(ways, sample, step);
    if (first === undefined || isSame(start, sample, first.at(-1))) continue;
    let value = first.at(-1);
    let rests = false;
    for (let round = 1; round < ROUNDS && !rests; round++) {
      const next = roundOf(ways, value, step)?.at(-1);
      rests = next === undefined || isSame(start, value, next);
      value = next;
    }
    const stops = first.map((at, index) => shortened(textOf(ways[index]!.to, at)));
    return { stops: [shortened(textOf(start, sample)), ...stops], endless: !rests };
  }
  return undefined;
}

/** What the value is after each of the ways; nothing where one of them does not pass it on. */
export function roundOf<W extends Way>(
  ways: readonly W[],
  sample: unknown,
  step: Step<W>,
): readonly unknown[] | undefined {
  const values: unknown[] = [];
  let value = sample;
  for (const way of ways) {
    value = step(way, value);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
