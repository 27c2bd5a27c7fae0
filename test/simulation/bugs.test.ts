/** The simulation is held to its own standard: what is planted is found, each bug by the stories that are known to show it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bugs } from './bugs.ts';
import { plantedHandlers, plantedSource } from './planted.ts';
import { openStage } from './play.ts';

const folder = mkdtempSync(join(tmpdir(), 'bridge-planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('planted bugs', () => {
  it('have a place in the code, each its own', () => {
    expect(bugs.flatMap(bug => (plantedSource(bug) === '' ? [bug.name] : []))).toEqual([]);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  });

  it.each(bugs.filter(({ seeds }) => seeds.length > 0))('“$name” is seen to break $breaks', async bug => {
    const stage = await openStage({ loadHandlers: await plantedHandlers(bug, folder) });
    const broken = new Set<string>();
    for (const seed of bug.seeds) {
      const outcome = await stage.play({ seed, profile: bug.profile });
      for (const { promise } of outcome.broken) broken.add(promise);
    }
    await stage.stop();
    expect(bug.breaks.filter(promise => broken.has(promise)).length, [...broken].join(' ')).toBeGreaterThan(0);
  });
});
