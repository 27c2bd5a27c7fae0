/**
 * How many worlds of each profile see each planted bug, beside the scene that catches it. `--scenes` asks all scenes
 * instead, and no worlds.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { commandLine, namesOf, wholeNumber } from '../../tools/command-line.ts';
import type { Bug } from './bugs/bug.ts';
import { bugs } from './bugs.ts';
import { plantedHandlers } from './planted.ts';
import { type Outcome, openStage, type Stage } from './play.ts';
import { regressions } from './regressions.ts';
import { scenes } from './scenes.ts';
import { type ProfileName, profiles } from './story.ts';

const usage = `usage: npm run simulate:bugs -- [--worlds N] [--seed N] [--profile NAME[,NAME…]] [--stop N]
                                [--scenes] [--table FILE] [WORDS…]
  WORDS      only bugs whose name holds one of them
  --worlds   at most so many of each profile, 100 unless told
  --seed     of the first world, 1 unless told
  --profile  only these: ${Object.keys(profiles).join(', ')}
  --stop     no further world once so many saw the bug, 1000 unless told
  --scenes   all scenes, and no worlds
  --table    writes the table there too`;

const { values, positionals, refuse } = commandLine(
  usage,
  {
    worlds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    stop: { type: 'string', default: '1000' },
    scenes: { type: 'boolean', default: false },
    table: { type: 'string' },
  },
  true,
);
const worlds = wholeNumber('worlds', values.worlds, refuse);
const first = wholeNumber('seed', values.seed, refuse);
const enough = wholeNumber('stop', values.stop, refuse, { least: 1 });
const known = Object.keys(profiles) as ProfileName[];
const asked = values.profile === undefined ? known : namesOf('profile', values.profile, known, refuse);
const chosen = bugs.filter(({ name }) => positionals.length === 0 || positionals.some(word => name.includes(word)));
if (chosen.length === 0) refuse(`no planted bug is called \`${positionals.join(' ')}\``);

const folder = mkdtempSync(join(tmpdir(), 'bridge-planted-'));
const table: string[] = [];
const say = (line: string) => {
  table.push(line);
  process.stdout.write(`${line}\n`);
};

/** A bug may also make the app fail so thoroughly that a story cannot be told to its end. */
const sees = async (bug: Bug, played: Promise<Outcome>): Promise<boolean> =>
  played.then(
    ({ broken }) => broken.some(({ promise }) => bug.breaks.includes(promise)),
    () => false,
  );

async function inWorlds(bug: Bug, stage: Stage, profile: ProfileName): Promise<string> {
  const caught: number[] = [];
  let played = 0;
  while (played < worlds && caught.length < enough) {
    const seed = first + played++;
    if (await sees(bug, stage.play({ seed, profile }))) caught.push(seed);
  }
  return caught.length === 0 ? `0 of ${played}` : `${caught.length} of ${played} (${caught.slice(0, 3).join(', ')})`;
}

const columns = values.scenes ? [] : asked;
say(`| planted bug | breaks | ${['scene', ...columns].join(' | ')} |`);
say(`|---|---|${'---|'.repeat(columns.length + 1)}`);
try {
  for (const bug of chosen) {
    const stage = await openStage({ loadHandlers: await plantedHandlers(bug, folder) });
    const seenBy: string[] = [];
    for (const scene of [...scenes, ...regressions])
      if ((values.scenes || scene.name === bug.scene) && (await sees(bug, stage.act(scene)))) seenBy.push(scene.name);
    const shares: string[] = [];
    for (const profile of columns) shares.push(await inWorlds(bug, stage, profile));
    await stage.stop().catch(() => {});
    say(`| ${[bug.name, bug.breaks.join(' '), seenBy.join('; ') || 'none', ...shares].join(' | ')} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.table !== undefined) {
  const head = `# Planted bugs

Written by \`npm run simulate:bugs\`: the scene that catches each, and how many random worlds of each profile saw it (with
the first seeds). What random worlds see seldom is why there are scenes.
`;
  writeFileSync(values.table, `${head}\n${table.join('\n')}\n`);
}
