/**
 * The command line as one file. Half of a short run is Node looking for and reading some two hundred modules;
 * `compiler/cli/bridge.js` prefers the bundle as long as every file that went into it is what it was.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

/** They start the product itself out of its sources, so `bridge.js` never asks the bundle for them. */
const withoutProduct: Plugin = {
  name: 'without the product',
  setup({ onResolve }) {
    onResolve({ filter: /\/commands\/(sandbox|test|lsp)\.ts$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes `bridge.cjs`, and `inputs.json`: what it depends on, each file with its time of change and its size. */
export async function bundleCli(output: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { bridge: join(root, 'compiler/cli/start.ts') },
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The form of `yaml` that is made of modules: the other one runs whole at every start.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    plugins: [withoutProduct],
    metafile: true,
    // A bundle has one place, so code that looks beside itself would look in the wrong one.
    logOverride: { 'empty-import-meta': 'error' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  // Packages change with the lock file, and to look at each of their files would cost what the bundle saves.
  const own = Object.keys(metafile.inputs).filter(input => !input.startsWith('node_modules/'));
  const inputs = ['package-lock.json', ...own].map(input => {
    const { mtimeMs, size } = statSync(join(root, input));
    return [input, mtimeMs, size];
  });
  writeFileSync(join(output, 'inputs.json'), JSON.stringify(inputs));
}
