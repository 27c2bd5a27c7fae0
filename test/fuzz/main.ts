/**
 * The fuzz run of the tests, for longer. The texts are tried in a process
 * of its own, which writes down each before it tries it: what crashes, hangs or runs out of memory is known too.
 * Ends with 1 and the text that it found.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { commandLine, minutesOf, wholeNumber } from '../../tools/command-line.ts';

/** A single text that takes longer is a finding. */
const MOST_SECONDS = 20;
const ROUND = 200;

const usage = `usage: npm run fuzz -- [--minutes N] [--seed N]
  --minutes  10 unless told
  --seed     to try the same texts again`;

const { values, refuse } = commandLine(usage, {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  worker: { type: 'string' },
});
const until = Date.now() + minutesOf(values.minutes, refuse) * 60_000;
const first = wholeNumber('seed', values.seed, refuse);

if (values.worker === undefined) await watch();
else await work(values.worker);

async function watch(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-fuzz-'));
  const at = join(folder, 'case.json');
  writeFileSync(at, '{}');
  console.log(`seed ${values.seed}, ${values.minutes} minutes`);
  const worker = spawn(
    process.execPath,
    [
      '--max-old-space-size=1500',
      fileURLToPath(import.meta.url),
      '--worker',
      at,
      '--minutes',
      values.minutes,
      '--seed',
      values.seed,
    ],
    { stdio: 'inherit' },
  );
  let hung = false;
  const timer = setInterval(() => {
    if (Date.now() - statSync(at).mtimeMs < MOST_SECONDS * 1000) return;
    hung = true;
    worker.kill('SIGKILL');
  }, 1000);
  const code = await new Promise<number | null>(resolve => worker.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0 && code !== 1) {
    console.log(hung ? `a text took longer than ${MOST_SECONDS} s:` : 'a text ended the process:');
    console.log(readFileSync(at, 'utf8'));
  }
  rmSync(folder, { recursive: true });
  process.exitCode = code === 0 ? 0 : 1;
}

async function work(at: string): Promise<void> {
  const [{ default: fc }, { readSnapshot }, { holdsFor }, { anyText }] = await Promise.all([
    import('fast-check'),
    import('../../compiler/metadata/snapshot.ts'),
    import('./properties.ts'),
    import('./texts.ts'),
  ]);
  const metadata = readSnapshot(readFileSync(new URL('../../examples/metadata.lock.json', import.meta.url), 'utf8'));
  let tried = 0;
  for (let seed = first; Date.now() < until; seed++) {
    const found = fc.check(
      fc.property(anyText, fuzzed => {
        writeFileSync(at, JSON.stringify(fuzzed));
        holdsFor(fuzzed.text, fuzzed.notation, metadata);
      }),
      { seed, numRuns: ROUND },
    );
    tried += found.numRuns;
    if (!found.failed) continue;
    const error = found.errorInstance;
    console.log(`seed ${seed}, after ${tried} texts: ${error instanceof Error ? error.stack : String(error)}`);
    console.log(JSON.stringify(found.counterexample?.[0]));
    process.exitCode = 1;
    return;
  }
  console.log(`${tried} texts, and all of it holds`);
}
