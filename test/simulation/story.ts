/** One play: a seed, and what of all that it draws really happens. A shorter story only leaves things out. */
import { dice } from './dice.ts';
import type { Chosen, Strike } from './mayhem.ts';
import { officeWeights } from './office.ts';
import { type Action, actionWeights, upheavals } from './people.ts';

export interface Story {
  readonly seed: number;
  readonly profile: ProfileName;
  /** The numbers of the actions that happen; all of them when missing. */
  readonly actions?: readonly number[];
  /** The only faults that strike; all of them when missing. */
  readonly strikes?: readonly Strike[];
}

export interface Profile {
  /** At least and at most as many actions. */
  readonly actions: readonly [number, number];
  readonly faults: boolean;
  /** A person acts between what the bridge read and what it writes, this often. */
  readonly sniper: number;
  /** That many actions are the first of two people's who edit one field that both sides own. */
  readonly duels: number;
  /** Programs change, items rest, rights come and go, records are deleted and merged, people link by hand. */
  readonly upheaval: boolean;
  /** An admin is at work all the time: has trouble tried again or puts it away, disconnects, connects another org, goes back to earlier programs. */
  readonly office: boolean;
  /** One thing stays broken when all else heals, until a person mends it. */
  readonly broken: boolean;
}

const quiet = { faults: true, sniper: 0, duels: 0, upheaval: false, office: false, broken: false } as const;

export const profiles = {
  /** People only: what goes wrong here is wrong without any fault. */
  calm: { ...quiet, actions: [3, 20], faults: false },
  swarm: { ...quiet, actions: [3, 20], sniper: 0.02 },
  /** Two people on one field, time and again, and somebody else just before the bridge writes. */
  duel: { ...quiet, actions: [4, 14], sniper: 0.08, duels: 0.7 },
  upheaval: { ...quiet, actions: [6, 24], upheaval: true },
  office: { ...quiet, actions: [10, 36], upheaval: true, office: true },
  broken: { ...quiet, actions: [4, 16], broken: true },
} as const satisfies Readonly<Record<string, Profile>>;
export type ProfileName = keyof typeof profiles;

/** In what order seeds take profiles when none is named: people without faults seldom show anything. */
export const mixed: readonly ProfileName[] = [
  'swarm',
  'upheaval',
  'duel',
  'broken',
  'swarm',
  'upheaval',
  'swarm',
  'duel',
  'office',
  'calm',
];

const window = 40 * 60_000;
const longestDuel = 12 * 60_000;
/** From the number of a duel's first action to that of its second: past all others. */
const answers = 1000;

/** In the order of time. */
export function actionsOf({ seed, profile, actions }: Story): readonly Action[] {
  const own = dice(seed).of('people');
  const {
    actions: [least, most],
    duels,
    upheaval,
    office,
  } = profiles[profile];
  const some = upheaval ? { ...actionWeights, ...upheavals } : actionWeights;
  const weights = office ? { ...some, ...officeWeights } : some;
  const count = least + own.int('count', most - least + 1);
  return Array.from({ length: count }, (_, index): readonly Action[] => {
    const one = own.of(index);
    // The first things happen at the beginning, so that there is something to meet.
    if (index < 2) return [{ index, kind: 'new case', at: index * 1000 }];
    const at = one.int('at', window / 1000) * 1000 + one.int('ms', 1000);
    if (!one.chance('duel', duels)) return [{ index, kind: one.draw('kind', weights), at }];
    const later = one.chance('at once', 0.4) ? one.int('ms later', 5_000) : one.int('later', longestDuel);
    return [
      { index, kind: 'first of a duel', at },
      { index: index + answers, kind: 'second of a duel', at: at + later, first: index },
    ];
  })
    .flat()
    .filter(({ index }) => actions === undefined || actions.includes(index))
    .sort((a, b) => a.at - b.at || a.index - b.index);
}

export function chosenOf({ profile, strikes }: Story): Chosen {
  if (strikes === undefined) return () => profiles[profile].faults;
  const wanted = new Set(strikes.map(nameOf));
  return strike => wanted.has(nameOf(strike));
}

const nameOf = ({ call, nth, effect }: Strike): string => `${call} ${nth} ${effect}`;
