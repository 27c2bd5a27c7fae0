/**
 * The command line as one file, and what V8 made of it while it checked the examples: half of a short run is Node
 * looking for and reading some two hundred modules, and most of the other half V8 compiling what they hold.
 * `compiler/cli/bridge.js` prefers the bundle as long as every file that went into it is what it was.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { leanEsbuild } from './lean.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** They start the product itself out of its sources, so `bridge.js` never asks the bundle for them. */
const withoutProduct: Plugin = {
  name: 'without the product',
  setup({ onResolve }) {
    onResolve({ filter: /\/commands\/(sandbox|test|lsp)\.ts$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * Writes `bridge.script`, an expression that is a function of `require` and `module`; `bridge.cache`, which V8
 * starts it from; and `inputs.json`: what they depend on, each file with its time of change and its size.
 */
export async function bundleCli(output: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { bridge: join(root, 'compiler/cli/start.ts') },
    outdir: output,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // What runs as a script has nobody to ask for a module: what the sources load when they need it is required then.
    supported: { 'dynamic-import': false },
    banner: { js: '(function (require, module) {' },
    footer: { js: '})' },
    // Names stay, for whoever reports a defect.
    minifyWhitespace: true,
    minifySyntax: true,
    // The form of `yaml` that is made of modules: the other one runs whole at every start.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    plugins: [withoutProduct, leanEsbuild({ documented: true })],
    metafile: true,
    write: false,
    // A bundle has one place, so code that looks beside itself would look in the wrong one.
    logOverride: { 'empty-import-meta': 'error' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    writeFileSync(
      path.endsWith('.js') ? join(output, 'bridge.script') : path,
      path.endsWith('.js') ? inAscii(text) : text,
    );
  }
  prime(output);
  // Packages change with the lock file, and to look at each of their files would cost what the bundle saves.
  const own = Object.keys(metafile.inputs).filter(input => !input.startsWith('node_modules/'));
  const inputs = ['package-lock.json', ...own].map(input => {
    const { mtimeMs, size } = statSync(join(root, input));
    return [input, mtimeMs, size];
  });
  writeFileSync(join(output, 'inputs.json'), JSON.stringify(inputs));
}

/** With one letter beyond Latin-1 V8 would keep the whole text at two bytes a character. They stand in texts and patterns only. */
const inAscii = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

function prime(output: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/prime-cli.ts'), output], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the command line could not be tried: ${stderr}`);
}
