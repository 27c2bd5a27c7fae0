/** Which fix of a finding needs nobody's choice. */
import type { Diagnostic, Fix } from '../../dsl/diagnostic.ts';

/** The fix that may be applied without asking. */
export function mechanicalFix({ fixes: [fix, second] }: Diagnostic): Fix | undefined {
  return fix === undefined || second !== undefined || fix.asks ? undefined : fix;
}
