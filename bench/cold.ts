/**
 * Cold starts: whole processes, from nothing to the exit status, taken in turns so that both meet the same
 * weather. CPU time is user and system, all threads; wall is the best run.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export interface Cold {
  readonly cpu: number;
  readonly wall: number;
}

const usage = fileURLToPath(new URL('./usage.cjs', import.meta.url));

export function coldStarts(programs: Readonly<Record<string, readonly string[]>>, runs: number): Record<string, Cold> {
  const taken = new Map(Object.keys(programs).map(name => [name, { cpu: [] as number[], wall: [] as number[] }]));
  for (let run = -2; run < runs; run++) {
    for (const [name, args] of Object.entries(programs)) {
      const began = performance.now();
      const { status, output, stderr } = spawnSync(process.execPath, ['--require', usage, ...args], {
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        encoding: 'utf8',
      });
      const wall = performance.now() - began;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      // The first runs fill the caches of the disk and of the compiler.
      if (run < 0) continue;
      const times = taken.get(name)!;
      times.wall.push(wall);
      times.cpu.push(Number(output[3]));
    }
  }
  return Object.fromEntries(
    [...taken].map(([name, { cpu, wall }]) => [
      name,
      { cpu: cpu.sort((a, b) => a - b)[Math.floor(runs / 2)]!, wall: Math.min(...wall) },
    ]),
  );
}
