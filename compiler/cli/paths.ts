/** From the paths of a command line to the files of the programs that they name. */
import { posix } from 'node:path';
import { configName } from '../config/config.ts';
import { Failure, failure } from './command.ts';
import type { Host } from './host.ts';
import { FileError } from './host.ts';

/** Where a program stands, and its files in a stable order. `-` is standard input. */
export interface ProgramPaths {
  readonly folder: string;
  readonly files: readonly string[];
}

export const standardInput = '-';
export const isProgramFile = (name: string): boolean => /\.bridge(\.ya?ml)?$/i.test(name);

/** Where a path leads to no program file. */
export class NoFiles extends Failure {}

/**
 * All paths together are one program, as a folder's files are. A folder below that has a
 * `bridge.config.yaml` is a program of its own, so that one check can go over several.
 */
export async function findPrograms(paths: readonly string[], host: Host): Promise<readonly ProgramPaths[]> {
  const given = paths.length === 0 ? ['.'] : paths;
  const main = new Set<string>();
  /** A file that is named in two ways, or lies under two of the paths, is one file. */
  const seen = new Set<string>();
  const isNew = (path: string) => seen.size < seen.add(posix.resolve(host.cwd.replaceAll('\\', '/'), path)).size;
  const nested = new Map<string, Set<string>>();
  let folder: string | undefined;
  /** Program files that the present path led to, new or not. */
  let met = 0;

  const walk = async (at: string, into: Set<string>) => {
    const entries = [...(await readable(at, () => host.files.list(at)))].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      const path = posix.join(at, name);
      if (kind === 'file') {
        if (!isProgramFile(name)) continue;
        met++;
        if (isNew(path)) into.add(path);
      } else if (name !== 'node_modules' && !name.startsWith('.')) {
        const own = await isProgramFolder(path, host);
        if (own && !nested.has(path)) nested.set(path, new Set());
        await walk(path, own ? nested.get(path)! : into);
      }
    }
  };

  for (const path of given) {
    if (path === standardInput) {
      main.add(path);
      folder ??= '.';
      continue;
    }
    const tidy = posix.normalize(path.replaceAll('\\', '/')).replace(/(.)\/$/, '$1');
    const kind = await readable(tidy, () => host.files.kind(tidy));
    met = 0;
    if (kind === 'file') {
      if (/\.json$/i.test(tidy)) throw isNoProgram(path);
      if (isNew(tidy)) main.add(tidy);
    } else if (kind === 'folder') await walk(tidy, main);
    else if (/[*?[{]/.test(tidy)) {
      const matched = await matching(tidy, host);
      met = matched.length;
      for (const file of matched) if (isNew(file)) main.add(file);
    } else {
      throw new NoFiles(
        `there is no file or folder ${path}.`,
        'Paths are relative to the folder that the command runs in.',
      );
    }
    if (met === 0 && kind !== 'file') {
      throw new NoFiles(
        `there is no .bridge or .bridge.yaml file ${kind !== 'folder' ? `that matches ${path}` : tidy === '.' ? 'in this folder' : `under ${path}`}.`,
        'bridge init makes a folder to start from.',
      );
    }
    folder ??= kind === 'folder' ? tidy : posix.dirname([...main][0] ?? tidy);
  }

  return [
    { folder: folder ?? '.', files: [...main] },
    ...[...nested].map(([at, files]) => ({ folder: at, files: [...files] })),
  ].filter(program => program.files.length > 0);
}

const isNoProgram = (path: string): Failure =>
  failure(
    `${path} is no program: the name of a program's file ends in .bridge or .bridge.yaml.`,
    'A snapshot is named with --metadata FILE.',
  );

async function isProgramFolder(path: string, host: Host): Promise<boolean> {
  const config = posix.join(path, configName);
  return (await readable(config, () => host.files.kind(config))) === 'file';
}

/** For shells that hand a pattern on: everything below its first plain folders that matches it. */
async function matching(pattern: string, host: Host): Promise<readonly string[]> {
  const segments = pattern.split('/');
  const base =
    segments
      .slice(
        0,
        segments.findIndex(segment => /[*?[{]/.test(segment)),
      )
      .join('/') || (pattern.startsWith('/') ? '/' : '.');
  const found: string[] = [];
  const walk = async (at: string) => {
    for (const { name, kind } of await readable(at, () => host.files.list(at))) {
      const path = posix.join(at, name);
      if (kind === 'file' && isProgramFile(name) && posix.matchesGlob(path, pattern)) found.push(path);
      else if (kind === 'folder' && name !== 'node_modules' && !name.startsWith('.')) await walk(path);
    }
  };
  if ((await readable(base, () => host.files.kind(base))) === 'folder') await walk(base);
  return found.sort();
}

const causes: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to',
  EPERM: 'you have no permission to',
  EISDIR: 'it is a folder',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its links go in circles',
  EROFS: 'the disk takes no changes',
  ENOSPC: 'the disk is full',
};

/** A file's trouble as a sentence. */
export async function readable<T>(path: string, work: () => Promise<T>, verb = 'read'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw failure(`could not ${verb} ${path}: ${causes[error.code] ?? error.code}.`);
  }
}
