/**
 * `npm run mutate -- FILES`: changes one operator, condition or text of the files after the other and tells which
 * changes no test notices. Each of those is a test that is missing, code that does nothing, or the same in other words.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { commandLine } from '../command-line.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { type Outcome, survivors, withScores } from './report.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'build/mutation');
const usage = `usage: npm run mutate -- FILES [--loaded] [--tests FILES] [--table FILE]
  FILES     such as runtime/engine/status.ts, or runtime/engine/status.ts:40-80
  --loaded  also what is read but once, when the file is loaded: a start of the tests for each
  --tests   tests of other rooms that are to notice as well
  --table   where to write the counts; what stands beside them there stays`;

const { values, positionals, refuse } = commandLine(
  usage,
  { loaded: { type: 'boolean' }, tests: { type: 'string' }, table: { type: 'string' } },
  true,
);
if (positionals.length === 0) refuse('which files?');
const missing = positionals.find(name => !existsSync(join(root, name.replace(/:[\d-]+$/, ''))));
if (missing !== undefined) refuse(`there is no \`${missing}\``);

const { files, mutants } = await mutantsOf(root, positionals);
mkdirSync(folder, { recursive: true });
const env = {
  ...process.env,
  MUTATION_CODE: join(folder, 'code.json'),
  MUTATION_LOG: join(folder, 'log.txt'),
  ...(values.tests === undefined ? {} : { MUTATION_TESTS: values.tests }),
};
writeFileSync(env.MUTATION_CODE, JSON.stringify({ files }));
writeFileSync(env.MUTATION_LOG, '');

/** Nothing is told for this long: the change made the code run for ever. */
const silenceMs = 60_000;
const readLog = () => readFileSync(env.MUTATION_LOG, 'utf8');
const told = (what: string) =>
  new Set(
    readLog()
      .matchAll(new RegExp(`^${what} (\\d+)$`, 'gm'))
      .map(([, id]) => id!),
  );

function tests(more: NodeJS.ProcessEnv, reporter: string): ChildProcess {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = ['--config', 'tools/mutation/vitest.config.ts', `--reporter=${reporter}`];
  const names = files.map(({ name }) => name);
  return spawn(process.execPath, [vitest, 'related', '--run', ...config, ...names], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

/** True when all was played; else the last change that was tried is caught by the clock. */
function playAll(): Promise<boolean> {
  const child = tests({}, 'dot');
  return new Promise((resolve, reject) => {
    let before = '';
    const watch = setInterval(() => {
      const now = readLog();
      const last = /try (\d+)\n$/.exec(now)?.[1];
      if (now !== before || last === undefined) {
        before = now;
        return;
      }
      clearInterval(watch);
      child.removeAllListeners('exit');
      child.once('exit', () => resolve(false));
      writeFileSync(env.MUTATION_LOG, `${now}caught ${last}\n`);
      process.kill(-child.pid!, 'SIGKILL');
    }, silenceMs);
    child.once('exit', code => {
      clearInterval(watch);
      if (code === 0) resolve(true);
      else
        reject(
          new Error(
            'a test fails after the changes that it noticed: it, or what it tests, keeps something between two calls',
          ),
        );
    });
  });
}

/** Whether the tests fail when the file is loaded with the change. */
const playLoaded = ({ id }: Mutant): Promise<boolean> =>
  new Promise(resolve => {
    const child = tests({ __STRYKER_ACTIVE_MUTANT__: id }, 'dot');
    child.once('exit', code => resolve(code !== 0));
  });

while (!(await playAll()));
const [caught, met, loaded] = [told('caught'), told('met'), told('loaded')];
const outcomes: Outcome[] = [];
for (const mutant of mutants) {
  const once = loaded.has(mutant.id) && !met.has(mutant.id);
  const noticed = caught.has(mutant.id) || (once && values.loaded === true && (await playLoaded(mutant)));
  const how = noticed
    ? 'noticed'
    : once && values.loaded !== true
      ? 'untried'
      : met.has(mutant.id) || once
        ? 'survived'
        : 'not run';
  outcomes.push({ mutant, how });
}
console.log(`\n${survivors(root, outcomes).join('\n')}\n`);
const before = values.table !== undefined && existsSync(values.table) ? readFileSync(values.table, 'utf8') : '';
const table = withScores(before, root, outcomes);
if (values.table === undefined) console.log(table);
else writeFileSync(values.table, table);
