/**
 * The configuration file of a program, `bridge.config.yaml`: where its metadata lies, what it may cost, and how
 * far a change of it may reach before somebody is asked. Each value keeps its place for findings about it.
 */
import type { SourceFile, Span } from '../../dsl/source.ts';
import { limits } from '../catalogue/limits.ts';

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

/** A number of the file; adding a row adds its key, its check and its documentation. */
export interface NumberKey {
  readonly about: string;
  readonly least: number;
  readonly most: number;
  /** It is written with a `%` or without. */
  readonly percent?: true;
}

const count = (about: string): NumberKey => ({ about, least: 0, most: Number.MAX_SAFE_INTEGER });

export const numbers = {
  budget: {
    salesforceCallsPerDay: count('The most Salesforce calls of a day. More are an error.'),
    jiraPointsPerHour: count("The most points of Jira's hourly quota. More are an error."),
    changesPerHour: count('How many records and issues change in an hour; each counts as the dearest of its kind.'),
  },
  guard: {
    links: count(
      `Links of an item that a changed program may move or blank; more, and more than the share, pause it. ${limits.guardLinks.value} unless said.`,
    ),
    share: {
      about: `The same as a share of the item's links. ${limits.guardShare.value}% unless said.`,
      least: 0,
      most: 100,
      percent: true,
    },
    newIssues: count(`Issues that a first activation creates without asking. ${limits.newIssues.value} unless said.`),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, NumberKey>>>>;

export type BudgetKey = keyof typeof numbers.budget;
export type GuardKey = keyof typeof numbers.guard;
