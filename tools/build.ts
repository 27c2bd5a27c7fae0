/**
 * Builds what leaves the repository: the Forge functions (CommonJS, everything inside) and the
 * pages; and the command line as one file, which starts faster than its sources do. Work whose inputs did not
 * change is skipped, so that a second start is quick.
 *
 *   node tools/build.ts [--functions] [--pages] [--cli] [--force]       all when none is named
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const out = join(root, 'build');

interface Target {
  readonly name: string;
  /** Files and folders whose change makes the target stale. */
  readonly inputs: readonly string[];
  readonly output: string;
  build(output: string): Promise<void>;
}

const shared = ['package-lock.json', 'tsconfig.json', 'tools/build.ts', 'tools/lean.ts'];
const rooms = ['dsl', 'compiler', 'runtime'];

const functions: Target = {
  name: 'functions',
  inputs: [...shared, 'tools/bundle-functions.ts', ...rooms],
  output: 'functions',
  build: async output => (await import('./bundle-functions.ts')).bundleFunctions(output),
};

const cli: Target = {
  name: 'command line',
  inputs: [...shared, 'tools/bundle-cli.ts', 'tools/prime-cli.ts', ...rooms],
  output: 'cli',
  build: async output => (await import('./bundle-cli.ts')).bundleCli(output),
};

/** A part of the worker that reads sound texts does not bring the reader of broken ones along. */
const tolerantLater = {
  name: 'tolerant-later',
  enforce: 'pre' as const,
  resolveId: (source: string, importer?: string) =>
    source.endsWith('/tolerant/read.ts') && importer?.endsWith('/dsl/bridge.ts')
      ? join(root, 'editor/monaco/rooms/read-tolerantly.ts')
      : undefined,
};

const page = (name: string, folder: string): Target => ({
  name: `page ${name}`,
  inputs: [...shared, ...rooms, 'editor', folder],
  output: `pages/${name}`,
  async build(output) {
    const [{ build }, { default: react }, { leanPlugin }] = await Promise.all([
      import('vite'),
      import('@vitejs/plugin-react'),
      import('./lean.ts'),
    ]);
    const own = join(root, folder, 'vite.config.ts');
    await build({
      root: join(root, folder),
      configFile: existsSync(own) ? own : false,
      // Forge serves a page from a folder that it chooses.
      base: './',
      plugins: [...(existsSync(own) ? [] : [react()]), leanPlugin()],
      resolve: {
        alias: [
          {
            find: /^@atlaskit\/feature-gate-js-client(\/.*)?$/,
            replacement: join(root, 'editor/parts/no-feature-gates.ts'),
          },
        ],
      },
      logLevel: 'warn',
      worker: {
        format: 'es',
        plugins: () => [leanPlugin(), tolerantLater],
        rolldownOptions: {
          checks: { bundlerTimings: false },
          output: {
            // Apart from what the page itself loads.
            entryFileNames: 'assets/workers/[name]-[hash].js',
            chunkFileNames: 'assets/workers/[name]-[hash].js',
          },
        },
      },
      build: {
        // How long each plugin took is nothing that somebody who builds has to act on.
        rolldownOptions: { checks: { bundlerTimings: false } },
        outDir: output,
        emptyOutDir: true,
        // Fonts and workers must be files: the page's policy knows no data: or blob: for them.
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 6000,
      },
    });
    // The manifest names the icon inside each resource.
    const icon = join(root, 'sandbox/shell/public/bridge.svg');
    if (existsSync(icon)) cpSync(icon, join(output, 'bridge.svg'));
  },
});

const pages = [page('admin', 'editor/admin'), page('panel', 'editor/panel'), page('shell', 'sandbox/shell')];

function* filesUnder(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name === 'node_modules' || /\.test\.tsx?$/.test(name)) continue;
    yield* filesUnder(join(path, name));
  }
}

function stampOf(target: Target): string {
  const hash = createHash('sha256').update(process.version);
  for (const input of target.inputs) {
    for (const file of filesUnder(join(root, input))) {
      hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

async function make(target: Target, force: boolean): Promise<void> {
  const output = join(out, target.output);
  const stampFile = join(out, 'stamps', target.name.replaceAll(' ', '-'));
  const stamp = stampOf(target);
  const fresh = existsSync(output) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (fresh && !force) return;
  const began = performance.now();
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  await target.build(output);
  mkdirSync(join(out, 'stamps'), { recursive: true });
  writeFileSync(stampFile, stamp);
  console.log(`built ${target.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

const flags = new Set(process.argv.slice(2));
const known = ['--functions', '--pages', '--cli', '--force'];
for (const flag of flags) {
  if (!known.includes(flag)) {
    console.error(`unknown flag \`${flag}\`; known are ${known.join(', ')}`);
    process.exit(2);
  }
}
const parts: Readonly<Record<string, readonly Target[]>> = {
  '--functions': [functions],
  '--pages': pages,
  '--cli': [cli],
};
const named = Object.keys(parts).filter(part => flags.has(part));
const targets = (named.length > 0 ? named : Object.keys(parts))
  .flatMap(part => parts[part]!)
  .filter(target => {
    const { inputs } = target;
    const source =
      target === functions
        ? 'runtime/handlers/index.ts'
        : target === cli
          ? 'compiler/cli/start.ts'
          : join(inputs.at(-1)!, 'index.html');
    return existsSync(join(root, source));
  });
for (const target of targets) await make(target, flags.has('--force'));
