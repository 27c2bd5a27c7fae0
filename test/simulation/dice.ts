/**
 * Counter-based dice: what is rolled for a name depends on the seed and on that name alone, never on what was
 * rolled before. So an action or a fault can be taken out of a story, and everything else stays as it was.
 */
export interface Dice {
  /** Dice for something of its own, such as the seventh action. */
  of(...name: readonly (string | number)[]): Dice;
  /** From 0 up to, but not, 1. */
  unit(name: string | number): number;
  /** A whole number from 0 up to, but not, `below`. */
  int(name: string | number, below: number): number;
  chance(name: string | number, share: number): boolean;
  pick<T>(name: string | number, from: readonly T[]): T;
  /** By weight. */
  draw<T extends string>(name: string | number, weights: Readonly<Record<T, number>>): T;
}

export function dice(seed: number): Dice {
  return scoped(mix(seed ^ 0x9e3779b9));
}

function scoped(state: number): Dice {
  const unit = (name: string | number): number => mix(feed(state, name)) / 2 ** 32;
  const int = (name: string | number, below: number): number => Math.floor(unit(name) * below);
  return {
    of: (...names) => scoped(mix(names.reduce<number>(feed, state))),
    unit,
    int,
    chance: (name, share) => unit(name) < share,
    pick(name, from) {
      if (from.length === 0) throw new Error(`nothing to pick ${name} from`);
      return from[int(name, from.length)]!;
    },
    draw(name, weights) {
      const entries = Object.entries<number>(weights);
      let left = unit(name) * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [kind, weight] of entries) {
        left -= weight;
        if (left < 0) return kind as never;
      }
      return entries.at(-1)![0] as never;
    },
  };
}

/** One more part of a name; the separator keeps `a, b` apart from `ab`. */
function feed(state: number, part: string | number): number {
  const text = `${part}\u0001`;
  let hash = state;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** The last steps of MurmurHash3: every bit of the input reaches every bit of the answer. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
