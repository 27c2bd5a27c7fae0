/**
 * One command, one document: `npm run bench`. Installs the peers beside this file when they are missing and asked for, runs
 * every operation in a process of its own, prints the tables with the goals and writes them to results.md.
 *
 *   node bench/main.ts [WORDS…]      only the rows whose name holds one of the words; nothing is written then
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { languageServiceSize, monacoSize, pageSize } from '../tools/page-sizes.ts';
import { bundleSize } from './bundle.ts';
import { type Cold, coldStarts } from './cold.ts';
import { bridgeProgram } from './corpus/bridge.ts';
import { worldFor } from './corpus/world.ts';
import type { Screen } from './editor/screen.ts';
import type { Calls } from './engine/scenarios.ts';
import { type Found, goals, type Taken } from './goals.ts';
import type { Measured } from './measure.ts';
import { readySeconds } from './ready.ts';
import { decidingRows, editorRows, ofPeers, rows } from './rows.ts';
import type { LookUps } from './sandbox.ts';

const here = fileURLToPath(new URL('./', import.meta.url));
const words = process.argv.slice(2);
const chosen = (label: string) => words.length === 0 || words.some(word => label.includes(word));

if (ofPeers.some(chosen) && !existsSync(join(here, 'node_modules'))) {
  console.log('installing what is compared with …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
    shell: platform() === 'win32',
  });
}

// As after `npm run build`.
execFileSync(process.execPath, [join(here, '../tools/build.ts')], { stdio: 'inherit' });

/** One line of JSON of another program of this folder, or why there is none. */
function figures<T>(program: string, ...args: readonly string[]): T | undefined {
  try {
    const output = execFileSync(process.execPath, [join(here, program), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 900_000,
      maxBuffer: 1e8,
    });
    return JSON.parse(output) as T;
  } catch (error) {
    console.error(`${program} ${args.join(' ')}: ${String(error)}`);
    return undefined;
  }
}

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
    const programs = {
      empty: ['-e', ''],
      check: [join(here, '../compiler/cli/bridge.js'), 'check', file],
      functions: [join(here, '../build/functions/index.js')],
    };
    return coldStarts(programs, 15);
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
const table = (head: readonly string[], body: readonly (readonly string[])[]) => {
  if (body.length === 0) return;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  say(`\n${row(head)}\n${row(head.map(() => '---'))}`);
  for (const cells of body) say(row(cells));
};

const [processor] = cpus();
const [load = 0] = loadavg();
say(`# What it costs, and what the peers cost

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB; ${load.toFixed(0)} processes wanted to run when it began${load > cpus().length ? ', so that the machine was shared with much other work' : ''}.

Every operation runs in a process of its own; a figure is the median of seven samples of at least 150 ms after
warm-up. ms is CPU time in user mode, all threads of the process (collector and compiler included), since the machine may
be shared; thread is what of it the operation's own thread took; wall is the best sample by the clock, and spread the
slowest sample over the fastest. Compare within one run only: the goals do, by the first of these figures.

## The language and its compiler

Entities are of the same size for all: an item of ours has four mappings in 14 lines, an entity of a peer ten members in 12 or
13 lines. Beside it stands our program of ten mappings an item, 20 lines each, so that nobody has to believe that the shorter one
is fair; a goal that could be held against either is held against the slower. Counted by entities of ten fields instead of lines,
compare the ms of that row with the peers'.`);

const taken: Record<string, Measured> = {};
const compilerRows = rows
  .filter(row => chosen(row.label))
  .map(({ label, operation, entities }) => {
    const result = measure(operation, entities);
    if (typeof result === 'string') return [label, `${entities}`, '–', result, '', '', '', ''];
    taken[label] = result;
    const { cpu, thread, wall, spread } = result;
    const rate = number(result.lines / cpu);
    return [
      label,
      `${entities}`,
      `${result.lines}`,
      number(cpu),
      number(thread),
      number(wall),
      rate,
      spread.toFixed(2),
    ];
  });
table(['operation', 'entities', 'lines', 'ms', 'thread', 'wall', 'k lines/s', 'spread'], compilerRows);

