import { encodePlan } from '../../plan/encode.ts';
import type { Command } from '../command.ts';
import { failure } from '../command.ts';
import { readable } from '../paths.ts';
import { programOptions, readPrograms } from '../program.ts';
import {
  analyseProgram,
  rendered,
  reportFormat,
  reportOf,
  reportOptions,
  severityOptions,
  statusOf,
} from '../reporting.ts';

export const compile: Command = {
  usage: '[PATHS…] [-o FILE] [options]',
  about: `Checks the program and writes the plan that it means, as JSON: the same bytes for the same input. Findings go to
standard error. With errors there is no plan, and the exit status is 1.`,
  options: {
    output: { value: 'FILE', short: 'o', about: 'where the plan goes; standard output unless said' },
    ...reportOptions,
    ...programOptions,
    ...severityOptions,
  },
  async run(args, host) {
    const programs = await readPrograms(args, host);
    const [program] = programs;
    if (program === undefined || programs.length > 1) {
      const folders = programs.map(each => each.folder).join(', ');
      throw failure(
        `a plan is made of one program, and these are ${programs.length}: ${folders}.`,
        'Name one of the folders.',
      );
    }
    if (program.metadata === undefined) {
      throw failure(
        'a plan cannot be made without knowing the org and the site.',
        'Run bridge pull first, or name a snapshot with --metadata FILE.',
      );
    }
    const analysis = analyseProgram(program);
    const report = reportOf(programs, [analysis]);
    if (report.diagnostics.length > 0) {
      host.err(rendered(report, reportFormat(args), host.terminal.err, host));
    }
    const status = statusOf(report.diagnostics, args);
    if (analysis.plan === undefined) return 1;

    const text = encodePlan(analysis.plan);
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    const output = args.values.output;
    if (output === undefined || output === '-') host.out(whole);
    else await readable(output, () => host.files.write(output, whole), 'write');
    return status;
  },
};
