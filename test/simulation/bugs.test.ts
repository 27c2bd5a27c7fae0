/** The simulation is held to its own standard: what is planted is found, each bug by the scene that it names. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bugs } from './bugs.ts';
import { plantedHandlers, plantedSource } from './planted.ts';
import { openStage } from './play.ts';
import { regressions } from './regressions.ts';
import { scenes } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'bridge-planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const allScenes = [...scenes, ...regressions];

describe('planted bugs', () => {
  it('have a place in the code, each its own', () => {
    expect(bugs.flatMap(bug => (plantedSource(bug) === '' ? [bug.name] : []))).toEqual([]);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  });

  it.each(bugs)('“$name” is seen to break $breaks', async bug => {
    const scene = allScenes.find(({ name }) => name === bug.scene);
    if (scene === undefined) throw new Error(`there is no scene “${bug.scene}”`);
    const stage = await openStage({ loadHandlers: await plantedHandlers(bug, folder) });
    const { broken } = await stage.act(scene);
    await stage.stop();
    expect(
      broken.filter(({ promise }) => bug.breaks.includes(promise)).length,
      broken.map(({ promise }) => promise).join(' '),
    ).toBeGreaterThan(0);
  });
});
