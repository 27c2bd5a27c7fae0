/**
 * One command, one table: `npm run bench`. Installs the peers beside this file when they are missing, runs
 * every operation in a process of its own, prints the table and writes it to results.md.
 *
 *   node bench/main.ts [WORDS…]      only the rows whose name holds one of the words; nothing is written then
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Cold, coldStarts } from './cold.ts';
import { bridgeProgram } from './corpus/bridge.ts';
import { worldFor } from './corpus/world.ts';
import type { Measured } from './measure.ts';
import { goals, rows, type Taken } from './rows.ts';

const here = fileURLToPath(new URL('./', import.meta.url));
const words = process.argv.slice(2);
const chosen = (label: string) => words.length === 0 || words.some(word => label.includes(word));

if (!existsSync(join(here, 'node_modules'))) {
  console.log('installing what is compared with …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
    shell: platform() === 'win32',
  });
}

// As after `npm run build`: the command line in one file.
execFileSync(process.execPath, [join(here, '../tools/build.ts'), '--cli'], { stdio: 'inherit' });

function measure(operation: string, entities: number): Measured | string {
  try {
    // TypeSpec needs the stack for long models; the others get what Node gives.
    const stack = operation.startsWith('typespec') ? ['--stack-size=4000'] : [];
    const output = execFileSync(process.execPath, [...stack, join(here, 'measure.ts'), operation, `${entities}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
    });
    return JSON.parse(output) as Measured;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return /^\w*Error: .*$/m.exec(said)?.[0] ?? said.trim().split('\n').at(-1) ?? 'failed';
  }
}

function cold(): Record<string, Cold> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  try {
    const file = join(folder, 'items.bridge');
    writeFileSync(file, bridgeProgram(1));
    writeFileSync(join(folder, 'metadata.lock.json'), JSON.stringify({ version: 1, ...worldFor(1) }));
    return coldStarts({ empty: ['-e', ''], check: [join(here, '../compiler/cli/bridge.js'), 'check', file] }, 15);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const lines: string[] = [];
const say = (line: string) => {
  console.log(line);
  lines.push(line);
};

const [processor] = cpus();
say(`# What it costs, and what the peers cost
`);
say(`Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB.

Every operation runs in a process of its own; a figure is the median of seven samples of at least 150 ms after
warm-up. ms is CPU time in user mode, all threads of the process (collector and compiler included), since the machine may
be shared; thread is what of it the operation's own thread took; wall is the best sample by the clock, and spread the
slowest sample over the fastest. Compare within one run only: the goals below do, by the first of these figures.

| operation | entities | lines | ms | thread | wall | k lines/s | spread |
|---|---|---|---|---|---|---|---|`);

const taken: Record<string, Measured> = {};
for (const { label, operation, entities } of rows.filter(row => chosen(row.label))) {
  const result = measure(operation, entities);
  if (typeof result === 'string') {
    say(`| ${label} | ${entities} | – | ${result} | | | | |`);
    continue;
  }
  taken[label] = result;
  const rate = number(result.lines / result.cpu);
  say(
    `| ${label} | ${entities} | ${result.lines} | ${number(result.cpu)} | ${number(result.thread)} | ${number(result.wall)} | ${rate} | ${result.spread.toFixed(2)} |`,
  );
}

let starts: Record<string, Cold> = {};
if (chosen('cold')) {
  starts = cold();
  say(`
| cold start, 15 runs each | ms CPU, median | ms wall, best |
|---|---|---|
| an empty Node | ${number(starts.empty!.cpu)} | ${number(starts.empty!.wall)} |
| bridge check, one small file, built | ${number(starts.check!.cpu)} | ${number(starts.check!.wall)} |`);
}

say(`
| goal | wanted | reached | |
|---|---|---|---|`);
const all: Taken = { taken, starts };
for (const { goal, wanted, reached, holds } of goals) {
  const value = reached(all);
  if (value !== undefined && Number.isFinite(value)) {
    say(`| ${goal} | ${wanted} | ${number(value)} | ${holds(value) ? 'yes' : '**no**'} |`);
  } else if (words.length === 0) say(`| ${goal} | ${wanted} | not measured | **no** |`);
}
if (words.length === 0) writeFileSync(join(here, 'results.md'), `${lines.join('\n')}\n`);
