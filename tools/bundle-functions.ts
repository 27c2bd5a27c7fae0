/**
 * The Forge functions as CommonJS files: `index.js`, what it shares, and, in files of their own, what is only loaded
 * once somebody saves a program. A function starts cold many times a day, and reads no compiler for it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';
import { leanEsbuild } from './lean.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

export async function bundleFunctions(output: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  // Only modules can be split; each file then becomes what Forge takes.
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { index: join(root, 'runtime/handlers/index.ts') },
    outdir: output,
    bundle: true,
    splitting: true,
    chunkNames: 'part-[hash]',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Names and lines stay readable in Forge's logs, which know of no source maps.
    minify: false,
    legalComments: 'inline',
    plugins: [leanEsbuild(), lateEsbuild],
    write: false,
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node24',
      supported: { 'dynamic-import': false },
      sourcefile: path,
    });
    writeFileSync(join(output, basename(path)), code);
  }
  // The repository is made of ES modules; what is deployed is not.
  writeFileSync(join(output, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
}

/**
 * The platform's package loads whatever it exports, translations and permissions among it, when it is loaded itself.
 * What it only hands on is loaded by whoever asks for it.
 */
const lateEsbuild: Plugin = {
  name: 'late',
  setup(it) {
    it.onLoad({ filter: /@forge[\\/]api[\\/]out[\\/]index\.js$/ }, ({ path }) => ({
      contents: handingOnLate(readFileSync(path, 'utf8')),
    }));
  },
};

function handingOnLate(code: string): string {
  let late = code;
  for (const [line, name, path] of code.matchAll(/^(?:const|var) (\w+) = (require\("\.[^"]+"\));\n/gm)) {
    const uses = [...code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length - 1;
    const handedOn = `return ${name}.`;
    if (code.split(handedOn).length - 1 === uses) late = late.replace(line, '').replaceAll(handedOn, `return ${path}.`);
  }
  return late;
}