const starts = chosen('cold') ? cold() : undefined;
if (starts !== undefined) {
  table(
    ['cold start, 15 runs each', 'ms CPU, median', 'ms wall, best'],
    [
      ['an empty Node', number(starts.empty!.cpu), number(starts.empty!.wall)],
      ['bridge check, one small file, built', number(starts.check!.cpu), number(starts.check!.wall)],
      ['the Forge functions, as deployed', number(starts.functions!.cpu), number(starts.functions!.wall)],
    ],
  );
}

const decided = decidingRows.filter(row => chosen(row.label));
if (decided.length > 0) {
  say(`
## Deciding

One item with twelve mappings and a rule of two branches; records as a cycle meets them. What is written by hand does the same
conversions and comparisons for this one item, and is held to the same answers as the engine, but says no reasons. The libraries are
given the rule alone. Each runs in three processes, in turns with the others, and the quickest counts: what else the machine
does comes and goes within seconds, and only ever adds. Where \`eval\` stands a library makes code out of texts, which neither the
pages' content policy nor this product allows; it is measured to see what that would give.`);
  const rounds = Array.from({ length: 3 }, () =>
    Object.fromEntries(decided.map(({ label, operation }) => [label, measure(operation, 0)])),
  );
  const quickest = (label: string): Measured | string =>
    rounds
      .map(round => round[label]!)
      .reduce((best, one) => {
        if (typeof best === 'string') return best;
        return typeof one === 'string' || one.cpu < best.cpu ? one : best;
      });
  table(
    ['operation', 'needs eval', 'k/s', 'ns each', 'spread'],
    decided.map(({ label, needsEval }) => {
      const result = quickest(label);
      if (typeof result === 'string') return [label, needsEval ? 'yes' : '', result, '', ''];
      taken[label] = result;
      const each = result.cpu / result.lines;
      return [label, needsEval ? 'yes' : '', number(1 / each), number(each * 1e6), result.spread.toFixed(2)];
    }),
  );
}

const found: Found = {};
if (chosen('engine')) {
  say(`
## The engine

The whole app in the sandbox's world, under a virtual clock; counted are the calls that leave it, the sign-in aside.`);
  found.idle10 = figures('engine/scenarios.ts', 'idle 10');
  found.idle100000 = figures('engine/scenarios.ts', 'idle 100000');
  found.changed = figures('engine/scenarios.ts', 'changed, with latency');
  found.memory = figures('engine/scenarios.ts', 'memory');
  const calls = (name: string, of: Calls | undefined) =>
    of === undefined
      ? []
      : [
          [
            name,
            `${of.salesforce}`,
            `${of.salesforceReads}`,
            `${of.jiraReads}`,
            `${of.jiraWrites}`,
            `${of.storeReads}`,
          ],
        ];
  table(
    ['cycle', 'Salesforce calls', 'queries and pages in them', 'Jira reads', 'Jira writes', 'store reads'],
    [
      ...calls('idle, five objects, 10 links', found.idle10),
      ...calls('idle, five objects, 100,000 links', found.idle100000),
      ...calls('10,000 changed records', found.changed),
    ],
  );
  if (found.changed !== undefined) {
    const { changed, seconds, cycles, refusals, points } = found.changed;
    say(`
With 80 ms to Jira, 120 ms to Salesforce and Jira's burst limits the ${changed} writes took ${seconds.toFixed(0)} s of the virtual clock in ${cycles} cycle${cycles === 1 ? '' : 's'},
${number(changed / seconds)} a second where 50 are allowed, with ${refusals} refusals and ${points} of the hour's 65,000 points.`);
  }
  if (found.memory !== undefined) {
    const { idle, changed } = found.memory;
    say(`
In a process that runs the deployed functions and nothing else, with a heap as V8 sizes it in the 512 MB that Forge gives, a cycle
over 100,000 links takes at most ${idle.toFixed(0)} MB when nothing changed, and ${changed.toFixed(0)} MB when 10,000 records did, Node and the platform's packages included.`);
  }
}
if (chosen('bundle')) {
  found.bundle = await bundleSize();
  say(`
The functions without the platform's packages are ${found.bundle.atStart.toFixed(0)} KB minified as a cycle, an event or a page loads them, and ${found.bundle.whole.toFixed(0)} KB with the
compiler, which only saving a program loads.`);
}

