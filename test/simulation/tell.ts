/** A story in words: the program, who did what, which fault struck, what broke, and how to play it again. */
import type { Outcome, Played } from './play.ts';

/** Of a scene, which has a name instead of a seed, `title` is what to call it. */
export function tell(outcome: Outcome | Played, title?: string): string {
  const { program, tale, broken } = outcome;
  const story = 'story' in outcome ? outcome.story : undefined;
  const again = story && JSON.stringify(story);
  return [
    `── ${title ?? `seed ${story?.seed}, ${story?.profile}`} ──`,
    program.trimEnd(),
    '',
    ...tale,
    '',
    ...(broken.length === 0
      ? ['every promise holds']
      : broken.map(({ promise, what }) => `${promise} is broken: ${what}`)),
    ...(again === undefined ? [] : [`again: npm run simulate -- --replay '${again}'`]),
    '',
  ].join('\n');
}
