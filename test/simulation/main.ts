/**
 * Plays many stories, and tells each that breaks a promise, made as short as it gets.
 *
 * The script gives the young generation its size from the start: while it grows and shrinks, a third of all page faults
 * are its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { commandLine, minutesOf, namesOf, wholeNumber } from '../../tools/command-line.ts';
import { openStage, type Stage } from './play.ts';
import { shorten } from './shorten.ts';
import { mixed, type ProfileName, profiles, type Story } from './story.ts';
import { add, count, emptyTally, faultTable, summary, type Tally, worldsOf } from './tally.ts';
import { tell } from './tell.ts';

const usage = `usage: npm run simulate -- [--worlds N] [--profile NAME[,NAME…]] [--seed N|fresh]
                           [--processes N] [--minutes N] [--most N] [--table FILE]
       npm run simulate -- --replay STORY
  --worlds     how many are played, 500 unless told
  --profile    only these, not all mixed: ${Object.keys(profiles).join(', ')}
  --seed       of the first world, 1 unless told; fresh: another one each time
  --processes  so many side by side
  --minutes    not longer, however many worlds are left
  --most       only so many broken stories are made shorter, 3 unless told
  --table      writes there how often each fault met each call
  --replay     plays the one story that a report printed as JSON`;

const { values, refuse } = commandLine(usage, {
  worlds: { type: 'string', default: '500' },
  profile: { type: 'string' },
  seed: { type: 'string', default: '1' },
  processes: { type: 'string', default: '1' },
  minutes: { type: 'string' },
  most: { type: 'string', default: '3' },
  table: { type: 'string' },
  replay: { type: 'string' },
});
const worlds = wholeNumber('worlds', values.worlds, refuse);
const first =
  values.seed === 'fresh'
    ? Date.now() % 1_000_000_000
    : wholeNumber('seed', values.seed, refuse, { or: ' or `fresh`' });
const processes = wholeNumber('processes', values.processes, refuse, { least: 1 });
const most = wholeNumber('most', values.most, refuse);
const minutes = values.minutes === undefined ? undefined : minutesOf(values.minutes, refuse);
const order: readonly ProfileName[] =
  values.profile === undefined
    ? mixed
    : namesOf('profile', values.profile, Object.keys(profiles) as ProfileName[], refuse);
const replay = values.replay === undefined ? undefined : storyOf(values.replay);

const say = (line: string) => process.stdout.write(`${line}\n`);
const began = performance.now();
const isLate = () => minutes !== undefined && performance.now() - began > minutes * 60_000;

function storyOf(text: string): Story {
  try {
    const story = JSON.parse(text) as Partial<Story>;
    if (Number.isSafeInteger(story.seed) && story.profile !== undefined && story.profile in profiles)
      return story as Story;
  } catch {
    // As what is no story.
  }
  return refuse(`--replay takes the JSON of a story, with its \`seed\` and \`profile\`, not \`${text}\``);
}

async function playAll(stage: Stage): Promise<Tally> {
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
    if (tally.broken <= most) say(tell(await shorten(stage, outcome)));
    else say(`seed ${seed}: ${outcome.broken.map(({ promise, what }) => `${promise} ${what}`).join('; ')}`);
  }
  const { user, system } = process.cpuUsage(spent);
  tally.seconds = (user + system) / 1e6;
  return tally;
}

/** A share of the seeds for each; a process that ends badly ends all. */
async function playSideBySide(): Promise<Tally> {
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

if (replay !== undefined) {
  const stage = await openStage();
  const outcome = await stage.play(replay);
  say(tell(outcome));
  process.exitCode = outcome.broken.length > 0 ? 1 : 0;
  await stage.stop();
} else {
  let tally: Tally;
  if (processes > 1) tally = await playSideBySide();
  else {
    const stage = await openStage();
    tally = await playAll(stage);
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
