import { encodePlan } from '../../plan/encode.ts';
import type { Command } from '../command.ts';
import { readable } from '../paths.ts';
import { programOptions, readPrograms } from '../program.ts';
import { reportOptions, severityOptions } from '../reporting.ts';
import { oneProgram, planOf } from '../single.ts';

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
  examples: [['bridge compile items -o plan.json', 'the plan as a file']],
  async run(args, host) {
    const program = oneProgram(await readPrograms(args, host), 'a plan');
    const { plan, status } = planOf(program, args, host);
    if (plan === undefined) return 1;

    const text = encodePlan(plan);
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    const output = args.values.output;
    if (output === undefined || output === '-') host.out(whole);
    else await readable(output, () => host.files.write(output, whole), 'write');
    return status;
  },
};
