/**
 * What the commands of who works on the bridge are asked for: a slip of the pen is answered with what is wrong and how
 * the command is written, and ends it with 2; `--help` with the latter, and 0.
 */
import process from 'node:process';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Never comes back. */
export type Refuse = (problem: string) => never;

export function commandLine<const T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
  allowPositionals = false,
) {
  const refuse: Refuse = problem => {
    console.error(`${problem}\n${usage}`);
    process.exit(2);
  };
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return { ...parseArgs({ allowPositionals, options }), refuse };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** Such as a seed, or how many; at least `least`. */
export function wholeNumber(option: string, text: string, refuse: Refuse, { least = 0, or = '' } = {}): number {
  const value = Number(text);
  const from = least === 0 ? '' : ` from ${least} on`;
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
    refuse(`--${option} takes a whole number${from}${or}, not \`${text}\``);
  return value;
}

/** Minutes may have parts. */
export function minutesOf(text: string, refuse: Refuse): number {
  if (!/^\d+(\.\d+)?$/.test(text)) refuse(`--minutes takes a number, not \`${text}\``);
  return Number(text);
}

/** Some of the names, after commas. */
export function namesOf<T extends string>(option: string, text: string, all: readonly T[], refuse: Refuse): T[] {
  const names = text.split(',');
  const unknown = names.find(name => !(all as readonly string[]).includes(name));
  if (unknown !== undefined) refuse(`--${option} takes some of ${all.join(', ')}, not \`${unknown}\``);
  return names as T[];
}
