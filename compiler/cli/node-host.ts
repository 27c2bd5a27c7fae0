/**
 * The machine itself as a host. Files are read and written in place: a command has nothing else to do meanwhile,
 * and half of what a short one takes would be Node's threads. What few commands need is loaded by those.
 */
import {
  type Dirent,
  fstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { Files, GitAnswer, Host } from './host.ts';
import { FileError } from './host.ts';
import { gone, writerTo } from './output.ts';

/** Step by step, since Node's own recursion never ends where a file system refuses to make any. */
function makeFolder(folder: string): void {
  const there = statOf(folder);
  if (there?.isDirectory()) return;
  if (there !== undefined) throw Object.assign(new Error(`${folder} is a file`), { code: 'EEXIST' });
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

export function nodeHost(cwd: string = process.cwd()): Host {
  const at = (path: string) => resolve(cwd, path);
  const files: Files = {
    async kind(path) {
      try {
        return statSync(at(path)).isDirectory() ? 'folder' : 'file';
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
        throw new FileError(codeOf(error));
      }
    },
    read: path => translated(() => readFileSync(at(path))),
    write: (path, text) =>
      translated(() => {
        makeFolder(dirname(at(path)));
        writeWhole(at(path), text);
      }),
    remove: path => translated(() => rmSync(at(path))),
    list: folder =>
      translated(() => {
        const entries = readdirSync(at(folder), { withFileTypes: true });
        const isFile = (entry: Dirent) =>
          entry.isFile() || (entry.isSymbolicLink() && linksToFile(join(at(folder), entry.name)));
        return entries
          .filter(entry => entry.isDirectory() || isFile(entry))
          .map(entry => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' }));
      }),
  };
  return {
    env: process.env,
    terminal: { out: isTerminal(1), err: isTerminal(2) },
    files,
    cwd,
    async stdin() {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    streams: () => ({ input: process.stdin, output: process.stdout.on('error', gone) }),
    at: folder => nodeHost(resolve(cwd, folder)),
    out,
    err,
    now: () => Date.now(),
    fetch: request => fetch(request),
    git: (args, input) => runGit(cwd, args, input),
    interrupted: () =>
      new Promise(stop => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
      }),
  };
}

const out = writerTo(1, () => process.stdout);
const err = writerTo(2, () => process.stderr);

/** Only a device can be a terminal; what asks more exactly is loaded for one. */
function isTerminal(descriptor: 1 | 2): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (descriptor === 1 ? process.stdout : process.stderr).isTTY === true;
}

async function runGit(cwd: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    // Nothing that is read needs a lock, and somebody's own run must not be kept from one.
    const child = spawn('git', args, { cwd, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } });
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => err.push(chunk));
    child.on('error', error => reject(new FileError(codeOf(error))));
    child.on('close', status =>
      resolve({ status: status ?? 1, out: Buffer.concat(out), err: Buffer.concat(err).toString() }),
    );
    // A git that ends before it has read everything says why on its own.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);

async function translated<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw new FileError(codeOf(error));
  }
}

/** Beside its place and then into it, so that nobody ever reads half a file and a full disk costs none. */
function writeWhole(path: string, text: string): void {
  // A link stays a link: what it points to is replaced.
  const old = statOf(path);
  const target = old === undefined ? path : realpathSync(path);
  // A device or a pipe has no other side to rename from.
  if (old !== undefined && !old.isFile()) {
    writeFileSync(target, text);
    return;
  }
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  try {
    writeFileSync(beside, text, { flag: 'wx', ...(old === undefined ? {} : { mode: old.mode }) });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

const linksToFile = (path: string): boolean => statOf(path)?.isFile() === true;

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
