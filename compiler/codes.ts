/** Every code that a finding can have, whichever room's table it stands in. */
import type { Definition } from '../dsl/diagnostic.ts';
import { syntax } from '../dsl/messages/index.ts';
import { printing } from '../dsl/printer/messages.ts';
import { compilerDiagnostics } from './messages/index.ts';
import { testDiagnostics } from './messages/test-failures.ts';

// biome-ignore lint/suspicious/noExplicitAny: entries have holes of their own; whoever lists them fills none.
export type AnyDefinition = Definition<any>;

export const tables: readonly Readonly<Record<string, AnyDefinition>>[] = [
  syntax.table,
  printing.table,
  compilerDiagnostics.table,
  testDiagnostics.table,
];

/** By code, in the tables' order. */
export const definitions: ReadonlyMap<string, AnyDefinition> = new Map(tables.flatMap(table => Object.entries(table)));
