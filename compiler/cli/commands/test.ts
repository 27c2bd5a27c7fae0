import type { Analysis } from '../../analysis.ts';
import type { BoundTest } from '../../bind/bound.ts';
import { counted } from '../../render/report.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { type LoadedProgram, programOptions, readPrograms } from '../program.ts';
import { analyseProgram, rendered, reportFormat, reportOf, reportOptions, wantsColour } from '../reporting.ts';
import { createCoverage, percentOf, type Target } from '../testing/coverage.ts';
import { renderTests } from '../testing/report.ts';
import { runTest } from '../testing/run.ts';
import type { TestResult } from '../testing/situation.ts';
import { literalTexts } from '../testing/texts.ts';
import { openTestWorld } from '../testing/world.ts';

export const test: Command = {
  usage: '[PATHS…] [options]',
  about: `Runs the tests of the programs under the paths, or of this folder's, with the product's own engine between a simulated
Salesforce and a simulated Jira that have the objects, fields, workflows and values of the snapshot. Every test begins in
the same empty world, five minutes pass from cycle to cycle, and nothing leaves this machine.

A record's required fields that a test does not name are filled in. A \`jira\` step where no issue is there yet makes one by
hand and links it. \`writes\` counts fields and statuses, from the beginning of the test. People are named by e-mail:
admin@example.com, agent@example.com, viewer@example.com. Formulas, validation rules, flows and dependent picklists are in no
snapshot: a test gives a formula field its value, and the others do not happen here.

The exit status is 0 when all tests pass, 1 when one fails, when the program has errors or when too little is covered.`,
  options: {
    filter: { value: 'TEXT', short: 't', about: 'only tests whose name or item has this in it, in any capitals' },
    coverage: { about: 'says which mappings, rule branches, value rows and status rows no test reaches' },
    'min-coverage': { value: 'PERCENT', about: 'the least coverage; with less the exit status is 1' },
    verbose: { about: 'shows each test with all that the bridge did in it, and why' },
    ...reportOptions,
    ...programOptions,
  },
  examples: [
    ['bridge test items', 'all tests of a folder'],
    ['bridge test items -t "hot customer" --verbose', 'one test, with every write and its reason'],
    ['bridge test items --coverage --min-coverage 90 --format junit', 'for CI'],
  ],
  async run(args, host) {
    const least = leastCoverage(args);
    const programs = await readPrograms(args, host);
    const analyses = programs.map(analyseProgram);
    const broken = analyses.flatMap(({ diagnostics }) => diagnostics).some(({ severity }) => severity === 'error');
    if (broken) {
      host.out(rendered(reportOf(programs, analyses), reportFormat(args), host.terminal.out, host));
      return 1;
    }
    const wanted = analyses.map(({ bound }) => bound.tests.filter(one => matches(one, args.values.filter)));
    const all = analyses.reduce((sum, { bound }) => sum + bound.tests.length, 0);
    const chosen = wanted.reduce((sum, tests) => sum + tests.length, 0);
    if (all === 0) throw noTests(programs);
    if (chosen === 0)
      throw failure(
        `no test has “${args.values.filter}” in its name or its item's.`,
        `There ${all === 1 ? 'is 1 test' : `are ${all} tests`}; bridge test without --filter runs all.`,
      );

    const measured = args.flags.has('coverage') || least !== undefined;
    const results: TestResult[] = [];
    const targets: Target[] = [];
    for (const [at, program] of programs.entries()) {
      if (wanted[at]!.length === 0) continue;
      const done = await runProgram(program, analyses[at]!, wanted[at]!, measured, host);
      results.push(...done.results);
      targets.push(...done.targets);
    }
    const report = reportOf(programs, analyses);
    host.out(
      renderTests(
        {
          files: report.files,
          items: report.items,
          results,
          left: all - chosen,
          ...(measured ? { coverage: targets } : {}),
        },
        reportFormat(args),
        { colour: wantsColour(host.terminal.out, host), verbose: args.flags.has('verbose') },
      ),
    );
    const percent = percentOf(targets);
    const short = least !== undefined && percent < least;
    if (short) host.err(`bridge: the tests cover ${percent} %, and --min-coverage asks for ${least} %.\n`);
    return short || results.some(({ failures }) => failures.length > 0) ? 1 : 0;
  },
};

function leastCoverage(args: Arguments): number | undefined {
  const given = args.values['min-coverage'];
  if (given === undefined) return undefined;
  const percent = Number(/^(\d+(?:\.\d+)?)\s*%?$/.exec(given)?.[1] ?? Number.NaN);
  if (!(percent <= 100)) throw failure(`--min-coverage needs a number from 0 to 100, and this is ${given}.`);
  return percent;
}

function matches({ node }: BoundTest, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const name = node.name.kind === 'text' ? node.name.value : '';
  const item = node.item.kind === 'name' ? node.item.text : '';
  return [name, item].some(text => text.toLowerCase().includes(filter.toLowerCase()));
}

function noTests(programs: readonly LoadedProgram[]) {
  const files = programs.flatMap(program => program.files);
  const where = files.length === 1 ? files[0]!.path : counted(files.length, 'file');
  return failure(
    `there are no tests in ${where}.`,
    'A test looks like this: test "a new case becomes an issue" for ITEM { salesforce Subject = "x"  expect created }',
  );
}

async function runProgram(
  program: LoadedProgram,
  { plan, programs }: Analysis,
  tests: readonly BoundTest[],
  measured: boolean,
  host: Host,
): Promise<{ readonly results: readonly TestResult[]; readonly targets: readonly Target[] }> {
  if (program.metadata === undefined || plan === undefined)
    throw failure(
      'tests cannot run without knowing the org and the site.',
      'Run bridge pull first, or name a snapshot with --metadata FILE.',
    );
  const coverage = createCoverage(plan, new Set(plan.items.map(({ id }) => id)));
  const world = await openTestWorld(plan, program.metadata, literalTexts(programs));
  const results: TestResult[] = [];
  try {
    for (const [at, one] of tests.entries()) {
      if (host.terminal.err) host.err(`\r\u001b[Kbridge test: ${at + 1} of ${tests.length}`);
      const item = plan.items.find(({ id }) => id === one.item?.id);
      if (item === undefined) throw new Error(`the checks let through a test for nothing`);
      results.push(await runTest(world, one, item, measured ? coverage.see : undefined));
    }
  } finally {
    if (host.terminal.err) host.err('\r\u001b[K');
    await world.close();
  }
  return { results, targets: coverage.targets };
}
