/** Reads the programs that a command line names: their texts, and the snapshot that they are checked against. */
import { posix } from 'node:path';
import type { Notation, SourceFile } from '../../dsl/index.ts';
import { createSourceFile } from '../../dsl/index.ts';
import { hasHeadOf } from '../../dsl/other-notation.ts';
import { configName } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import type { Metadata } from '../metadata/model.ts';
import { readSnapshot } from '../metadata/snapshot.ts';
import type { Arguments, Options } from './command.ts';
import { failure } from './command.ts';
import type { Host } from './host.ts';
import { findPrograms, readable, standardInput } from './paths.ts';

export const snapshotName = 'metadata.lock.json';

export const stdinOptions: Options = {
  'stdin-path': {
    value: 'PATH',
    about: 'what standard input is to be taken for, such as items.bridge.yaml; without it, its text tells the notation',
  },
};

export const programOptions: Options = {
  metadata: {
    value: 'FILE',
    about: `the snapshot of org and site; without it, what ${configName} names, or the nearest ${snapshotName} upward`,
  },
  ...stdinOptions,
};

export interface LoadedProgram {
  readonly folder: string;
  readonly files: readonly SourceFile[];
  /** The one of `files` that came in on standard input, whatever it is to be taken for. */
  readonly stdin?: SourceFile;
  readonly metadata?: Metadata;
  /** The nearest `bridge.config.yaml` upward. */
  readonly config?: SourceFile;
}

/** What is analysed together. */
export const sourcesOf = ({ files, config }: LoadedProgram): readonly SourceFile[] =>
  config === undefined ? files : [...files, config];

/** Without a snapshot a program has no metadata, and the checks say so. `given` stands for any snapshot. */
export async function readPrograms(args: Arguments, host: Host, given?: Metadata): Promise<readonly LoadedProgram[]> {
  const found = await findPrograms(args.paths, host);
  const snapshots = new Map<string, Metadata>();
  const programs: LoadedProgram[] = [];
  for (const { folder, files } of found) {
    const sources = await readSources(files, args.values['stdin-path'], host);
    const config = await readConfigFile(folder, host);
    const snapshot =
      given === undefined ? (args.values.metadata ?? (await snapshotFor(folder, config, host))) : undefined;
    if (snapshot !== undefined && !snapshots.has(snapshot)) snapshots.set(snapshot, await readMetadata(snapshot, host));
    const metadata = snapshot === undefined ? given : snapshots.get(snapshot);
    const stdin = sources[files.indexOf(standardInput)];
    programs.push({
      folder,
      files: sources,
      ...(stdin === undefined ? {} : { stdin }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(config === undefined ? {} : { config }),
    });
  }
  return programs;
}

export interface LoadedFiles {
  readonly files: readonly SourceFile[];
  /** The one of them that came in on standard input. */
  readonly stdin?: SourceFile;
}

/** The files of all programs that the paths name, for commands that take each file by itself. */
export async function readFiles(args: Arguments, host: Host): Promise<LoadedFiles> {
  const paths = (await findPrograms(args.paths, host)).flatMap(({ files }) => files);
  const config = paths.find(path => posix.basename(path) === configName);
  if (config !== undefined) {
    throw failure(`${config} is the configuration, which has no other layout or notation.`, 'bridge check checks it.');
  }
  const files = await readSources(paths, args.values['stdin-path'], host);
  const stdin = files[paths.indexOf(standardInput)];
  return stdin === undefined ? { files } : { files, stdin };
}

export const readSources = (
  paths: readonly string[],
  stdinPath: string | undefined,
  host: Host,
): Promise<readonly SourceFile[]> => Promise.all(paths.map(path => readSource(path, stdinPath, host)));

async function readSource(path: string, stdinPath: string | undefined, host: Host): Promise<SourceFile> {
  if (path !== standardInput)
    return createSourceFile(path, textOf(path, await readable(path, () => host.files.read(path))));
  const text = textOf('standard input', await host.stdin());
  return stdinPath === undefined
    ? createSourceFile('<stdin>', text, notationOfText(text))
    : createSourceFile(stdinPath, text);
}

const notationOfText = (text: string): Notation => (hasHeadOf('yaml', text) ? 'yaml' : 'bridge');

function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failure(`could not read ${path}: it is not a text in UTF-8.`, 'Save it in that encoding and try again.');
  }
}

/** Called by its path from where the command runs, as the program's own files are. */
export async function readConfigFile(folder: string, host: Host): Promise<SourceFile | undefined> {
  const path = await nearest(configName, folder, host);
  return path === undefined ? undefined : readSource(posix.relative(cwdOf(host), path), undefined, host);
}

const cwdOf = (host: Host): string => host.cwd.replaceAll('\\', '/');

/** What the configuration names, from its own folder. */
function snapshotIn(file: SourceFile): string | undefined {
  const { metadata } = readConfig(file).config;
  const path = metadata?.value.replaceAll('\\', '/');
  return path === undefined || posix.isAbsolute(path) ? path : posix.join(posix.dirname(file.path), path);
}

async function snapshotFor(folder: string, config: SourceFile | undefined, host: Host): Promise<string | undefined> {
  const named = config && snapshotIn(config);
  if (named === undefined) return nearest(snapshotName, folder, host);
  if ((await readable(named, () => host.files.kind(named))) === 'file') return named;
  throw failure(`${config!.path} names the snapshot ${named}, and there is no such file.`, 'bridge pull writes one.');
}

/** Where the snapshot of a folder's program is looked for, whether there is one or not. */
export async function snapshotPlace(folder: string, host: Host): Promise<string> {
  const config = await readConfigFile(folder, host);
  const named = config && snapshotIn(config);
  if (named !== undefined) return named;
  const found = await nearest(snapshotName, folder, host);
  return found === undefined ? snapshotName : posix.relative(cwdOf(host), found);
}

/** The snapshot of the program in a folder: what its configuration names, or the nearest one. */
export const nearestSnapshot = async (folder: string, host: Host): Promise<string | undefined> =>
  snapshotFor(folder, await readConfigFile(folder, host), host);

/** Upward from the program's folder to the root. */
async function nearest(name: string, folder: string, host: Host): Promise<string | undefined> {
  let at = posix.resolve(cwdOf(host), folder);
  for (;;) {
    const path = posix.join(at, name);
    if ((await readable(path, () => host.files.kind(path))) === 'file') return path;
    const above = posix.dirname(at);
    if (above === at) return undefined;
    at = above;
  }
}

export async function readMetadata(path: string, host: Host): Promise<Metadata> {
  if ((await readable(path, () => host.files.kind(path))) === undefined) {
    throw failure(`there is no snapshot ${path}.`, 'bridge pull writes one.');
  }
  const text = textOf(path, await readable(path, () => host.files.read(path)));
  try {
    // Some editors begin a file with a byte order mark.
    return readSnapshot(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw failure(
      `${path} cannot be used: ${cause.replace(/(?:; pull the metadata again)?\.?$/, '')}.`,
      'bridge pull writes a new one.',
    );
  }
}
