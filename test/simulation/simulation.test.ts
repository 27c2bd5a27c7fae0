/**
 * Worlds that every change is held to: the same ones each time, so that a failure is the change's. Fresh ones, any
 * number of them, by `npm run simulate`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './play.ts';
import { regressions } from './regressions.ts';
import { scenes } from './scenes.ts';
import type { ProfileName, Story } from './story.ts';
import { tell } from './tell.ts';

const worlds: Readonly<Record<ProfileName, number>> = {
  calm: 5,
  swarm: 15,
  duel: 5,
  upheaval: 10,
  office: 5,
  broken: 5,
};
const firstSeed = 20261126;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.stop());

async function hold(story: Story): Promise<void> {
  const outcome = await stage.play(story);
  expect(outcome.broken, tell(outcome)).toEqual([]);
}

describe('the bridge among people and faults', () => {
  it.each(Object.entries(worlds))(
    'P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 holds its promises: %s, %i worlds',
    async (profile, count) => {
      for (let seed = firstSeed; seed < firstSeed + count; seed++)
        await hold({ seed, profile: profile as ProfileName });
    },
    180_000,
  );

  it.each([...scenes, ...regressions].map(scene => [scene.name, scene] as const))('scene: %s', async (name, scene) => {
    const outcome = await stage.act(scene);
    expect(outcome.broken, tell(outcome, name)).toEqual([]);
  });

  it('I22 lets nothing of a run that was stopped come into the next world', async () => {
    await hold({ seed: 100302, profile: 'swarm' });
    await hold({
      seed: 100303,
      profile: 'swarm',
      strikes: [
        { call: 'jira event avi:jira:created:issue', nth: 2, effect: 'lose-event' },
        { call: 'queue event sync', nth: 3, effect: 'lose-event' },
        { call: 'jira GET /rest/api/3/myself', nth: 1, effect: 'slow' },
        { call: 'kvs POST /api/v1/get', nth: 36, effect: 'kill' },
      ],
    });
  });

  it('I22 plays the same story the same way', async () => {
    const story: Story = { seed: 20261127, profile: 'swarm' };
    const [first, second] = [await stage.play(story), await stage.play(story)];
    expect(second.tale).toEqual(first.tale);
    expect([...second.calls]).toEqual([...first.calls]);
  });
});
