/** Reads a command's arguments, and says of a wrong one what was probably meant. */
import { parseArgs } from 'node:util';
import { nearest } from '../../dsl/nearest.ts';
import type { Arguments, Options } from './command.ts';
import { failure } from './command.ts';

/** Every command has it. */
export const commonOptions: Options = { help: { short: 'h', about: 'shows this help' } };

export function readArguments(command: string, argv: readonly string[], own: Options): Arguments {
  const options: Options = { ...own, ...commonOptions };
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [
        name,
        { type: option.value === undefined ? 'boolean' : 'string', ...(option.short ? { short: option.short } : {}) },
      ]),
    ),
  });

  const paths: string[] = [];
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name]! : undefined;
    if (option === undefined) throw unknownOption(command, token.rawName, Object.keys(options));
    if (option.value === undefined) {
      if (token.value !== undefined) throw failure(`--${token.name} takes no value.`, helpOn(command));
      flags.add(token.name);
      continue;
    }
    const value = token.value;
    const missing = value === undefined || (!token.inlineValue && value.startsWith('-') && value !== '-');
    if (missing || value === '')
      throw failure(`--${token.name} needs a value: --${token.name} ${option.value}.`, helpOn(command));
    if (option.choices && !option.choices.includes(value)) throw wrongChoice(token.name, value, option.choices);
    values[token.name] = value;
  }
  return { paths, flags, values };
}

const helpOn = (command: string): string => `bridge help ${command} lists what it takes.`;

function unknownOption(command: string, raw: string, names: readonly string[]) {
  const close = nearest(raw.replace(/^-+/, ''), names);
  const meant = close === undefined ? '' : `Did you mean --${close}? `;
  return failure(`bridge ${command} has no option ${raw}.`, `${meant}${helpOn(command)}`);
}

function wrongChoice(name: string, value: string, choices: readonly string[]) {
  const close = nearest(value, choices);
  const meant = close === undefined ? '' : `Did you mean ${close}? `;
  return failure(`--${name} cannot be ${value}.`, `${meant}It is one of ${choices.join(', ')}.`);
}
