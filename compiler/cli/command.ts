/** What a command is, and the arguments that it gets. `failure` is how any code under it gives up on the user's behalf. */
import type { Host } from './host.ts';

/**
 * 0: clean. 1: errors found. 2: the command could not do its work. 3: with `--exit-code`, changes or
 * drift present.
 */
export type ExitStatus = 0 | 1 | 2 | 3;

export interface Command {
  /** `[PATHS…] [options]`. */
  readonly usage: string;
  /** Sentences for `bridge help COMMAND`. */
  readonly about: string;
  readonly options: Options;
  /** How many words it takes beside its options; any number unless said. */
  readonly takes?: 0 | 1;
  /** Whole command lines, each with what it is good for. */
  readonly examples?: readonly (readonly [line: string, what: string])[];
  run(args: Arguments, host: Host): Promise<ExitStatus>;
}

/** A command by its name, loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** One that has a name and does nothing yet. */
export interface LaterCommand {
  readonly summary: string;
  readonly meanwhile: string;
}

export type Options = Readonly<Record<string, Option>>;
export interface Option {
  /** The name of its value in the help; without one the option is a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly about: string;
}

export interface Arguments {
  readonly paths: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
}

/** The user's mistake, or the world's: one sentence of what is wrong, one of what to do. Never shown with a stack. */
export class Failure extends Error {
  readonly help: string | undefined;
  constructor(message: string, help?: string) {
    super(message);
    this.name = 'Failure';
    this.help = help;
  }
}

export const failure = (message: string, help?: string): Failure => new Failure(message, help);
