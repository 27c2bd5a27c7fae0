/** Which fix of a finding needs nobody's choice. */
import type { Diagnostic, Fix } from '../../dsl/diagnostic.ts';

/** The fix that may be applied without asking. */
export function mechanicalFix({ fixes }: Diagnostic): Fix | undefined {
  const [fix, second] = fixes;
  return fix === undefined || second !== undefined || fix.drops ? undefined : fix;
}
