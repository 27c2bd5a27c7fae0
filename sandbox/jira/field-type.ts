/** What a row of the table of field types has to say, and the first look at a value that all rows take. */
import type { AdfCheck } from './adf.ts';
import { FieldProblem, texts } from './errors.ts';
import type { FieldDefinition, Project, Stored, User } from './model.ts';
import type { World } from './world.ts';

export type Verb = 'set' | 'add' | 'remove' | 'edit' | 'copy';

export interface FieldSchema {
  readonly type: string;
  readonly items?: string;
}

export interface WriteContext {
  readonly world: World;
  readonly field: FieldDefinition;
  readonly project: Project;
  readonly adf: AdfCheck;
  mayBeAssigned(user: User): boolean;
}

export interface FieldType {
  /** Absent for what only shows a number of the issue. */
  readonly schema: FieldSchema;
  /** After `com.atlassian.jira.plugin.system.customfieldtypes:`. */
  readonly customKey?: string;
  readonly verbs: readonly Verb[];
  readonly empty: null | readonly [];
  /** From the form in which it is written; never called with `null`. Throws `FieldProblem`. */
  parse(value: unknown, context: WriteContext): Stored;
  read(stored: Stored, world: World, field: FieldDefinition, viewer?: User): unknown;
  /** The id and the text that the changelog keeps of a value that is not empty. */
  change(stored: Stored, world: World, field: FieldDefinition): { readonly id: string | null; readonly text: string };
  allowed?(world: World, field: FieldDefinition, project: Project): readonly unknown[];
  /** Where a person would pick values as they type. */
  readonly autoComplete?: string;
}

export const problem = (message: string): never => {
  throw new FieldProblem(message);
};
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : problem(texts.notString));
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : problem(texts.notArray));
export const asList = (stored: Stored): readonly string[] => (Array.isArray(stored) ? (stored as string[]) : []);
export const idText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
