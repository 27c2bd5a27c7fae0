/** The machine itself as a host. */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { Files, GitAnswer, Host } from './host.ts';
import { FileError } from './host.ts';

/** Step by step, since Node's own recursion never ends where a file system refuses to make any. */
async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return;
  if (there !== undefined) throw Object.assign(new Error(`${folder} is a file`), { code: 'EEXIST' });
  await makeFolder(dirname(folder));
  await mkdir(folder).catch(error => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

export function nodeHost(cwd: string = process.cwd()): Host {
  const at = (path: string) => resolve(cwd, path);
  const files: Files = {
    async kind(path) {
      try {
        return (await stat(at(path))).isDirectory() ? 'folder' : 'file';
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
        throw new FileError(codeOf(error));
      }
    },
    read: path => translated(() => readFile(at(path))),
    write: (path, text) =>
      translated(async () => {
        await makeFolder(dirname(at(path)));
        await writeWhole(at(path), text);
      }),
    remove: path => translated(() => rm(at(path))),
    list: folder =>
      translated(async () => {
        const entries = await readdir(at(folder), { withFileTypes: true });
        const kinds = await Promise.all(
          entries.map(async entry => {
            if (entry.isDirectory()) return { name: entry.name, kind: 'folder' as const };
            const isFile =
              entry.isFile() || (entry.isSymbolicLink() && (await linksToFile(join(at(folder), entry.name))));
            return isFile ? { name: entry.name, kind: 'file' as const } : undefined;
          }),
        );
        return kinds.filter(entry => entry !== undefined);
      }),
  };
  return {
    env: process.env,
    terminal: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
    files,
    cwd,
    async stdin() {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    streams: () => ({ input: process.stdin, output: process.stdout }),
    at: folder => nodeHost(resolve(cwd, folder)),
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    now: () => Date.now(),
    fetch: request => fetch(request),
    git: (args, input) => runGit(cwd, args, input),
    interrupted: () =>
      new Promise(stop => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
      }),
  };
}

function runGit(cwd: string, args: readonly string[], input = ''): Promise<GitAnswer> {
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

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new FileError(codeOf(error));
  }
}

/** Beside its place and then into it, so that nobody ever reads half a file and a full disk costs none. */
async function writeWhole(path: string, text: string): Promise<void> {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => undefined);
  // A device or a pipe has no other side to rename from.
  if (old !== undefined && !old.isFile()) return writeFile(target, text);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  try {
    await writeFile(beside, text, { flag: 'wx', ...(old === undefined ? {} : { mode: old.mode }) });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

const linksToFile = (path: string): Promise<boolean> =>
  stat(path).then(
    target => target.isFile(),
    () => false,
  );
