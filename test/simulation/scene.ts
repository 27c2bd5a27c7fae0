/**
 * A scene: a story written by hand, for what random people meet too seldom. It is played on the same stage, and judged
 * by the same promises.
 */
import type { Fault } from '../../sandbox/forge/faults.ts';
import type { World } from '../../sandbox/world.ts';
import type { CaseFields, Deeds } from './deeds.ts';
import type { Passage } from './passage.ts';
import type { People } from './people.ts';
import type { SimProgram } from './program.ts';
import type { Promised, Seen } from './promises/promise.ts';

export interface Hands {
  readonly world: World;
  readonly people: People;
  readonly deeds: Deeds;
  /** Until the next cycle is over. */
  cycle(): Promise<void>;
  /** With the cycles that fall into them. */
  later(minutes: number): Promise<void>;
  faults(...faults: readonly Fault[]): void;
  /** Delivers the events that are due. */
  drain(): Promise<void>;
  /** Once, just before the first request that fits. */
  snipe(when: (passage: Passage) => boolean, what: () => Promise<unknown>): void;
  issueOf(record: string): Promise<string>;
  tell(line: string): void;
  see(): Promise<Seen>;
  /** Of what has to be so in the middle of a scene. */
  complain(promise: string, what: string): void;
}

export interface Scene {
  readonly name: string;
  readonly program: SimProgram;
  script(hands: Hands): Promise<void>;
  /** What this scene promises beside what every story does. */
  readonly also?: Promised;
  /** To be watched for hours even though all promises hold at once. */
  readonly long?: boolean;
}

/** A case of the first account, whose customer is hot. */
export const someCase = ({ accountIds }: Deeds, fields: Partial<CaseFields> = {}): CaseFields => ({
  Subject: 'alpha',
  Origin: 'Phone',
  Priority: 'Low',
  Description: 'alpha',
  AccountId: accountIds[0]!,
  ...fields,
});
