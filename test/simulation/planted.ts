/** The app's functions with one bug in them, bundled as they are deployed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Handlers } from '../../sandbox/forge/host.ts';
import type { Bug } from './bugs/bug.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The source with the bug in it; throws when it is not there to be put in, or stands there twice. */
export function plantedSource({ name, file, find, put }: Bug): string {
  const source = readFileSync(join(root, file), 'utf8');
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`“${name}” finds its place in ${file} ${parts.length - 1} times`);
  return parts.join(put);
}

/** `folder`: where the bundle may lie. */
export async function plantedHandlers(bug: Bug, folder: string): Promise<() => Promise<Handlers>> {
  const planted = join(root, bug.file);
  const outfile = join(folder, `${bug.name.replace(/\W+/g, '-')}.cjs`);
  await build({
    entryPoints: [join(root, 'runtime/handlers/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'silent',
    absWorkingDir: root,
    plugins: [
      {
        name: 'planted',
        setup(builder) {
          builder.onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === planted ? { contents: plantedSource(bug), loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  return async () => createRequire(import.meta.url)(outfile) as Handlers;
}