const edited = editorRows.filter(row => chosen(row.label));
if (edited.length > 0) {
  say(`
## The editor

A keystroke in a program of 2,000 lines, and everything that is found in the whole program after it, by the worker's own service; a
completion is asked for with the last letter not checked yet. ms and thread as above: thread is what the worker is busy for.`);
  table(
    ['operation', 'lines', 'ms', 'thread', 'wall', 'spread'],
    edited.map(({ label, operation, entities }) => {
      const result = measure(operation, entities);
      if (typeof result === 'string') return [label, '–', result, '', '', ''];
      taken[label] = result;
      const { lines: count, cpu, thread, wall, spread } = result;
      return [label, `${count}`, number(cpu), number(thread), number(wall), spread.toFixed(2)];
    }),
  );
}
if (chosen('editor: screen')) {
  // What else the machine does comes between the threads of a browser: of three runs the one that it disturbed least.
  found.screen = [1, 2, 3]
    .flatMap(() => figures<Screen>('editor/screen.ts') ?? [])
    .toSorted((a, b) => a.key - b.key)[0];
  if (found.screen !== undefined)
    say(`
In Chromium, under the page's own policy, a key in ${found.screen.lines} lines is drawn after ${number(found.screen.letter)} ms, and what is found of it, number and mark, after
${number(found.screen.key)} ms by the clock on the wall (medians of twenty, in the least disturbed of three runs; the slowest took ${number(found.screen.slowestKey)}), and the table of items can be used ${number(found.screen.table)} s after the page was asked for.`);
}
if (chosen('editor: size')) {
  const service = languageServiceSize();
  const { broken, looking, writing, yaml } = service.parts;
  found.pages = { admin: pageSize('admin'), panel: pageSize('panel'), monaco: monacoSize(), service };
  say(`
Compressed, the admin page is ${number(found.pages.admin)} KB with its forms and without Monaco, which takes ${number(found.pages.monaco)} KB more when code is shown; the panel is ${number(found.pages.panel)} KB.
The language service begins with ${number(service.atOnce)} KB, parser and checks included, which is all that a sound Bridge program needs to be checked. What
Monaco asks for (completion, hover, renaming …) is ${number(looking)} KB on top, reading a broken text ${number(broken)} KB, YAML ${number(yaml)} KB, and writing
texts for the form and the layout ${number(writing)} KB, each loaded by the first question that needs it; all of it together is ${number(service.whole)} KB.`);
}

if (chosen('sandbox')) {
  found.ready = await readySeconds();
  found.cycles = figures('sandbox.ts', 'cycles');
  say(`
## The stand-ins

The sandbox is ready ${number(found.ready)} s after its command, the best of five.`);
  const spent = (name: string, of: { readonly seconds: number; readonly cpu: number }) => [
    name,
    number(of.seconds),
    number(of.cpu),
  ];
  if (found.cycles !== undefined) {
    const { linking, idle, busy } = found.cycles;
    table(
      ['whole cycles, in-process, virtual clock', 's wall', 's CPU'],
      [
        spent('1,000 issues made and linked', linking),
        spent('1,000 cycles over 1,000 links, nothing changed', idle),
        spent('100 cycles with five changed records each', busy),
      ],
    );
  }
  for (const [what, program] of [
    ['Salesforce, records', 'salesforce'],
    ['Jira, issues', 'jira'],
  ] as const) {
    const looked = figures<readonly LookUps[]>('sandbox.ts', program);
    if (looked === undefined || looked.length === 0) continue;
    found[program] = looked;
    const names = Object.keys(looked[0]!.ms);
    table(
      [what, ...names.map(name => `${name}, ms`), 'filled, s'],
      looked.map(({ size, ms, filled }) => [`${size}`, ...names.map(name => number(ms[name]!)), number(filled)]),
    );
  }
}

say(`
## Goals`);
const all: Taken = { taken, starts: starts ?? {}, found };
const reached = goals.flatMap(({ goal, wanted, reached, holds }) => {
  const value = reached(all);
  if (value !== undefined && Number.isFinite(value)) {
    return [[goal, wanted, number(value), holds(value) ? 'yes' : '**no**']];
  }
  return words.length === 0 ? [[goal, wanted, 'not measured', '**no**']] : [];
});
table(['goal', 'wanted', 'reached', ''], reached);
if (words.length === 0) writeFileSync(join(here, 'results.md'), `${lines.join('\n')}\n`);
