/**
 * The configuration file of a program, `bridge.config.yaml`: where its metadata lies, what it may cost, and how
 * far a change of it may reach before somebody is asked. Each value keeps its place for findings about it.
 */
import type { SourceFile, Span } from '../../dsl/source.ts';

export const configName = 'bridge.config.yaml';
export const isConfigFile = ({ path }: { readonly path: string }): boolean =>
  path === configName || path.endsWith(`/${configName}`);

export interface Config {
  readonly file: SourceFile;
  /** The snapshot's path, from the folder of this file. */
  readonly metadata?: Placed<string>;
  readonly budget: Readonly<Partial<Record<BudgetKey, Placed<number>>>>;
  readonly guard: Readonly<Partial<Record<GuardKey, Placed<number>>>>;
}

export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** The least and the most that a number can be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  /** It is written with a `%` or without. */
  readonly percent?: true;
}

const count: Bounds = { least: 0, most: Number.MAX_SAFE_INTEGER };
export const numbers = {
  budget: { salesforceCallsPerDay: count, jiraPointsPerHour: count, changesPerHour: count },
  guard: { links: count, share: { least: 0, most: 100, percent: true }, newIssues: count },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Bounds>>>>;

export type BudgetKey = keyof typeof numbers.budget;
export type GuardKey = keyof typeof numbers.guard;
