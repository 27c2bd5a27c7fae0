/** Which fix of a finding needs nobody's choice. */
import type { Diagnostic, Fix, TextEdit } from '../../dsl/diagnostic.ts';

/** The fix that may be applied without asking. */
export function mechanicalFix({ code, fixes }: Diagnostic): Fix | undefined {
  const [fix, second] = fixes;
  if (fix === undefined || second !== undefined || fix.drops) return undefined;
  return code === 'unexpected' && fix.edits.some(takesFromNumber) ? undefined : fix;
}

/** What does not belong there may belong to the number beside it: `- 5`, `.5` and `1.000,5` would become other numbers. */
const takesFromNumber = ({ file: { text: whole }, span: { start, end }, text }: TextEdit): boolean =>
  text === '' &&
  /^[-+.,%]$/.test(whole.slice(start, end).trim()) &&
  (/\d\s*$/.test(whole.slice(Math.max(0, start - 8), start)) || /^\s*\d/.test(whole.slice(end, end + 8)));
