/**
 * The files of a git revision, as if they lay in the working folder, so that whatever reads a program reads one of
 * long ago. Only what makes up programs is fetched, in one go; nothing is checked out and nothing is written.
 */
import { posix } from 'node:path';
import { configName } from '../config/config.ts';
import { failure } from './command.ts';
import type { Files, GitAnswer, Host } from './host.ts';
import { FileError } from './host.ts';
import { isProgramFile } from './paths.ts';
import { snapshotName } from './program.ts';

/** Whether git knows it; false outside of a repository, too. */
export async function isRevision(name: string, host: Host): Promise<boolean> {
  if (name === '' || name.startsWith('-')) return false;
  try {
    return (await host.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])).status === 0;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

export async function revisionFiles(revision: string, host: Host): Promise<Files> {
  const git = async (args: readonly string[], input?: string): Promise<Uint8Array> => {
    const answer = await asked(() => host.git(args, input));
    if (answer.status !== 0 && /not a valid object name head/i.test(answer.err))
      throw failure('nothing has been committed here yet, so there is nothing to compare with.', outside);
    if (answer.status !== 0) throw failure(`git could not read ${revision}: ${sentence(answer.err)}.`, outside);
    return answer.out;
  };
  const cwd = host.cwd.replaceAll('\\', '/');
  // The way up, not git's own name of the root, which may differ where links are involved.
  const below = text(await git(['rev-parse', '--show-prefix'])).trim();
  const root = posix.resolve(
    cwd,
    ...below
      .split('/')
      .filter(Boolean)
      .map(() => '..'),
  );
  const listed = text(await git(['ls-tree', '-r', '-z', '--full-tree', revision]));
  const hashes = new Map<string, string>();
  const links = new Map<string, string>();
  for (const entry of listed.split('\0')) {
    const [, mode, kind, hash, path] = /^(\d+) (\w+) (\w+)\t(.+)$/s.exec(entry) ?? [];
    if (kind === 'blob') (mode === linkMode ? links : hashes).set(posix.join(root, path!), hash!);
  }
  await followLinks(links, hashes, git);
  const wanted = [...hashes].filter(([path]) => belongsToProgram(posix.basename(path)));
  const contents = blobs(await git(['cat-file', '--batch'], wanted.map(([, hash]) => `${hash}\n`).join('')));
  const known = new Map(wanted.map(([path], index) => [path, contents[index]!]));
  const folders = new Map<string, Map<string, 'file' | 'folder'>>();
  for (const path of hashes.keys()) {
    let name = path;
    for (let kind: 'file' | 'folder' = 'file'; name !== root; kind = 'folder') {
      const above = posix.dirname(name);
      const entries = folders.get(above) ?? new Map<string, 'file' | 'folder'>();
      folders.set(above, entries.set(posix.basename(name), kind));
      name = above;
    }
  }

  const at = (path: string) => posix.resolve(cwd, path);
  return {
    kind: async path => (hashes.has(at(path)) ? 'file' : folders.has(at(path)) ? 'folder' : undefined),
    async read(path) {
      const content = known.get(at(path));
      if (content !== undefined) return content;
      const hash = hashes.get(at(path));
      if (hash === undefined) throw new FileError(folders.has(at(path)) ? 'EISDIR' : 'ENOENT');
      return git(['cat-file', 'blob', hash]);
    },
    write: () => Promise.reject(new FileError('EROFS')),
    remove: () => Promise.reject(new FileError('EROFS')),
    list: async folder => [...(folders.get(at(folder)) ?? [])].map(([name, kind]) => ({ name, kind })),
  };
}

const outside = 'Two programs can be compared without git: bridge diff OLD NEW';

/** A link stands for the file that it leads to, as it does in a folder; one that leads to none in git is left out. */
async function followLinks(
  links: ReadonlyMap<string, string>,
  hashes: Map<string, string>,
  git: (args: readonly string[], input?: string) => Promise<Uint8Array>,
): Promise<void> {
  const own = [...links].filter(([path]) => belongsToProgram(posix.basename(path)));
  if (own.length === 0) return;
  const targets = blobs(await git(['cat-file', '--batch'], own.map(([, hash]) => `${hash}\n`).join('')));
  for (const [index, [path]] of own.entries()) {
    const hash = hashes.get(posix.resolve(posix.dirname(path), text(targets[index]!)));
    if (hash !== undefined) hashes.set(path, hash);
  }
}
const linkMode = '120000';

const belongsToProgram = (name: string): boolean => isProgramFile(name) || name === configName || name === snapshotName;

async function asked(work: () => Promise<GitAnswer>): Promise<GitAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw failure('git cannot be started.', 'Comparing revisions needs git; two folders or files need none.');
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const sentence = (err: string): string =>
  err
    .trim()
    .replace(/^fatal: /, '')
    .replace(/ \(or any of.*/, '')
    .split('\n')[0]!
    .replace(/\.$/, '') || 'it gave no reason';

/** Of `cat-file --batch`: a line with the size, as many bytes, a line end. */
function blobs(output: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const size = Number(text(output.subarray(at, end)).split(' ')[2]);
    found.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return found;
}
