/** One slip made on many lines is one message, with a count and one fix for all of them. */
import type { Diagnostic } from '../diagnostic.ts';
import { syntax } from '../messages/index.ts';

const GATHERED = ['separator', 'slash-comment'] as const;

export function gather(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const kept = findings.filter(finding => !GATHERED.some(code => code === finding.code));
  for (const code of GATHERED) {
    const same = findings.filter(finding => finding.code === code);
    const [first] = same;
    if (first === undefined) continue;
    const edits = same.flatMap(finding => finding.fixes.flatMap(fix => fix.edits));
    const title = same.length === 1 ? first.fixes[0]!.title : `${first.fixes[0]!.title} everywhere`;
    kept.push(syntax.diagnostic(first.file, first.span, code, { count: same.length }, { fixes: [{ title, edits }] }));
  }
  return kept.sort((a, b) => a.span.start - b.span.start);
}
