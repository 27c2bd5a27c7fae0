/** What a test finds when it looks, and what is left of it in the end. */
import type { Diagnostic } from '../../../dsl/index.ts';
import type { BoundTest } from '../../bind/bound.ts';
import type { ItemPlan } from '../../plan/ir.ts';
import type { TestValues } from './values.ts';
import type { Remembered, Written } from './world.ts';

export interface Situation {
  readonly test: BoundTest;
  readonly item: ItemPlan;
  readonly values: TestValues;
  /** Of this item and record only, the journal oldest first. */
  readonly known: Remembered;
  /** When the test began. */
  readonly start: number;
  readonly cycles: number;
  /** How the issue came to be, where a step of the test made it. */
  readonly handMade: string | undefined;
  /** As a query answers it; absent before the first `salesforce` step. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** Absent where none is linked. */
  readonly issue?: Readonly<Record<string, unknown>>;
  readonly guessed: ReadonlySet<string>;
}

export interface TestResult {
  readonly test: BoundTest;
  readonly name: string;
  readonly failures: readonly Diagnostic[];
  /** What the bridge did in it, oldest first. */
  readonly writes: readonly string[];
  readonly ms: number;
}

/** What both sides hold after a run, for whoever wants to know what the tests reached. */
export interface Sight {
  readonly item: ItemPlan;
  readonly record: Readonly<Record<string, unknown>>;
  /** Absent as long as nothing is linked. */
  readonly issue?: Readonly<Record<string, unknown>>;
  readonly journal: readonly Written[];
}
