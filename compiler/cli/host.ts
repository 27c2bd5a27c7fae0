/**
 * All that a command asks of the machine it runs on, so that tests give it a machine in memory. Paths are
 * as the user writes them, with `/` between folders, relative to the working folder.
 */
import type { Readable } from 'node:stream';

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at standard output, and at standard error. */
  readonly terminal: { readonly out: boolean; readonly err: boolean };
  readonly files: Files;
  /** The working folder, absolute: where the search for a snapshot goes upward from. */
  readonly cwd: string;
  stdin(): Promise<Uint8Array>;
  /** Standard input and output as they flow, for a conversation. */
  streams(): Streams;
  /** The same machine with another working folder. */
  at(folder: string): Host;
  out(text: string): void;
  err(text: string): void;
  now(): number;
  fetch(request: Request): Promise<Response>;
  /** Runs `git` in the working folder. Throws a `FileError` where there is none. */
  git(args: readonly string[], input?: string): Promise<GitAnswer>;
  /** Ends when the user or the system asks the command to stop. */
  interrupted(): Promise<void>;
}

export interface Streams {
  readonly input: Readable;
  readonly output: NodeJS.WritableStream;
}

export interface GitAnswer {
  readonly status: number;
  readonly out: Uint8Array;
  readonly err: string;
}

export interface Files {
  kind(path: string): Promise<'file' | 'folder' | undefined>;
  /** Throws a `FileError`. */
  read(path: string): Promise<Uint8Array>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Links to files count as files, links to folders are left out, so that no walk goes in circles. */
  list(folder: string): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' }[]>;
}

/** `code` is the system's: `ENOENT`, `EACCES`, … */
export class FileError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'FileError';
    this.code = code;
  }
}
