import type { Diagnostic } from '../../../dsl/index.ts';
import { isConfigFile } from '../../config/config.ts';
import type { Applied } from '../../fixes/apply-fixes.ts';
import { analyse } from '../../index.ts';
import { counted } from '../../render/report.ts';
import { tame } from '../../render/width.ts';
import type { Command } from '../command.ts';
import type { Host } from '../host.ts';
import { readable } from '../paths.ts';
import { type LoadedProgram, programOptions, readPrograms, sourcesOf } from '../program.ts';
import {
  analyseProgram,
  rendered,
  reportFormat,
  reportOf,
  reportOptions,
  severityOptions,
  statusOf,
} from '../reporting.ts';

export const check: Command = {
  usage: '[PATHS…] [options]',
  about: `Reads all .bridge and .bridge.yaml files under the paths (this folder, if none is given) as one program, and
says what is wrong with it: where, why, and what to do. A folder below with a bridge.config.yaml is a program of
its own. - stands for standard input.

With --fix it first mends what can be mended without asking: of each finding the one fix that it offers. A finding with
several ways out, and a fix that would take away what somebody wrote, stay for you. What it did goes to standard
error. Standard input is not written back: its mended text goes to standard output, and the report to standard error.

The exit status is 0 when there is no error, 1 when there is one, and 2 when the files could not be read.`,
  options: {
    fix: { about: 'mends what can be mended without asking, and checks what is left' },
    ...reportOptions,
    ...programOptions,
    ...severityOptions,
  },
  examples: [
    ['bridge check items --fail-on warning', 'for CI: a warning fails the build too'],
    ['bridge check --format sarif > bridge.sarif', 'for code scanning'],
    ['bridge check --fix items', 'mends slips in place'],
  ],
  async run(args, host) {
    const given = await readPrograms(args, host);
    const fixed = args.flags.has('fix') ? await fixPrograms(given, host) : { programs: given, toStdout: false };
    const report = reportOf(fixed.programs, fixed.programs.map(analyseProgram));
    const stream = fixed.toStdout ? 'err' : 'out';
    host[stream](rendered(report, reportFormat(args), host.terminal[stream], host));
    return statusOf(report.diagnostics, args);
  },
};

interface FixedPrograms {
  readonly programs: readonly LoadedProgram[];
  /** A text that came in on standard input went out on standard output. */
  readonly toStdout: boolean;
}

async function fixPrograms(programs: readonly LoadedProgram[], host: Host): Promise<FixedPrograms> {
  const { fixAll } = await import('../../fixes/fix-all.ts');
  const after: LoadedProgram[] = [];
  let toStdout = false;
  for (const program of programs) {
    const given = sourcesOf(program);
    const { files, applied } = fixAll(given, now => analyse(now, program.metadata).diagnostics);
    for (const [index, file] of files.entries()) {
      const before = given[index]!;
      if (before === program.stdin) {
        toStdout = true;
        host.out(file.text);
      } else if (file !== before) await readable(file.path, () => host.files.write(file.path, file.text), 'write');
    }
    host.err(tame(applied.map(each => `${said(each)}\n`).join('')));
    if (applied.length > 0) host.err(`${counted(applied.length, 'fix', 'fixes')} applied\n`);
    const config = files.find(isConfigFile);
    const others = files.filter(file => file !== config);
    after.push({ ...program, files: others, ...(config === undefined ? {} : { config }) });
  }
  return { programs: after, toStdout };
}

const said = ({ diagnostic, fix }: Applied): string =>
  `fixed ${place(diagnostic)} ${diagnostic.code}: ${diagnostic.message}: ${fix.title}`;

function place({ file, span }: Diagnostic): string {
  const { line, column } = file.position(span.start);
  return `${file.path}:${line}:${column}`;
}
