/**
 * Every slip of every example: each token taken away, and each piece put in its place and before it, as
 * `dsl/recovery.test.ts` tries some of. Says on standard error how far it is, and ends with 1 if a promise is broken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { createSourceFile, parse } from '../../dsl/index.ts';
import { complaint, type Slip, slipsOf, underIn, yamlSlipsOf } from '../../dsl/slips.ts';
import { EVERYTHING, EVERYTHING_YAML, entriesOf } from '../../dsl/testing.ts';
import { commandLine } from '../../tools/command-line.ts';

const usage = `usage: npm run fuzz:slips [-- PART_OF_A_NAME]
  PART_OF_A_NAME  only the examples whose path holds it, such as every-construct`;
const {
  positionals: [part = ''],
  refuse,
} = commandLine(usage, {}, true);

/** Between two lines that say how far it is. */
const MOST_SILENT_MS = 15_000;

const folder = new URL('../../examples/', import.meta.url);
const texts = [
  ['every-construct.bridge', EVERYTHING] as const,
  ['every-construct.bridge.yaml', EVERYTHING_YAML] as const,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.bridge(\.yaml)?$/.test(path))
    .map(path => [path, readFileSync(new URL(path, folder), 'utf8')] as const),
];
const chosen = texts
  .filter(([path]) => path.includes(part))
  .map(([path, text]) => {
    const file = createSourceFile(path, text);
    const slips = (): Iterable<Slip> => (file.notation === 'yaml' ? yamlSlipsOf(file) : slipsOf(file));
    return { path, file, slips, count: [...slips()].length };
  });

if (chosen.length === 0) refuse(`no example is called \`${part}\``);

const number = (value: number): string => value.toLocaleString('en');
const started = performance.now();
const total = chosen.reduce((sum, { count }) => sum + count, 0);
let tried = 0;
let broken = 0;
let told = started;

function tellHowFar(path: string): void {
  const now = performance.now();
  if (now - told < MOST_SILENT_MS) return;
  told = now;
  const minutes = (((now - started) / tried) * (total - tried)) / 60_000;
  console.error(`${number(tried)} of ${number(total)} slips, in ${path}; about ${Math.ceil(minutes)} minutes to go`);
}

for (const { path, file, slips, count } of chosen) {
  const entries = entriesOf(parse(file));
  const under = underIn(file.text);
  const before = broken;
  for (const slip of slips()) {
    tried++;
    const read = parse(createSourceFile(path, slip.text));
    const said = complaint(entries, read, slip, file.notation === 'yaml' ? under(slip.line) : undefined);
    if (said !== undefined) {
      broken++;
      console.log(`${path}: ${said}`);
    }
    tellHowFar(path);
  }
  console.log(`${path}: ${number(count)} slips, ${number(broken - before)} break a promise`);
}
const minutes = Math.round((performance.now() - started) / 60_000);
console.log(`${number(tried)} slips in ${minutes} minutes, ${number(broken)} break a promise`);
if (broken > 0) process.exitCode = 1;
