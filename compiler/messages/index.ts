/**
 * Every finding of the compiler, one row a code: how grave it is, its sentence in an admin's words, the
 * reason with a value that shows it, and the way out. Checks name a code and its holes; the documentation
 * and `bridge explain` are drawn from the same rows. The rows lie by family, one file each.
 */
import { defineDiagnostics } from '../../dsl/diagnostic.ts';
import { clauses } from './clauses.ts';
import { conditions } from './conditions.ts';
import { conversions } from './conversions.ts';
import { cost } from './cost.ts';
import { items } from './items.ts';
import { limits } from './limits.ts';
import { mappings } from './mappings.ts';
import { modes } from './modes.ts';
import { names } from './names.ts';
import { status } from './status.ts';
import { tables } from './tables.ts';

/** With their titles, in the order of the documentation. */
export const families = [
  { title: 'Names and ids', rows: names },
  { title: 'Clauses and words', rows: clauses },
  { title: 'Modes', rows: modes },
  { title: 'Mappings', rows: mappings },
  { title: 'Conversions', rows: conversions },
  { title: 'Value tables', rows: tables },
  { title: 'Conditions and rules', rows: conditions },
  { title: 'Status', rows: status },
  { title: 'Several items, and tests', rows: items },
  { title: 'Cost and configuration', rows: cost },
  { title: 'Limits of what is said', rows: limits },
] as const;

export const compilerDiagnostics = defineDiagnostics({
  ...names,
  ...clauses,
  ...modes,
  ...mappings,
  ...conversions,
  ...tables,
  ...conditions,
  ...status,
  ...items,
  ...cost,
  ...limits,
});

export type CompilerCode = keyof typeof compilerDiagnostics.table;
