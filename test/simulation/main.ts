/**
 * Plays many stories, and tells each that breaks a promise, made as short as it gets.
 *
 *   npm run simulate -- [--worlds N] [--profile NAME] [--seed N]      from that seed on
 *   npm run simulate -- --replay 'STORY'                              one story, as the report prints it
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openStage } from './play.ts';
import { shorten } from './shorten.ts';
import { type ProfileName, profiles, type Story } from './story.ts';
import { tell } from './tell.ts';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '500' },
    profile: { type: 'string', default: 'swarm' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    most: { type: 'string', default: '3' },
  },
});

const stage = await openStage();
const say = (line: string) => process.stdout.write(`${line}\n`);
if (values.replay !== undefined) {
  const outcome = await stage.play(JSON.parse(values.replay) as Story);
  say(tell(outcome));
  process.exitCode = outcome.broken.length > 0 ? 1 : 0;
} else {
  const profile = values.profile as ProfileName;
  if (!(profile in profiles)) throw new Error(`no profile ${profile}: ${Object.keys(profiles).join(', ')}`);
  const first = Number(values.seed);
  const worlds = Number(values.worlds);
  const began = performance.now();
  const spent = process.cpuUsage();
  let failed = 0;
  for (let seed = first; seed < first + worlds; seed++) {
    const outcome = await stage.play({ seed, profile });
    if (outcome.broken.length === 0) continue;
    failed++;
    if (failed <= Number(values.most)) say(tell(await shorten(stage, outcome)));
    else say(`seed ${seed}: ${outcome.broken.map(({ promise, what }) => `${promise} ${what}`).join('; ')}`);
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(spent);
  const aMinute = (of: number) => Math.round((worlds / of) * 60);
  say(
    `${worlds} worlds of profile ${profile}, ${failed} broken, ${aMinute(seconds)} a minute, ${aMinute((user + system) / 1e6)} a minute of one core`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}
await stage.stop();
