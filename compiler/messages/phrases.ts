/** The turns of phrase that many rows of the table of findings use. */

/** For "did you mean". */
export interface Suggested {
  readonly suggestion?: string | undefined;
}
export const meant = ({ suggestion }: Suggested): string | undefined =>
  suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`;

/** `a`, `b` and `c`; long lists end in a count. */
export function listed(words: readonly string[], last = 'and', most = 8): string {
  const shown = words.slice(0, most).map(word => `\`${word}\``);
  if (words.length > most) return `${shown.join(', ')} and ${words.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}
