import type { Command } from '../command.ts';
import { programOptions, readPrograms } from '../program.ts';
import { analyseProgram, rendered, reportOf, reportOptions, severityOptions, statusOf } from '../reporting.ts';

export const check: Command = {
  usage: '[PATHS…] [options]',
  about: `Reads all .bridge and .bridge.yaml files under the paths (this folder, if none is given) as one program, and
says what is wrong with it: where, why, and what to do. A folder below with a bridge.config.yaml is a program of
its own. - stands for standard input.

The exit status is 0 when there is no error, 1 when there is one, and 2 when the files could not be read.`,
  options: { ...reportOptions, ...programOptions, ...severityOptions },
  async run(args, host) {
    const programs = await readPrograms(args, host);
    const report = reportOf(programs, programs.map(analyseProgram));
    host.out(rendered(report, args.values.format ?? 'text', host.terminal.out, host));
    return statusOf(report.diagnostics, args);
  },
};
