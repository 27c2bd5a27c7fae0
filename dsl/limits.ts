/** How much a file may hold. Past these a text is refused with a message, never with a crash. */
import type { Diagnostic } from './diagnostic.ts';
import { type Findings, syntax } from './messages/index.ts';
import type { SourceFile } from './source.ts';

const MEGABYTE = 1024 * 1024;
export const MAX_FILE = 10 * MEGABYTE;
/** In UTF-16 code units. */
export const MAX_TEXT = 64 * 1024;
/** Findings about one text: who has made so many will not read them. */
export const MAX_FINDINGS = 1000;
/** Brackets and `not` may be nested this deep. */
export const MAX_DEPTH = 50;

/** Says so if the file is too large to be read. */
export function isTooLarge(file: SourceFile, findings: Findings): boolean {
  const megabytes = megabytesBeyond(file.text);
  if (megabytes === undefined) return false;
  findings.report({ start: 0, end: 0 }, 'file-too-large', { megabytes });
  return true;
}

/** The size of a text that is too large for a file; nothing for one that is not. */
export const megabytesBeyond = (text: string): string | undefined =>
  text.length <= MAX_FILE ? undefined : (Math.ceil((text.length * 10) / MEGABYTE) / 10).toFixed(1);

/** The first of very many findings, in the order of the text, and how many there were. */
export function limited(file: SourceFile, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  const kept = findings.slice(0, MAX_FINDINGS);
  const { span } = findings[MAX_FINDINGS]!;
  return [...kept, syntax.diagnostic(file, span, 'too-many-findings', { most: MAX_FINDINGS, count: findings.length })];
}
