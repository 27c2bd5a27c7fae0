/** A story in words: the program, who did what, which fault struck, what broke, and how to play it again. */
import type { Outcome } from './play.ts';

export function tell({ story, program, tale, broken, done, strikes }: Outcome): string {
  const again = JSON.stringify({ ...story, actions: story.actions ?? done, strikes: story.strikes ?? strikes });
  return [
    `── seed ${story.seed}, ${story.profile} ──`,
    program.trimEnd(),
    '',
    ...tale,
    '',
    ...(broken.length === 0
      ? ['every promise holds']
      : broken.map(({ promise, what }) => `${promise} is broken: ${what}`)),
    `again: npm run simulate -- --replay '${again}'`,
    '',
  ].join('\n');
}
