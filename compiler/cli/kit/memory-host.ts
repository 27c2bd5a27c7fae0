/** A machine in memory: files by path, and everything that a command said. */
import { posix } from 'node:path';
import type { GitAnswer, Host, Streams } from '../host.ts';
import { FileError } from '../host.ts';

export interface MemoryHost extends Host {
  readonly output: { out: string; err: string };
  /** By absolute path. */
  readonly disk: Map<string, string | Uint8Array | FileError>;
}

export interface MemoryOptions {
  /** By path, relative to `/desk`; an error stands for a file that is there and cannot be read. */
  readonly files?: Readonly<Record<string, string | Uint8Array | FileError>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly streams?: Streams;
  readonly cwd?: string;
  readonly git?: (args: readonly string[], input?: string) => Promise<GitAnswer>;
}

export function memoryHost(options: MemoryOptions = {}): MemoryHost {
  const cwd = options.cwd ?? '/desk';
  const at = (path: string) => posix.resolve(cwd, path);
  const disk = new Map(Object.entries(options.files ?? {}).map(([path, content]) => [at(path), content]));
  const output = { out: '', err: '' };
  const isFolder = (path: string) => [...disk.keys()].some(file => file.startsWith(path === '/' ? '/' : `${path}/`));
  const bytes = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    cwd,
    disk,
    output,
    env: options.env ?? {},
    terminal: { out: options.terminal ?? false, err: options.terminal ?? false },
    files: {
      kind: async path => (disk.has(at(path)) ? 'file' : isFolder(at(path)) ? 'folder' : undefined),
      async read(path) {
        const content = disk.get(at(path));
        if (content === undefined) throw new FileError(isFolder(at(path)) ? 'EISDIR' : 'ENOENT');
        if (content instanceof FileError) throw content;
        return bytes(content);
      },
      async write(path, text) {
        if (isFolder(at(path))) throw new FileError('EISDIR');
        disk.set(at(path), text);
      },
      async remove(path) {
        if (!disk.delete(at(path))) throw new FileError('ENOENT');
      },
      async list(folder) {
        const prefix = `${at(folder)}/`.replace('//', '/');
        const names = new Map<string, 'file' | 'folder'>();
        for (const path of disk.keys()) {
          if (!path.startsWith(prefix)) continue;
          const [name = '', ...rest] = path.slice(prefix.length).split('/');
          names.set(name, rest.length === 0 ? 'file' : 'folder');
        }
        return [...names].map(([name, kind]) => ({ name, kind }));
      },
    },
    streams: () => options.streams ?? { input: process.stdin, output: process.stdout },
    at: folder => memoryHost({ ...options, cwd: posix.resolve(cwd, folder) }),
    stdin: async () => bytes(options.stdin ?? ''),
    out: text => {
      output.out += text;
    },
    err: text => {
      output.err += text;
    },
    now: () => 0,
    fetch: options.fetch ?? (async () => new Response(null, { status: 404 })),
    git: options.git ?? (() => Promise.reject(new FileError('ENOENT'))),
    interrupted: async () => {},
  };
}
