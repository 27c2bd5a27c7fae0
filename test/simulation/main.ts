/**
 * Plays many stories, and tells each that breaks a promise, made as short as it gets.
 *
 *   npm run simulate -- [--worlds N] [--profile NAME[,NAME…]] [--seed N|fresh]     from that seed on; all profiles, mixed
 *       [--processes N]       side by side
 *       [--minutes N]         not longer, however many worlds are left
 *       [--table FILE]        writes how often each fault met each call
 *   npm run simulate -- --replay 'STORY'                                           one story, as the report prints it
 *
 * The script gives the young generation its size from the start: while it grows and shrinks, a third of all page faults
 * are its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openStage, type Stage } from './play.ts';
import { shorten } from './shorten.ts';
import { mixed, type ProfileName, profiles, type Story } from './story.ts';
import { add, count, emptyTally, faultTable, summary, type Tally, worldsOf } from './tally.ts';
import { tell } from './tell.ts';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '500' },
    profile: { type: 'string' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    table: { type: 'string' },
    replay: { type: 'string' },
    /** Only so many broken stories are made shorter. */
    most: { type: 'string', default: '3' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const wanted = (values.profile?.split(',') ?? []) as ProfileName[];
const unknown = wanted.find(name => !(name in profiles));
if (unknown !== undefined) throw new Error(`no profile ${unknown}: ${Object.keys(profiles).join(', ')}`);
const order = wanted.length > 0 ? wanted : mixed;
const began = performance.now();
const isLate = () => values.minutes !== undefined && performance.now() - began > Number(values.minutes) * 60_000;

async function playAll(stage: Stage, first: number, worlds: number): Promise<Tally> {
  const tally = emptyTally();
  const spent = process.cpuUsage();
  // Of the refusals that a world is full of nobody reads where they came from; a replay keeps it.
  Error.stackTraceLimit = 0;
  for (let seed = first; seed < first + worlds && !isLate(); seed++) {
    const profile = order[seed % order.length]!;
    const outcome = await stage.play({ seed, profile });
    count(tally, profile, outcome);
    const played = seed - first + 1;
    if (played % 1000 === 0) process.stderr.write(`${played} worlds from seed ${first} on, ${tally.broken} broken\n`);
    if (outcome.broken.length === 0) continue;
    if (tally.broken <= Number(values.most)) say(tell(await shorten(stage, outcome)));
    else say(`seed ${seed}: ${outcome.broken.map(({ promise, what }) => `${promise} ${what}`).join('; ')}`);
  }
  const { user, system } = process.cpuUsage(spent);
  tally.seconds = (user + system) / 1e6;
  return tally;
}

/** A share of the seeds for each; a process that ends badly ends all. */
async function playSideBySide(first: number, worlds: number, processes: number): Promise<Tally> {
  const tally = emptyTally();
  const share = Math.ceil(worlds / processes);
  await Promise.all(
    Array.from({ length: processes }, async (_, at) => {
      const own = Math.min(share, worlds - at * share);
      if (own <= 0) return;
      const given = { ...values, worlds: String(own), seed: String(first + at * share) };
      const args = Object.entries(given).flatMap(([name, value]) =>
        value === undefined || name === 'processes' || name === 'table' ? [] : [`--${name}`, value],
      );
      const child = fork(import.meta.filename, args);
      child.on('message', message => add(tally, message as Tally));
      const [code] = await once(child, 'exit');
      if (code !== 0 && code !== 1) throw new Error(`a process ended with ${code}`);
    }),
  );
  return tally;
}

if (values.replay !== undefined) {
  const stage = await openStage();
  const outcome = await stage.play(JSON.parse(values.replay) as Story);
  say(tell(outcome));
  process.exitCode = outcome.broken.length > 0 ? 1 : 0;
  await stage.stop();
} else {
  const first = values.seed === 'fresh' ? Date.now() % 1_000_000_000 : Number(values.seed);
  const worlds = Number(values.worlds);
  const processes = Number(values.processes);
  let tally: Tally;
  if (processes > 1) tally = await playSideBySide(first, worlds, processes);
  else {
    const stage = await openStage();
    tally = await playAll(stage, first, worlds);
    await stage.stop();
    process.send?.(tally);
  }
  if (process.send === undefined) {
    if (values.table !== undefined) {
      const head = `# Faults and calls\n\nWritten by \`npm run simulate -- --table FILE\`: how often each fault met each call in ${worldsOf(tally)} worlds from seed ${first} on.\n`;
      writeFileSync(values.table, `${head}\n${faultTable(tally)}\n`);
    }
    say(`${summary(tally, (performance.now() - began) / 1000)}, from seed ${first} on`);
    if (worldsOf(tally) < worlds) say(`the time was over before ${worlds} worlds were played`);
  }
  process.exitCode = tally.broken > 0 ? 1 : 0;
  if (process.connected) process.disconnect();
}
