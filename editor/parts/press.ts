/**
 * A press is one act: what would move the page waits until the button is let go, so that a click lands where it began.
 * Whoever writes into a field and then presses a switch below it has left the field with the press, and what is found
 * of that comes before the button is up again.
 */
let held = false;
let waiting: (() => void)[] = [];

function letGo(): void {
  held = false;
  const all = waiting;
  waiting = [];
  for (const each of all) each();
}

/** A click follows its release, by a touch a moment later. */
const clickFollowsMs = 50;

addEventListener('pointerdown', () => (held = true), true);
for (const end of ['pointerup', 'pointercancel', 'dragend'])
  addEventListener(end, () => setTimeout(letGo, clickFollowsMs), true);
// A button may be let go where the page does not hear of it.
addEventListener('pointermove', ({ buttons }) => held && buttons === 0 && letGo(), true);
addEventListener('blur', letGo);

/** At once where nothing is pressed. */
export const released = (): Promise<void> => (held ? new Promise(done => waiting.push(done)) : Promise.resolve());
