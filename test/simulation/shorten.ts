/** A broken story without what it does not need: actions and faults are taken away for as long as the same promise breaks. */
import type { Played, Stage } from './play.ts';
import { actionsOf, type Story } from './story.ts';

const mostPlays = 150;

export async function shorten(stage: Stage, outcome: Played): Promise<Played> {
  const wanted = new Set(outcome.broken.map(({ promise }) => promise));
  let best = outcome;
  let plays = 0;
  const attempt = async (story: Story): Promise<boolean> => {
    if (plays++ >= mostPlays) return false;
    const tried = await stage.play(story);
    if (!tried.broken.some(({ promise }) => wanted.has(promise))) return false;
    best = tried;
    return true;
  };
  // As it happened, so that nothing else comes in when something is taken away; time passes also until what did nothing.
  const { story, done, strikes } = outcome;
  const all = actionsOf(story).map(({ index }) => index);
  if (!(await attempt({ ...story, actions: done, strikes })) && !(await attempt({ ...story, actions: all, strikes })))
    return outcome;

  for (const part of ['strikes', 'actions'] as const) {
    let size = Math.ceil(best.story[part]!.length / 2);
    while (size >= 1 && plays < mostPlays) {
      let taken = false;
      for (let at = 0; at < best.story[part]!.length && plays < mostPlays; ) {
        const left = best.story[part]!.toSpliced(at, size) as never;
        if (await attempt({ ...best.story, [part]: left })) taken = true;
        else at += size;
      }
      if (!taken || size > 1) size = Math.floor(size / 2);
    }
  }
  return best;
}
