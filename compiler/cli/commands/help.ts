import { nearest } from '../../../dsl/nearest.ts';
import { wrap } from '../../render/prose.ts';
import { commonOptions } from '../arguments.ts';
import type { Command, CommandEntry, LaterCommand } from '../command.ts';
import { failure } from '../command.ts';

interface Listed {
  readonly commands: Readonly<Record<string, CommandEntry>>;
  readonly laterCommands: Readonly<Record<string, LaterCommand>>;
}

/** The list is handed in by who lists it, this command among the others. */
export const helpOver = ({ commands, laterCommands }: Listed): Command => ({
  usage: '[COMMAND]',
  about: 'Lists the commands, or says all about one.',
  options: {},
  takes: 1,
  async run(args, host) {
    const [name] = args.paths;
    if (name === undefined) {
      host.out(overview({ commands, laterCommands }));
      return 0;
    }
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (entry === undefined && Object.hasOwn(laterCommands, name)) {
      const { summary, meanwhile } = laterCommands[name]!;
      host.out(`bridge ${name} ${summary}.\n\nIt is not built yet. ${meanwhile}\n`);
      return 0;
    }
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
});

function overview({ commands, laterCommands }: Listed): string {
  const lines = Object.entries(commands).map(([name, entry]) => [name, entry.summary] as const);
  const later = Object.entries(laterCommands).map(([name, { summary }]) => [name, summary] as const);
  return `bridge COMMAND [PATHS…] [options]

Keeps Salesforce records and Jira issues aligned, out of checked text files.

${aligned(lines)}

Not built yet:

${aligned(later, Math.max(...lines.map(([name]) => name.length)))}

bridge help COMMAND says all about one of them.
`;
}

export function helpOf(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([long, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    return [`${short}--${long}${option.value === undefined ? '' : ` ${option.value}`}`, option.about] as const;
  });
  const examples = command.examples === undefined ? '' : `\nExamples:\n\n${aligned(command.examples)}\n`;
  return `${`bridge ${name} ${command.usage}`.trim()}

${command.about}

Options:

${aligned(options)}
${examples}`;
}

/** In two columns; where the left one is too wide for that, each row on two lines. */
function aligned(rows: readonly (readonly [string, string])[], least = 0): string {
  const width = Math.max(least, ...rows.map(([left]) => left.length));
  if (width > 60) return rows.map(([left, right]) => `  ${left}\n      ${right}`).join('\n');
  return rows
    .flatMap(([left, right]) =>
      wrap(right, 110 - width).map((line, at) => `  ${(at === 0 ? left : '').padEnd(width)}  ${line}`),
    )
    .join('\n');
}
