/**
 * The page of a code: what its table says of it, and what the compiler says of its example. The documentation
 * and `bridge explain CODE` show the same page.
 */
import type { Diagnostic, Example, Severity } from '../../dsl/diagnostic.ts';
import { definitions } from '../codes.ts';
import { findingOf } from './example.ts';

export interface Page {
  readonly code: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly example?: Example;
  /** What is said of the example's wrong text. */
  readonly said?: Pick<Diagnostic, 'message' | 'reason' | 'help'>;
  /** The title of the fix that `bridge check --fix` applies, and whether it does. */
  readonly fixes: readonly { readonly title: string; readonly unasked: boolean }[];
}

export const codes = (): readonly string[] => [...definitions.keys()].sort();

/** Nothing for a code that no table has. */
export function pageOf(code: string): Page | undefined {
  const definition = definitions.get(code);
  if (definition === undefined) return undefined;
  const { severity, summary, example } = definition;
  const found = example && findingOf(code, example);
  const only = found?.fixes.length === 1;
  return {
    code,
    severity,
    summary,
    ...(example === undefined ? {} : { example }),
    ...(found === undefined ? {} : { said: saidOf(found) }),
    fixes: found?.fixes.map(({ title, asks }) => ({ title, unasked: only && !asks })) ?? [],
  };
}

const saidOf = ({ message, reason, help }: Diagnostic): NonNullable<Page['said']> => ({
  message,
  ...(reason === undefined ? {} : { reason }),
  ...(help === undefined ? {} : { help }),
});
