/**
 * Which worlds see each planted bug: a table of shares, and for each bug the first seeds that catch it.
 *
 *   npm run simulate:bugs -- [--worlds N] [--seed N] [--profile NAME] [WORDS…]     only bugs whose name holds one of the words
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { bugs } from './bugs.ts';
import { plantedHandlers } from './planted.ts';
import { openStage } from './play.ts';
import type { ProfileName } from './story.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    worlds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    stop: { type: 'string', default: '1000' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'bridge-planted-'));
const first = Number(values.seed);
let missed = 0;
process.stdout.write('| planted bug | breaks | worlds that see it | first seeds |\n|---|---|---|---|\n');
try {
  for (const bug of bugs.filter(
    ({ name }) => positionals.length === 0 || positionals.some(word => name.includes(word)),
  )) {
    const stage = await openStage({ loadHandlers: await plantedHandlers(bug, folder) });
    const caught: number[] = [];
    let played = 0;
    while (played < Number(values.worlds) && caught.length < Number(values.stop)) {
      const seed = first + played++;
      // A bug may also make the app fail so thoroughly that a story cannot be told to its end.
      const broken = await stage
        .play({ seed, profile: (values.profile as ProfileName | undefined) ?? bug.profile })
        .then(outcome => outcome.broken.map(({ promise }) => promise))
        .catch(() => [] as string[]);
      if (broken.some(promise => bug.breaks.includes(promise))) caught.push(seed);
    }
    if (caught.length === 0) missed++;
    await stage.stop().catch(() => {});
    const share = `${caught.length} of ${played}`;
    process.stdout.write(`| ${bug.name} | ${bug.breaks.join(' ')} | ${share} | ${caught.slice(0, 3).join(' ')} |\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed > 0 ? 1 : 0;
