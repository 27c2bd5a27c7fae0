/**
 * How large the deployed functions are without the platform's own packages, minified: all of it, and what of it runs
 * before anybody saves a program, since the compiler is only begun by whoever asks for it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { leanEsbuild } from '../tools/lean.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

async function kilobytes(external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'runtime/handlers/index.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    legalComments: 'none',
    plugins: [leanEsbuild()],
    write: false,
    external: ['@forge/*', ...external],
  });
  return outputFiles[0]!.contents.length / 1000;
}

export interface Bundle {
  readonly whole: number;
  readonly atStart: number;
}

export const bundleSize = async (): Promise<Bundle> => ({
  whole: await kilobytes([]),
  atStart: await kilobytes(['*/compile.ts', '*/edit.ts']),
});
