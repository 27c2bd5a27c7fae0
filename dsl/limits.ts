/** How much a file may hold. Past these a text is refused with a message, never with a crash. */
import type { Findings } from './messages.ts';
import type { SourceFile } from './source.ts';

const MEGABYTE = 1024 * 1024;
export const MAX_FILE = 10 * MEGABYTE;
/** In UTF-16 code units. */
export const MAX_TEXT = 64 * 1024;
/** Brackets and `not` may be nested this deep. */
export const MAX_DEPTH = 50;

/** Says so if the file is too large to be read. */
export function isTooLarge(file: SourceFile, findings: Findings): boolean {
  if (file.text.length <= MAX_FILE) return false;
  const megabytes = (file.text.length / MEGABYTE).toFixed(1);
  findings.report({ start: 0, end: 0 }, 'file-too-large', { megabytes });
  return true;
}
