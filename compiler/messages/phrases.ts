/** The turns of phrase that many rows of the table of findings use. */

/** For "did you mean": what is near, of which a person takes one. */
export interface Suggested {
  readonly near: readonly string[];
}
export const meant = ({ near }: Suggested): string | undefined =>
  near.length === 0 ? undefined : `did you mean ${listed(near, 'or')}?`;

/** `a`, `b` and `c`; long lists end in a count. */
export function listed(words: readonly string[], last = 'and', most = 8): string {
  const shown = words.slice(0, most).map(word => `\`${word}\``);
  if (words.length > most) return `${shown.join(', ')} and ${words.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}
