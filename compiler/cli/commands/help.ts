import { nearest } from '../../../dsl/nearest.ts';
import { commonOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { failure } from '../command.ts';
import { commands } from '../commands.ts';

export const help: Command = {
  usage: '[COMMAND]',
  about: 'Lists the commands, or says all about one.',
  options: {},
  async run(args, host) {
    const [name] = args.paths;
    if (name === undefined) {
      host.out(overview());
      return 0;
    }
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (entry === undefined) {
      const close = nearest(name, Object.keys(commands));
      throw failure(
        `there is no command ${name}.`,
        `${close === undefined ? '' : `Did you mean ${close}? `}bridge help lists the commands.`,
      );
    }
    host.out(helpOf(name, await entry.load()));
    return 0;
  },
};

function overview(): string {
  const lines = Object.entries(commands).map(([name, entry]) => [name, entry.summary] as const);
  return `bridge COMMAND [PATHS…] [options]

Keeps Salesforce records and Jira issues aligned, out of checked text files.

${aligned(lines)}

bridge help COMMAND says all about one of them.
`;
}

export function helpOf(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([long, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    return [`${short}--${long}${option.value === undefined ? '' : ` ${option.value}`}`, option.about] as const;
  });
  return `bridge ${name} ${command.usage}

${command.about}

${aligned(options)}
`;
}

function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
