/**
 * One run of the command line: finds the command, runs it, and turns whatever ends it into an exit status
 * and a message that a person can act on.
 */
import { nearest } from '../../dsl/nearest.ts';
import { tame } from '../render/width.ts';
import { readArguments } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { Failure, failure } from './command.ts';
import { commands, laterCommands } from './commands.ts';
import type { Host } from './host.ts';

export async function run(argv: readonly string[], host: Host): Promise<ExitStatus> {
  try {
    const [first = 'help', ...rest] = argv;
    const name = aliases[first] ?? first;
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (entry === undefined) throw Object.hasOwn(laterCommands, name) ? notBuilt(name) : unknownCommand(first);
    const command = await entry.load();
    const args = readArguments(name, rest, command.options);
    if (args.flags.has('help')) {
      const { helpOf } = await import('./commands/help.ts');
      host.out(helpOf(name, command));
      return 0;
    }
    refuseMore(name, command, args.paths);
    return await command.run(args, host);
  } catch (error) {
    if (error instanceof Failure) {
      host.err(tame(`bridge: ${error.message}\n${error.help === undefined ? '' : `${error.help}\n`}`));
      return 2;
    }
    return defect(error, host);
  }
}

function refuseMore(name: string, { takes }: Command, words: readonly string[]): void {
  if (takes === undefined || words.length <= takes) return;
  const most = takes === 0 ? 'nothing but options' : 'one word';
  throw failure(
    `bridge ${name} takes ${most}, and ${words[takes]} is more.`,
    `bridge help ${name} lists what it takes.`,
  );
}

const aliases: Readonly<Record<string, string>> = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-v': 'version',
};

const notBuilt = (name: string): Failure => failure(`bridge ${name} is not built yet.`, laterCommands[name]!.meanwhile);

function unknownCommand(name: string): Failure {
  const close = nearest(name.replace(/^-+/, ''), Object.keys(commands));
  const meant = close === undefined ? '' : `Did you mean bridge ${close}? `;
  const what = name.startsWith('-') ? `there is no option ${name} before a command.` : `there is no command ${name}.`;
  return failure(what, `${meant}bridge help lists the commands.`);
}

/** Not the user's doing. One line, unless somebody who looks into it asks for the trace. */
function defect(error: unknown, host: Host): ExitStatus {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  host.err(
    `bridge: this is a defect of bridge itself, please report it with the command that you ran: ${tame(said).replace(/\s+/g, ' ')}\n`,
  );
  if (host.env.BRIDGE_TRACE && error instanceof Error) host.err(`${error.stack}\n`);
  return 2;
}
